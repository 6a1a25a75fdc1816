using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Files;
using static Undercloud.Tests.Node.ControlPlane;

namespace Undercloud.Tests.Node;

public sealed class CloudFormerHostTests : IDisposable
{
    private readonly CloudHost _node = new();

    public CloudFormerHostTests() => Rename("new", "old", "older");

    private FakeNeutron Neutron => _node.Neutron;

    private FakeNova Nova => _node.Nova;

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task Dead_agents_and_services_of_a_name_the_node_had_are_removed_and_all_others_stay()
    {
        Neutron.AddAgent("a1", "neutron-openvswitch-agent", "old", alive: false);
        Neutron.AddAgent("a2", "neutron-openvswitch-agent", "new", alive: true);
        Neutron.AddAgent("a3", "neutron-openvswitch-agent", "theirs", alive: false);
        Nova.AddService("nova-conductor", "older", up: false);
        Nova.AddService("nova-conductor", "new", up: true);
        Nova.AddService("nova-conductor", "theirs", up: false);
        var result = await DoneAsync();
        Assert.Equal(["remove agent neutron-openvswitch-agent on old", "remove compute-service nova-conductor on older"], Said(result));
        Assert.Equal("the node is new now", result.Changes[0].Reason);
        Assert.Equal(["a2", "a3"], Neutron.Agents.Select(agent => Text(agent, "id")));
        Assert.Equal(["new", "theirs"], Nova.Services.Select(service => Text(service, "host")));
        Assert.Empty(Former());

        _node.Cloud.Requests = 0;
        Assert.False((await DoneAsync()).Changed);
        Assert.Equal(0, _node.Cloud.Requests);
    }

    [Fact]
    public async Task What_has_just_ended_is_waited_for_until_it_counts_as_dead()
    {
        Neutron.AddAgent("a1", "neutron-dhcp-agent", "old", alive: true);
        Nova.AddService("nova-scheduler", "old", up: true);
        var asked = 0;
        Neutron.AgentsAsked = () => Neutron.Agents[0]["alive"] = ++asked < 15;
        Nova.ServicesAsked = () => Nova.Services[0]["state"] = ++asked < 18 ? "up" : "down";
        await DoneAsync();
        Assert.Empty(Neutron.Agents);
        Assert.Empty(Nova.Services);
    }

    [Fact]
    public async Task What_stays_alive_is_anothers_and_stays_whatever_its_name()
    {
        Neutron.AddAgent("a1", "neutron-dhcp-agent", "old", alive: true);
        Nova.AddService("nova-scheduler", "old", up: true);
        Nova.AddService("nova-scheduler", "older", up: false);
        var result = await DoneAsync();
        Assert.Equal(["remove compute-service nova-scheduler on older"], Said(result));
        Assert.Equal(
            ["neutron-dhcp-agent of old is alive at Neutron, though this node is new now: it stays.", "nova-scheduler on old is up at Nova, though this node is new now: it stays."],
            result.Notes);
        Assert.Equal(["old"], Former());
    }

    [Fact]
    public async Task The_networks_of_a_dead_agent_go_to_the_one_of_the_new_name()
    {
        Neutron.AddAgent("dead", "neutron-dhcp-agent", "old", alive: false);
        Neutron.AddAgent("theirs", "neutron-dhcp-agent", "theirs", alive: true);
        Neutron.AddAgent("other", "neutron-l3-agent", "new", alive: true);
        Neutron.Bindings.AddRange([("dead", "net1"), ("dead", "net2")]);
        Assert.Contains("it has 2 networks, and there is no agent yet to take them", Assert.Single((await DoneAsync()).Notes));
        Assert.Equal(3, Neutron.Agents.Count);

        Neutron.AddAgent("next", "neutron-dhcp-agent", "new", alive: true);
        Neutron.Bindings.Add(("next", "net2"));
        await DoneAsync();
        Assert.Equal([("next", "net2"), ("next", "net1")], Neutron.Bindings);
        Assert.DoesNotContain(Neutron.Agents, agent => Text(agent, "id") == "dead");
    }

    [Fact]
    public async Task A_nova_compute_goes_only_once_the_new_one_has_its_nodes()
    {
        Nova.AddService("nova-compute", "old", up: false);
        Nova.NodeHosts.AddRange(["old", "new"]);
        var asked = 0;
        Nova.ServicesAsked = () =>
        {
            Assert.Single(Nova.Services);
            if (++asked == 12)
                Nova.NodeHosts[0] = "new";
        };
        await DoneAsync();
        Assert.True(asked >= 12);
        Assert.Empty(Nova.Services);
    }

    [Fact]
    public async Task A_nova_compute_whose_nodes_nobody_takes_over_stays()
    {
        Nova.AddService("nova-compute", "old", up: false);
        Nova.NodeHosts.Add("old");
        Assert.Contains("nova-compute on old stays in Nova's list: it has nodes", Assert.Single((await DoneAsync()).Notes));
        Assert.Single(Nova.Services);
        Assert.Equal(["old"], Former());
    }

    [Fact]
    public async Task A_nova_compute_that_Nova_cannot_take_out_of_an_aggregate_stays()
    {
        Nova.AddService("nova-compute", "old", up: false);
        Nova.Aggregated.Add("old");
        Assert.Contains("it is in the aggregate group", Assert.Single((await DoneAsync()).Notes));
        Assert.Single(Nova.Services);
        Nova.Aggregated.Clear();
        Assert.Equal(["remove compute-service nova-compute on old"], Said(await DoneAsync()));
    }

    [Fact]
    public async Task A_nova_compute_with_servers_stays_until_they_are_gone()
    {
        Nova.AddService("nova-compute", "old", up: false);
        Nova.AddService("nova-conductor", "old", up: false);
        Nova.NodeHosts.Add("old");
        Nova.ServerHosts.AddRange(["old", "old", "new"]);
        var asked = 0;
        Nova.ServicesAsked = () => asked++;
        var result = await DoneAsync();
        Assert.Contains("nova-compute of old stays in Nova's list: 2 servers are its own", Assert.Single(result.Notes));
        Assert.Equal(["remove compute-service nova-conductor on old"], Said(result));
        Assert.Equal(1, asked);
        Assert.Equal(["old"], Former());

        Nova.ServerHosts.RemoveRange(0, 2);
        Nova.NodeHosts.Clear();
        await DoneAsync();
        Assert.Empty(Nova.Services);
        Assert.Empty(Former());
    }

    [Fact]
    public async Task A_preview_does_not_wait_and_changes_nothing()
    {
        Neutron.AddAgent("a1", "neutron-dhcp-agent", "old", alive: false);
        Nova.AddService("nova-scheduler", "old", up: true);
        var asked = 0;
        Nova.ServicesAsked = () => asked++;
        var result = await _node.PruneAsync(new(), check: true);
        Assert.Equal(["remove agent neutron-dhcp-agent on old"], Said(result));
        Assert.Single(Neutron.Agents);
        Assert.Equal(1, asked);
        Assert.Equal(["old", "older"], Former());
    }

    [Fact]
    public async Task A_name_that_stays_alive_is_waited_for_once()
    {
        Neutron.AddAgent("a1", "neutron-dhcp-agent", "old", alive: true);
        Nova.AddService("nova-scheduler", "old", up: true);
        var first = await DoneAsync();
        var asked = 0;
        Nova.ServicesAsked = Neutron.AgentsAsked = () => asked++;
        var second = await DoneAsync();
        Assert.Equal(first.Notes, second.Notes);
        Assert.Equal(2, asked);

        Neutron.Agents[0]["alive"] = false;
        Nova.Services[0]["state"] = "down";
        await DoneAsync();
        Assert.Empty(Neutron.Agents);
        Assert.Empty(Nova.Services);
        Assert.Empty(Former());
    }

    [Fact]
    public async Task A_nova_compute_whose_nodes_nobody_takes_over_is_waited_for_once()
    {
        Nova.AddService("nova-compute", "old", up: false);
        Nova.NodeHosts.Add("old");
        await DoneAsync();
        var asked = 0;
        Nova.ServicesAsked = () => asked++;
        await DoneAsync();
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_name_that_the_node_had_again_is_waited_for_again()
    {
        Neutron.AddAgent("a1", "neutron-dhcp-agent", "old", alive: true);
        await DoneAsync();
        var files = new NodeFiles(_node.Host.Layout, _node.Host);
        foreach (var name in new[] { "old", "newest" })
            Assert.False((await files.ApplyAsync(new() { Node = "n", Files = new() { Hostname = name } }, check: false, CancellationToken.None)).Failed);
        var asked = 0;
        Neutron.AgentsAsked = () => Neutron.Agents[0]["alive"] = ++asked < 3;
        await DoneAsync();
        Assert.Empty(Neutron.Agents);
    }

    private void Rename(string name, params string[] former) =>
        new OwnedStore(_node.Host.Layout).Save(new() { Hostname = new(name, name) { Former = [.. former] } });

    private IEnumerable<string> Former() => new OwnedStore(_node.Host.Layout).Load().Hostname!.Former;

    private async Task<NodeResult> DoneAsync()
    {
        var result = await _node.PruneAsync(new());
        Assert.False(result.Failed, result.Message);
        return result;
    }
}
