using System.Collections.Immutable;
using Undercloud.Host.Processes;
using Undercloud.Host.Sandboxes;

namespace Undercloud.Tests.Sandboxes;

public sealed class SandboxNodesTests
{
    private const string Two = """
        [{"Labels":{"undercloud.sandbox":"one","undercloud.sandbox-node":"2"},"State":"running","Image":"i","Created":1700000000},
         {"Labels":{"undercloud.sandbox":"one","undercloud.sandbox-node":"1"},"State":"running","Image":"i","Created":1700000000},
         {"Labels":{"undercloud.sandbox":"other"},"State":"running","Image":"i","Created":1700000000}]
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Sandbox One(FakeProcesses processes) => new("one", processes, TimeProvider.System) { Runtime = new("runc", ["nofile=2:2"]) };

    // A machine without sandboxes, on which all goes well.
    private static FakeProcesses Machine() => new FakeProcesses()
        .Answer("podman container exists", "", exit: 1)
        .Answer("podman info", "/store overlay\n")
        .Answer("podman exec -i undercloud-one systemctl is-system-running", "running\n")
        .Answer("podman exec -i undercloud-one-2 systemctl is-system-running", "degraded\n")
        .Answer("podman exec -i undercloud-one sh", "ssh-ed25519 HOST1 root@one\nssh-ed25519 ROOT1 root@one\n")
        .Answer("podman exec -i undercloud-one-2 sh", "ssh-ed25519 HOST2 root@one-2\nssh-ed25519 ROOT2 root@one-2\n")
        .Answer("podman inspect --format '{{.Name}}", "undercloud-one 10.88.0.3\nundercloud-one-2 10.88.0.4\n");

    [Fact]
    public async Task One_node_has_no_segment_no_number_and_no_keys()
    {
        var processes = Machine();
        await One(processes).CreateAsync("image", 1, Stop);
        Assert.Equal(
            [
                "podman volume create --label undercloud.sandbox=one undercloud-one-containers",
                "podman --runtime runc run --detach --pull never --name undercloud-one --label undercloud.sandbox=one --hostname one --no-hosts --privileged --systemd always"
                    + " --cgroupns private --pids-limit -1 --stop-signal SIGRTMIN+3 --stop-timeout 100 --ulimit nofile=2:2 --volume undercloud-one-containers:/var/lib/containers"
                    + " --volume /store:/var/lib/undercloud-images:ro,bind image",
            ],
            Made(processes));
        Assert.DoesNotContain(processes.Ran, command => command.Input?.Contains("ssh", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Each_of_several_nodes_has_a_name_a_number_a_volume_and_the_segment()
    {
        var processes = Machine();
        await One(processes).CreateAsync("image", 2, Stop);
        var made = Made(processes);
        Assert.Equal(
            [
                "podman volume create --label undercloud.sandbox=one --label undercloud.sandbox-node=1 undercloud-one-containers",
                "podman volume create --label undercloud.sandbox=one --label undercloud.sandbox-node=2 undercloud-one-2-containers",
                "podman network create --internal --disable-dns --ipam-driver none --label undercloud.sandbox=one undercloud-one",
            ],
            made[..3]);
        Assert.StartsWith(
            "podman --runtime runc run --detach --pull never --name undercloud-one --label undercloud.sandbox=one --label undercloud.sandbox-node=1 --hostname one --no-hosts"
            + " --network podman --network undercloud-one:interface_name=segment ",
            made[3],
            StringComparison.Ordinal);
        Assert.StartsWith(
            "podman --runtime runc run --detach --pull never --name undercloud-one-2 --label undercloud.sandbox=one --label undercloud.sandbox-node=2 --hostname one-2 --no-hosts"
            + " --network podman --network undercloud-one:interface_name=segment ",
            made[4],
            StringComparison.Ordinal);
        Assert.Contains(" --volume undercloud-one-2-containers:/var/lib/containers ", made[4], StringComparison.Ordinal);
        Assert.Equal(5, made.Count);
    }

    [Fact]
    public async Task Every_node_learns_the_public_keys_and_the_addresses_of_all()
    {
        var processes = Machine();
        await One(processes).CreateAsync("image", 2, Stop);
        foreach (var container in new[] { "undercloud-one", "undercloud-one-2" })
        {
            var written = string.Concat(processes.Ran.Where(command => command.Arguments is ["exec", "-i", var of, "sh"] && of == container).Select(command => command.Input));
            Assert.Contains("> /etc/ssh/ssh_known_hosts <<'END'\none ssh-ed25519 HOST1 root@one\none-2 ssh-ed25519 HOST2 root@one-2\nEND\n", written, StringComparison.Ordinal);
            Assert.Contains("> /root/.ssh/authorized_keys <<'END'\nssh-ed25519 ROOT1 root@one\nssh-ed25519 ROOT2 root@one-2\nEND\n", written, StringComparison.Ordinal);
            Assert.Contains("# Nodes of the sandbox\n10.88.0.3\tone\n10.88.0.4\tone-2\n# End of the nodes of the sandbox\nEND\n", written, StringComparison.Ordinal);
            Assert.Contains(@"-e 's/^one\(,[^ ]*\)* /one,10.88.0.3 /' -e 's/^one-2\(,[^ ]*\)* /one-2,10.88.0.4 /' /etc/ssh/ssh_known_hosts", written, StringComparison.Ordinal);
            Assert.Contains("systemctl enable --quiet --now ssh.service\n", written, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(17)]
    public async Task A_number_of_nodes_that_no_sandbox_has_is_refused(int nodes)
    {
        var processes = new FakeProcesses();
        var refused = await Assert.ThrowsAsync<SandboxException>(() => One(processes).CreateAsync("image", nodes, Stop));
        Assert.Equal($"A sandbox has 1 to 16 nodes, not {nodes}.", refused.Message);
        Assert.Empty(processes.Ran);
    }

    [Fact]
    public async Task The_name_of_another_sandbox_is_not_taken_for_a_node()
    {
        var processes = new FakeProcesses().Answer("podman container exists undercloud-one-2", "").Answer("podman container exists", "", exit: 1);
        var refused = await Assert.ThrowsAsync<SandboxException>(() => One(processes).CreateAsync("image", 2, Stop));
        Assert.Contains("undercloud-one-2", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Made(processes));
        Assert.DoesNotContain(processes.Ran, command => command.Arguments.Contains("rm"));
    }

    [Fact]
    public async Task A_failure_at_the_second_node_leaves_nothing_of_the_first()
    {
        var processes = Machine()
            .Answer("podman --runtime runc run --detach --pull never --name undercloud-one-2", "no space", exit: 125)
            .Answer("podman ps --all --quiet --no-trunc --filter label=undercloud.sandbox=one", "c1\n")
            .Answer("podman network ls", "undercloud-one\n")
            .Answer("podman volume ls --quiet", "undercloud-one-containers\nundercloud-one-2-containers\n");
        await Assert.ThrowsAsync<HostCommandException>(() => One(processes).CreateAsync("image", 2, Stop));
        Assert.Equal(
            ["podman rm --force --time 0 --volumes c1", "podman network rm undercloud-one", "podman volume rm --force undercloud-one-containers undercloud-one-2-containers"],
            processes.Ran.Where(command => command.Arguments.Contains("rm")).Select(command => command.ToString()));
    }

    [Fact]
    public async Task Nodes_are_listed_by_number_and_a_missing_one_is_incomplete()
    {
        var processes = new FakeProcesses()
            .Answer("podman ps", Two)
            .Answer("podman volume ls", """[{"Labels":{"undercloud.sandbox":"one","undercloud.sandbox-node":"3"}},{"Labels":{"undercloud.sandbox":"one","undercloud.sandbox-node":"2"}}]""");
        var nodes = await Sandbox.ListAsync(processes, Stop);
        Assert.Equal(
            [("one", 1, "undercloud-one", "running"), ("one", 2, "undercloud-one-2", "running"), ("one", 3, "undercloud-one-3", "incomplete"), ("other", 1, "undercloud-other", "running")],
            nodes.Select(node => (node.Name, node.Node, node.Container, node.State)));
    }

    [Fact]
    public async Task A_restart_reboots_all_nodes_and_tells_them_their_new_addresses()
    {
        var processes = Machine().Answer("podman ps", Two);
        await One(processes).RestartAsync(null, Stop);
        var ran = processes.Ran.Select(command => command.ToString()).ToList();
        Assert.True(ran.IndexOf("podman stop undercloud-one undercloud-one-2") is >= 0 and var stopped && ran.IndexOf("podman start undercloud-one undercloud-one-2") > stopped);
        Assert.Equal(["undercloud-one", "undercloud-one-2"], Told(processes));
    }

    [Fact]
    public async Task A_restart_of_one_node_leaves_the_others_running_and_tells_all_its_address()
    {
        var processes = Machine().Answer("podman ps", Two);
        await One(processes).RestartAsync(2, Stop);
        var ran = processes.Ran.Select(command => command.ToString()).ToList();
        Assert.Contains("podman stop undercloud-one-2", ran);
        Assert.Contains("podman start undercloud-one-2", ran);
        Assert.Equal(["undercloud-one", "undercloud-one-2"], Told(processes));
    }

    [Fact]
    public async Task A_paused_node_is_not_told_anything()
    {
        var processes = Machine().Answer("podman ps", Two.Replace("\"2\"},\"State\":\"running\"", "\"2\"},\"State\":\"paused\"", StringComparison.Ordinal));
        await One(processes).RestartAsync(1, Stop);
        Assert.Equal(["undercloud-one"], Told(processes));
    }

    [Fact]
    public async Task A_single_node_restarts_with_nobody_to_tell()
    {
        var processes = Machine().Answer("podman ps", Two.Replace("\"other\"", "\"alone\"", StringComparison.Ordinal))
            .Answer("podman exec -i undercloud-alone systemctl is-system-running", "running\n");
        await new Sandbox("alone", processes, TimeProvider.System).RestartAsync(null, Stop);
        Assert.Contains("podman stop undercloud-alone", processes.Ran.Select(command => command.ToString()));
        Assert.Empty(Told(processes));
    }

    [Theory]
    [InlineData("one", 3, "The sandbox 'one' has no node 3. It has: 1, 2")]
    [InlineData("none", null, "There is no sandbox 'none'. Create it: undercloud sandbox create none")]
    public async Task What_is_not_there_is_neither_stopped_nor_started(string name, int? node, string message)
    {
        var processes = new FakeProcesses().Answer("podman ps", Two);
        var refused = await Assert.ThrowsAsync<SandboxException>(() => new Sandbox(name, processes, TimeProvider.System).RestartAsync(node, Stop));
        Assert.Equal(message, refused.Message);
        Assert.DoesNotContain(processes.Ran, command => command.Arguments.Contains("stop") || command.Arguments.Contains("start"));
    }

    [Fact]
    public async Task A_command_runs_in_the_node_that_is_named()
    {
        var processes = new FakeProcesses();
        await One(processes).Node(2).AttachAsync(["true"], Stop);
        Assert.Contains("undercloud-one-2", processes.Ran[^1].Arguments);
    }

    // What makes something on the machine, in order.
    private static List<string> Made(FakeProcesses processes) =>
        [.. processes.Ran.Where(command => command.Arguments.Contains("create") || command.Arguments.Contains("run")).Select(command => command.ToString())];

    // The containers in which /etc/hosts was written.
    private static ImmutableArray<string> Told(FakeProcesses processes) =>
        [.. processes.Ran.Where(command => command.Input?.Contains("/etc/hosts.new", StringComparison.Ordinal) == true).Select(command => command.Arguments[2])];
}
