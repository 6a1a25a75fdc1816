using System.Collections.Immutable;
using Undercloud.Deploy.BareMetal;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.BareMetal;
using Undercloud.Host.OpenStack;
using Undercloud.Tests.Node;

namespace Undercloud.Tests.BareMetal;

/// <summary>Enrolment and what comes after it, against a fake Ironic.</summary>
public sealed class NodeImportTests : IDisposable
{
    private const string Three =
        "{name: n1, pm_type: ipmi, pm_addr: h1, pm_password: secret, mac: ['52:54:00:00:00:01']}, {name: n2, pm_type: ipmi, pm_addr: h2}, {name: n3, pm_type: ipmi, pm_addr: h3}";

    private readonly FakeCloud _cloud = new();
    private readonly JumpingTime _time = new();
    private readonly Said _said = new();

    public NodeImportTests() => _cloud.AddEndpoint("baremetal", "http://i:6385");

    private FakeIronic Ironic => _cloud.Ironic;

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Nodes_are_made_with_their_ports_and_become_manageable()
    {
        var outcomes = await ImportAsync(Three);
        Assert.All(outcomes, outcome => Assert.Equal(("manageable", null), (outcome.State, outcome.Error)));
        Assert.Equal(["n1", "n2", "n3"], Ironic.Nodes.Select(node => node["name"]!.ToString()));
        Assert.Equal("secret", Ironic.Node("n1")["driver_info"]!["ipmi_password"]!.ToString());
        var port = Assert.Single(Ironic.Ports);
        Assert.Equal((outcomes[0].Uuid, "ctlplane"), (port["node_uuid"]!.ToString(), port["physical_network"]!.ToString()));
        Assert.DoesNotContain("secret", string.Join('\n', _said.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_import_sets_nothing_but_the_hidden_password()
    {
        await ImportAsync(Three);
        Ironic.Writes.Clear();
        var outcomes = await ImportAsync(Three);
        Assert.Equal(["PATCH nodes"], Ironic.Writes);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
    }

    [Fact]
    public async Task What_differs_is_changed_and_a_port_added()
    {
        await ImportAsync(Three);
        Ironic.Writes.Clear();
        await ImportAsync("{name: n2, pm_type: ipmi, pm_addr: h2, cpu: 4, mac: ['52:54:00:00:00:02']}");
        Assert.Equal(["PATCH nodes", "POST ports"], Ironic.Writes);
        Assert.Equal("4", Ironic.Node("n2")["properties"]!["cpus"]!.ToString());
    }

    [Fact]
    public async Task A_node_in_use_is_not_touched_and_a_line_says_so()
    {
        await ImportAsync(Three);
        Ironic.Node("n1")["provision_state"] = "active";
        Ironic.Node("n1")["instance_uuid"] = "i1";
        Ironic.Writes.Clear();
        await ImportAsync("{name: n1, pm_type: ipmi, pm_addr: h1, pm_password: other, cpu: 4}");
        Assert.Empty(Ironic.Writes);
        Assert.Contains("n1 stays as it is, in use by instance i1; it differs in properties.cpus 4.", _said.All);
    }

    [Fact]
    public async Task One_that_is_refused_does_not_hold_the_others_back()
    {
        Ironic.Ports.Add(new() { ["uuid"] = "p", ["address"] = "52:54:00:00:00:01", ["node_uuid"] = "gone" });
        var outcomes = await ImportAsync(Three);
        Assert.Equal("Ironic rejects it: A port with MAC address 52:54:00:00:00:01 already exists.", outcomes[0].Error);
        Assert.False(outcomes[0].Enrolled);
        Assert.Equal(["manageable", "manageable"], outcomes[1..].Select(outcome => outcome.State));
    }

    [Fact]
    public async Task A_controller_that_refuses_is_said_in_Ironics_words()
    {
        Ironic.Failing[("n2", "manage")] = "Failed to get power state";
        var outcomes = await ImportAsync(Three);
        Assert.Equal(("enroll", "Failed to get power state. Check its pm_addr, pm_port, pm_user and pm_password, and import again."), (outcomes[1].State, outcomes[1].Error));
        Assert.True(outcomes[1].Enrolled);
        Ironic.Failing.Clear();
        Assert.Equal("manageable", (await ImportAsync(Three))[1].State);
    }

    [Fact]
    public async Task A_node_that_is_locked_for_a_moment_is_asked_again()
    {
        Ironic.Locked = 3;
        Assert.All(await ImportAsync(Three), outcome => Assert.Null(outcome.Error));
    }

    [Fact]
    public async Task A_failed_inspection_does_not_stand_against_another_interface()
    {
        await ImportAsync(Three);
        Ironic.Node("n1")["provision_state"] = "inspect failed";
        var outcomes = await ImportAsync("{name: n1, pm_type: ipmi, pm_addr: h1, inspect_interface: agent}");
        Assert.Equal((null, "agent"), (outcomes[0].Error, Ironic.Node("n1")["inspect_interface"]!.ToString()));
    }

    [Fact]
    public async Task Inspection_takes_available_nodes_back_first_and_some_at_a_time()
    {
        await ImportAsync(Three);
        Ironic.Node("n2")["provision_state"] = "available";
        Ironic.Failing[("n3", "inspect")] = "timeout";
        Ironic.MostWorking = 0;
        var outcomes = await RunAsync((pipeline, nodes) => pipeline.IntrospectAsync(nodes, CancellationToken.None), concurrency: 2);
        Assert.Equal(["manageable", "manageable", "inspect failed"], outcomes.Select(outcome => outcome.State));
        Assert.Equal("timeout.", outcomes[2].Error);
        Assert.Equal(2, Ironic.MostWorking);
    }

    [Fact]
    public async Task Providing_brings_every_idle_node_to_available_and_refuses_others()
    {
        await ImportAsync(Three);
        Ironic.Node("n2")["provision_state"] = "clean failed";
        Ironic.Node("n3")["provision_state"] = "active";
        Ironic.Node("n1")["provision_state"] = "available";
        var reserved = Ironic.Add(new() { ["name"] = "n4", ["provision_state"] = "available", ["instance_uuid"] = "i1" });
        var outcomes = await RunAsync((pipeline, nodes) => pipeline.ProvideAsync(nodes, CancellationToken.None));
        Assert.Equal(["available", "available", "active", "available"], outcomes.Select(outcome => outcome.State));
        Assert.Equal((reserved["uuid"]!.ToString(), "it is 'available' and an instance has it: only a node that nobody uses can be provided."), (outcomes[3].Uuid, outcomes[3].Error));
        Assert.Equal("it is 'active': only a node that nobody uses can be provided.", outcomes[2].Error);
    }

    [Fact]
    public async Task Waiting_ends_with_the_time_and_says_where_each_node_is()
    {
        await ImportAsync(Three);
        Ironic.Stuck.Add("n1");
        var outcomes = await RunAsync((pipeline, nodes) => pipeline.IntrospectAsync(nodes, CancellationToken.None), concurrency: 1);
        Assert.Equal("still 'inspecting' after 10 min. Ironic continues with it.", outcomes[0].Error);
        Assert.Equal(["not started within 10 min.", "not started within 10 min."], outcomes[1..].Select(outcome => outcome.Error));
    }

    [Fact]
    public async Task An_Ironic_that_is_away_for_a_while_ends_no_wait()
    {
        await ImportAsync(Three);
        var outcomes = await RunAsync(async (pipeline, nodes) =>
        {
            Ironic.Off = true;
            _said.Heard = text => Ironic.Off &= !text.StartsWith("Ironic does not answer", StringComparison.Ordinal);
            return await pipeline.IntrospectAsync(nodes, CancellationToken.None);
        });
        Assert.Contains(_said.All, text => text.StartsWith("Ironic does not answer", StringComparison.Ordinal));
        Assert.All(outcomes, outcome => Assert.Equal(("manageable", null), (outcome.State, outcome.Error)));
    }

    [Fact]
    public async Task An_undercloud_without_Ironic_is_said_so()
    {
        _cloud.Keystone.Objects["endpoints"].Clear();
        Assert.Contains("enable_ironic = true", (await Assert.ThrowsAsync<CloudException>(OpenAsync)).Message);
    }

    private async Task<ImmutableArray<NodeOutcome>> ImportAsync(string nodes)
    {
        using var ironic = await OpenAsync();
        var findings = new DiagnosticBag();
        var wanted = NodeFile.Read($"[{nodes}]", "f.yaml", findings);
        (await ironic.DriversAsync(CancellationToken.None)).Check(wanted, findings);
        var plan = EnrolmentPlanner.Plan(wanted, await ironic.NodesAsync(CancellationToken.None), findings);
        Assert.Empty(findings.All);
        var outcomes = await new NodeImport(ironic, _said).RunAsync(plan, CancellationToken.None);
        return await Pipeline(ironic, 20).ManageAsync(outcomes, CancellationToken.None);
    }

    private async Task<ImmutableArray<NodeOutcome>> RunAsync(Func<NodePipeline, ImmutableArray<NodeOutcome>, Task<ImmutableArray<NodeOutcome>>> step, int concurrency = 20)
    {
        using var ironic = await OpenAsync();
        var nodes = (await ironic.StatesAsync(CancellationToken.None)).Select(node => new NodeOutcome(node.Uuid, node.Label, node.State) { InUse = node.Instance is not null });
        return await step(Pipeline(ironic, concurrency), [.. nodes]);
    }

    private NodePipeline Pipeline(IronicClient ironic, int concurrency) => new(new(ironic, _said, _time, concurrency, TimeSpan.FromMinutes(10)));

    private Task<IronicClient> OpenAsync() =>
        IronicClient.OpenAsync(new Kept(_cloud), new(new("http://k:5000", "admin", "secret", "admin"), "regionOne", "internal", null), _time, CancellationToken.None);
}
