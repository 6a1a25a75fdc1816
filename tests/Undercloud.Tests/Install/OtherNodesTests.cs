using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;
using Undercloud.Host.Nodes;
using Undercloud.Host.Operations;
using Undercloud.Tests.Containers;

namespace Undercloud.Tests.Install;

public sealed class OtherNodesTests : IDisposable
{
    private const string Memcached = "localhost/undercloud/memcached:zed";

    private readonly FakeInstallation _host = new();

    public void Dispose() => _host.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_images_that_a_node_misses_are_copied_to_it()
    {
        _host.Host.Answer("podman image ls", Image(Specs.ImageId)).Do("ssh", command => (0, $"{command}".Contains("node-2", StringComparison.Ordinal) ? Image(Specs.ImageId) : Image(Specs.OtherImageId), ""));
        await new ImageCopies(_host.Context).RunAsync(Plan("node-2", "node-3"), Stop);
        var copy = Assert.Single(_host.Host.Ran, command => command.Program == "bash");
        Assert.Contains("root@node-3", copy.Arguments[3], StringComparison.Ordinal);
        Assert.Equal(["-o", "pipefail", "-c"], copy.Arguments[..3]);

        // The name is an argument, not a part of what the shell reads.
        Assert.Equal(["--", Memcached], copy.Arguments[^2..]);
    }

    [Fact]
    public async Task Nothing_is_copied_to_this_host()
    {
        var plan = Plan("node-2");
        await new ImageCopies(_host.Context).RunAsync(plan with { Nodes = [plan.Nodes[0] with { Connection = null }] }, Stop);
        Assert.Empty(_host.Host.Ran);
    }

    [Fact]
    public async Task A_copy_that_fails_names_image_and_node_and_what_was_said()
    {
        _host.Host.Answer("podman image ls", Image(Specs.ImageId)).Answer("ssh", "[]").Answer("bash", "Error: writing blob: no space left on device", exit: 125);
        var failure = await Assert.ThrowsAsync<InstallException>(() => new ImageCopies(_host.Context).RunAsync(Plan("node-2"), Stop));
        Assert.StartsWith($"The image {Memcached} could not be copied to the node node-2.\nError: writing blob: no space left on device", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("Last login: never")]
    [InlineData("{\"changed\": tr")]
    public async Task A_node_whose_answers_mean_nothing_is_named_by_every_question(string answer)
    {
        _host.Host.Answer("ssh", answer);
        var node = Plan("node-2").Nodes[0];
        using var gate = new SemaphoreSlim(1);
        await using var agent = new NodeAgents(_host.Host, () => throw new InvalidOperationException("Nobody asks the cloud."), TimeProvider.System).Of(node);
        foreach (var ask in new Func<Task>[] { () => agent.StateAsync(node, Stop), () => agent.CheckAsync(node, cloud: true, Stop), () => agent.UnappliedAsync(node, Stop), () => agent.ContainersAsync(node, gate, Stop) })
            Assert.StartsWith("The node node-2 gives no answer that this program can read: ", (await Assert.ThrowsAsync<NodeException>(ask)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_cannot_be_copied_to_a_node_is_told_with_scps_words()
    {
        _host.Host.Answer("scp", "scp: dest open \".cache/undercloud/undercloud\": No space left on device", exit: 1);
        var node = Plan("node-2").Nodes[0];
        await using var agent = _host.Context.Nodes.Of(node);
        var failure = await Assert.ThrowsAsync<NodeException>(() => agent.StateAsync(node, Stop));
        Assert.False(failure.IsUnreachable);
        Assert.Contains("The node node-2: The program could not be copied to it: scp: dest open", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plan_of_a_node_goes_over_standard_input_and_not_on_a_command_line()
    {
        const string Secret = "hunter2-of-keystone";
        _host.Host.Answer("ssh", "{\"changed\": false, \"changes\": []}");
        var node = Plan("node-2").Nodes[0];
        node = node with { Manifest = node.Manifest with { Files = new() { Files = [new("/etc/keystone.conf", 0, 0, "0600", Secret)] } } };
        await using (var agent = _host.Context.Nodes.Of(node))
            await agent.CheckAsync(node, cloud: false, Stop);
        Assert.Contains(_host.Host.Ran, command => command.Input?.Contains(Secret, StringComparison.Ordinal) == true);
        Assert.All(_host.Host.Lines, line => Assert.DoesNotContain(Secret, line, StringComparison.Ordinal));
    }

    private static string Image(string id) => $$"""[{"Id": "{{id}}", "Names": ["{{Memcached}}"], "Size": 1, "Created": 1}]""";

    private static DeploymentPlan Plan(params string[] names) => new()
    {
        Stack = "undercloud",
        Release = "zed",
        Images = new SortedDictionary<string, string> { [Memcached] = Specs.ImageId },
        Nodes =
        [
            .. names.Select(name => new NodePlan
            {
                Role = "Api",
                Manifest = new NodeManifest { Node = name },
                Connection = new(name),
                Containers = new SortedDictionary<int, ImmutableArray<ContainerSpec>> { [1] = [Specs.Read($$"""{"image": "{{Memcached}}", "restart": "always"}""", "memcached")] },
            }),
        ],
    };
}
