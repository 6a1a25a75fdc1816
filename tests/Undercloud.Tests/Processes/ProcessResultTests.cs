using System.Text.Json;
using Undercloud.Host.Agent.Network;
using Undercloud.Host.Containers;
using Undercloud.Host.Images;
using Undercloud.Host.Processes;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Processes;

/// <summary>Programs that end well and print no JSON, or JSON of another kind: the command and what it printed are named.</summary>
public sealed class ProcessResultTests
{
    [Theory]
    [InlineData("", "It printed nothing.")]
    [InlineData("[{\"Id\": \"a\"", "It printed: [{\"Id\": \"a\"")]
    [InlineData("Error: database locked", "It printed: Error: database locked")]
    [InlineData("{}", "It printed: {}")]
    [InlineData("[{\"Id\": 7}]", "It printed: [{\"Id\": 7}]")]
    [InlineData("[{}]", "It printed: [{}]")]
    public async Task Images_of_podman(string printed, string said)
    {
        var store = new ImageStore(new FakeProcesses().Answer("podman image ls", printed));
        Failed(await Assert.ThrowsAsync<HostCommandException>(() => store.ListAsync(TestContext.Current.CancellationToken)), "podman image ls --all --no-trunc --format json", said);
    }

    [Theory]
    [InlineData("", "It printed nothing.")]
    [InlineData("null", "It printed: null")]
    [InlineData("Error: x", "It printed: Error: x")]
    public async Task Containers_of_podman(string printed, string said)
    {
        var podman = new Podman(new FakeProcesses().Answer("podman ps", printed));
        Failed(await Assert.ThrowsAsync<HostCommandException>(() => podman.ListAsync(TestContext.Current.CancellationToken)), "podman ps --all --no-trunc --format=json", said);
    }

    [Theory]
    [InlineData("", "It printed nothing.")]
    [InlineData("{\"ifname\": \"lo\"}", "It printed: {")]
    [InlineData("1: lo: <LOOPBACK>", "It printed: 1: lo")]
    public async Task Interfaces_of_ip(string printed, string said)
    {
        var processes = new FakeProcesses().Answer("ip -j", printed);
        var links = new LinkReader(processes, TimeProvider.System);
        Failed(await Assert.ThrowsAsync<HostCommandException>(() => links.LinksAsync([], TimeSpan.Zero, TestContext.Current.CancellationToken)), "ip -j address show", said);
        Failed(await Assert.ThrowsAsync<HostCommandException>(() => DeviceState.ReadAsync(processes, TestContext.Current.CancellationToken)), "ip -j -d link show", said);
    }

    [Fact]
    public async Task A_host_without_a_default_route_has_an_ip_that_prints_nothing()
    {
        var needed = await new LinkReader(new FakeProcesses().Answer("ip -j", ""), TimeProvider.System).NeededAsync([], TestContext.Current.CancellationToken);
        Assert.Empty(needed.DefaultRoutes);
        var broken = new LinkReader(new FakeProcesses().Answer("ip -j", "default via"), TimeProvider.System);
        Failed(await Assert.ThrowsAsync<HostCommandException>(() => broken.NeededAsync([], TestContext.Current.CancellationToken)), "ip -j -4 route show default", "It printed: default via");
    }

    [Fact]
    public void What_is_long_is_cut_and_what_was_said_beside_nothing_is_shown()
    {
        Failed(Assert.Throws<HostCommandException>(() => Printed(new string('x', 300), "").Json(JsonKind)), "tool", $"It printed: {new string('x', 200)} …");
        Failed(Assert.Throws<HostCommandException>(() => Printed("", "no database").Json(JsonKind)), "tool", "It printed nothing.\nno database");
    }

    private static string JsonKind(JsonElement root) => root.ValueKind.ToString();

    private static ProcessResult Printed(string output, string error) => new(CommandLine.Of("tool"), 0, output, error);

    private static void Failed(HostCommandException failure, string command, string said)
    {
        Assert.StartsWith($"`{command}` ended without an error, but did not print the JSON that is expected. ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }
}
