using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Nodes;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Generations;
using Undercloud.Host.Nodes;
using Undercloud.Host.Operations;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Install;

/// <summary>Nodes over SSH, with ssh played.</summary>
public sealed class CloudNodesTests : IDisposable
{
    private const string Facts = """{"hostname": "node-2.example.org", "systemd_runs": true, "ssh_ports": [22]}""";

    private readonly string _home = Directory.CreateTempSubdirectory().FullName;
    private readonly FakeProcesses _host = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task A_command_on_a_node_is_quoted_for_its_shell_and_run_as_root()
    {
        await new SshRunner(_host, new("node-2", "debian", 2222, "/root/.ssh/id")).RunAsync(new("podman", ["ps", "--filter", "label=a b"]) { Input = "secret" }, Stop);
        var ran = Assert.Single(_host.Ran);
        Assert.Equal("ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=15 -o ServerAliveCountMax=4 -i /root/.ssh/id -p 2222 -- debian@node-2 'sudo -n -- podman ps --filter '\\''label=a b'\\'''", $"{ran}");
        Assert.Equal("secret", ran.Input);
    }

    [Fact]
    public async Task The_program_is_copied_to_a_node_that_has_not_the_same_one_and_removed_again()
    {
        _host.Answer("ssh", "");
        await using (var tool = Tool())
        {
            await tool.RunAsync(["agent", "facts"], null, Stop);
            await tool.RunAsync(["agent", "facts"], null, Stop);
        }

        Assert.Equal(["ssh", "scp", "ssh", "ssh", "ssh"], _host.Ran.Select(command => command.Program));
        Assert.EndsWith(" root@node-2:.undercloud/undercloud", $"{_host.Ran[1]}", StringComparison.Ordinal);
        Assert.EndsWith("'.undercloud/undercloud agent facts'", $"{_host.Ran[2]}", StringComparison.Ordinal);
        Assert.Contains("rm -f .undercloud/undercloud; rmdir --ignore-fail-on-non-empty .undercloud", $"{_host.Ran[4]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_with_sudo_owns_the_directory_of_the_copied_program_and_root_runs_it()
    {
        _host.Answer("ssh", "");
        await using (var tool = new RemoteTool(_host, "node-2", new("node-2", "debian"), Environment.ProcessPath!))
            await tool.RunAsync(["agent", "facts"], null, Stop);
        Assert.Equal([false, false, true, true], _host.Ran.Select(command => $"{command}".Contains("sudo -n --", StringComparison.Ordinal)));
        Assert.Contains("mkdir -p -m 0700 .undercloud", $"{_host.Ran[0]}", StringComparison.Ordinal);
        Assert.EndsWith(" debian@node-2:.undercloud/undercloud", $"{_host.Ran[1]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_node_is_named_with_what_ssh_said()
    {
        _host.Answer("ssh", "ssh: connect to host node-2 port 22: No route to host", exit: 255);
        await using var tool = Tool();
        var failure = await Assert.ThrowsAsync<NodeException>(() => tool.RunAsync(["agent", "facts"], null, Stop));
        Assert.True(failure.IsUnreachable);
        Assert.Equal("The node node-2 cannot be reached over SSH as root@node-2 port 22: ssh: connect to host node-2 port 22: No route to host", failure.Message);
    }

    [Fact]
    public async Task Everything_that_stands_against_nodes_is_found_together()
    {
        _host.Answer("ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=15 -o ServerAliveCountMax=4 -p 22 -- root@node-3", "Permission denied (publickey).", exit: 255);
        _host.Answer("ssh", """{"hostname": "node-2.example.org", "systemd_runs": true, "release": "epoxy", "foreign_containers": ["nova_api", "nova_compute"]}""");
        var findings = await FindingsAsync("""
            - {name: node-2, role: Api, address: 192.0.2.12/24, host: node-2}
            - {name: node-3, role: Api, address: 192.0.2.13/24, host: node-3}
            - {name: node-4, role: Ap, address: 192.0.2.12/24, host: node-4}
            """);
        Assert.Equal(
            [
                "NODES006 The node node-2 has an undercloud of epoxy, and zed is to be installed.",
                "NODES006 The node node-2 has containers of another installer: nova_api, nova_compute.",
                "NODES005 The node node-3 cannot be reached over SSH as root@node-3 port 22: Permission denied (publickey).",
                "NODES002 role is \"Ap\", which the roles file does not have.",
            ],
            findings.Select(finding => $"{finding.Code} {finding.Message}"));
        Assert.All(findings, finding => Assert.NotNull(finding.Location));
    }

    [Fact]
    public async Task Two_nodes_with_one_host_name_are_an_error()
    {
        _host.Answer("ssh", Facts);
        var findings = await FindingsAsync("[{name: a, role: Api, address: 192.0.2.12/24}, {name: b, role: Api, address: 192.0.2.13/24}]");
        Assert.Equal("The nodes a and b have the same host name, node-2.example.org: services tell nodes apart by it.", Assert.Single(findings).Message);
    }

    [Fact]
    public async Task A_missing_nodes_file_is_an_error()
    {
        var bag = new DiagnosticBag();
        await Nodes().ReadAsync("/nowhere/nodes.yaml", new("roles.yaml", ""), "zed", bag, Stop);
        Assert.Equal("There is no file /nowhere/nodes.yaml.", Assert.Single(bag.All).Message);
    }

    [Fact]
    public async Task A_plan_is_compared_on_each_node_over_its_connection_and_changes_name_the_node()
    {
        _host.Answer("ssh", """{"changed": true, "changes": [{"kind": "file", "name": "/etc/x", "action": "update"}]}""");
        var found = await Agents().CheckAsync(Plan("node-2", "node-3"), cloud: false, Stop);
        Assert.Equal([("node-2", "/etc/x"), ("node-3", "/etc/x")], found.Changes.Select(change => (change.Node!, change.Name)));
        Assert.Contains(_host.Ran, command => command.Input?.Contains("\"role\": \"Api\"", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Every_node_that_cannot_be_asked_is_named()
    {
        _host.Answer("ssh", "Connection timed out", exit: 255);
        var failure = await Assert.ThrowsAsync<InstallException>(() => Agents().CheckAsync(Plan("node-2", "node-3"), cloud: false, Stop));
        Assert.Contains("node-2", failure.Message, StringComparison.Ordinal);
        Assert.Contains("node-3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_node_says_of_itself_survives_the_way()
    {
        var state = new Undercloud.Host.Checks.HostState
        {
            Interfaces = ["eth0"],
            Listeners = [new("tcp", System.Net.IPAddress.IPv6Any, 80, "nginx (1)")],
            Room = [new("/", 5)],
            MemoryBytes = 7,
        };
        Assert.Equal(NodeReports.Write(state), NodeReports.Write(NodeReports.ReadState(NodeReports.Write(state))));
        _host.Answer("ssh", NodeReports.Write(state));
        await using var agent = Agents().Of(Plan("node-2").Nodes[0]);
        Assert.Equal(System.Net.IPAddress.IPv6Any, (await agent.StateAsync(Plan("node-2").Nodes[0], Stop)).Listeners[0].Address);
    }

    private async Task<Diagnostic[]> FindingsAsync(string nodes)
    {
        var path = Path.Combine(_home, "nodes.yaml");
        File.WriteAllText(path, nodes);
        var bag = new DiagnosticBag();
        Assert.Empty(await Nodes().ReadAsync(path, new("roles.yaml", "- {name: Api, ServicesDefault: []}\n- {name: Database, ServicesDefault: []}\n"), "zed", bag, Stop));
        return [.. bag.All];
    }

    private CloudNodes Nodes() => new(_host, new InstalledRelease(_home, new GenerationStore(_home)));

    private NodeAgents Agents() => new(_host, () => throw new InvalidOperationException("Nobody asks the cloud."), TimeProvider.System);

    private RemoteTool Tool() => new(_host, "node-2", new("node-2"), Environment.ProcessPath!);

    private static DeploymentPlan Plan(params string[] names) => new()
    {
        Stack = "undercloud",
        Release = "zed",
        Nodes = [.. names.Select(name => new NodePlan { Role = "Api", Manifest = new NodeManifest { Node = name }, Connection = new(name) })],
    };
}
