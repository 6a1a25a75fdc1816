using System.Text.Json;
using Undercloud.Host.Sandboxes;

namespace Undercloud.Tests.Sandboxes;

public sealed class MachineTests
{
    private const string Running = """[{"Labels":{"undercloud.sandbox":"one"},"State":"running","Image":"i","Created":1700000000}]""";
    private const string Plugged = """[{"Labels":{"undercloud.machine":"node-0","undercloud.machine-specification":"192.168.24.201/24,4096,1,10"},"State":"running"}]""";

    private static Sandbox One(FakeProcesses processes) => new("one", processes, TimeProvider.System);

    [Fact]
    public async Task Machines_are_nodes_of_an_operators_file()
    {
        var processes = new FakeProcesses().Answer("podman ps", Plugged);
        var machines = await Machine.ListAsync(One(processes), processes, TestContext.Current.CancellationToken);
        using var file = JsonDocument.Parse(Machine.Nodes(machines));
        var node = Assert.Single(file.RootElement.GetProperty("nodes").EnumerateArray());
        Assert.Equal(("node-0", "ipmi", "192.168.24.201"), (node.GetProperty("name").GetString(), node.GetProperty("pm_type").GetString(), node.GetProperty("pm_addr").GetString()));
        Assert.Equal(("4096", "1", "10"), (node.GetProperty("memory").GetString(), node.GetProperty("cpu").GetString(), node.GetProperty("disk").GetString()));
        Assert.Equal(Machine.Address("node-0"), node.GetProperty("mac")[0].GetString());
    }

    [Fact]
    public void A_name_always_has_the_same_card_and_another_name_another()
    {
        Assert.Matches("^52:54:00(:[0-9a-f]{2}){3}$", Machine.Address("node-0"));
        Assert.Equal(Machine.Address("node-0"), Machine.Address("node-0"));
        Assert.NotEqual(Machine.Address("node-0"), Machine.Address("node-1"));
    }

    [Fact]
    public async Task Without_a_running_sandbox_there_is_no_wire_for_it()
    {
        var processes = new FakeProcesses();
        var refused = await Assert.ThrowsAsync<SandboxException>(() =>
            new Machine("node-0", One(processes), processes).CreateAsync("image", new("192.168.24.201/24"), TestContext.Current.CancellationToken));
        Assert.Contains("undercloud install --sandbox=one", refused.Message);
    }

    [Fact]
    public async Task A_machine_that_is_there_is_not_replaced()
    {
        var processes = new FakeProcesses().Answer("podman ps", Running);
        var refused = await Assert.ThrowsAsync<SandboxException>(() =>
            new Machine("node-0", One(processes), processes).CreateAsync("image", new("192.168.24.201/24"), TestContext.Current.CancellationToken));
        Assert.Contains("undercloud sandbox machine delete node-0", refused.Message);
        Assert.DoesNotContain(processes.Ran, command => command.Arguments.Contains("run"));
    }

    [Theory]
    [InlineData("Node")]
    [InlineData("a b")]
    [InlineData("")]
    public void A_name_that_a_container_cannot_carry_is_refused(string name) =>
        Assert.Throws<SandboxException>(() => new Machine(name, One(new()), new FakeProcesses()));
}
