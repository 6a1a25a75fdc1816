using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Containers;
using Undercloud.Tests.Node;

namespace Undercloud.Tests.Containers;

/// <summary>Sets of containers and how tests apply them.</summary>
internal static class ContainerSets
{
    public const string ConfigId = "tripleo_step3";

    /// <summary>One of each kind, each relying on those before it.</summary>
    public static ImmutableArray<ContainerSpec> All =>
    [
        Specs.Read("""{"image": "k:1", "restart": "always", "start_order": 1, "healthcheck": {"test": "ask me"}}""", "db"),
        Specs.Read("""{"image": "k:1", "detach": false, "start_order": 2}""", "sync"),
        Specs.Read("""{"image": "k:1", "detach": false, "remove": true, "start_order": 2}""", "fix"),
        Specs.Read("""{"image": "k:1", "restart": "always", "start_order": 3, "depends_on": ["db"]}""", "api"),
        Specs.Read("""{"action": "exec", "command": ["api", "true"], "start_order": 4}""", "bootstrap"),
    ];

    /// <summary>What the set was before: another api, and one container more.</summary>
    public static ImmutableArray<ContainerSpec> Before =>
    [
        Specs.Read("""{"image": "k:1", "restart": "always", "start_order": 3, "environment": {"A": "1"}}""", "api"),
        Specs.Read("""{"image": "k:1", "restart": "always"}""", "former"),
    ];

    /// <summary>A service whose new container runs beside the former one until it is healthy.</summary>
    public static ContainerSpec Engine(string version) => Specs.Read(
        $$$"""{"image": "k:1", "restart": "always", "start_order": 5, "environment": {"V": "{{{version}}}"}, "replace_order": "start-first", "healthcheck": {"test": "ask me"}}""", "engine");

    /// <summary>The same with sockets.</summary>
    public static ContainerSpec Frontend(string version, int port = 80) => Specs.Read(
        $$$"""{"image": "k:1", "restart": "always", "start_order": 6, "environment": {"V": "{{{version}}}"}, "listen": ["10.0.0.1:{{{port}}}"], "replace_order": "start-first", "healthcheck": {"test": "ask me"}}""", "frontend");

    /// <summary>A service of which only one works at a time, and whose new container loads its program beside the former one.</summary>
    public static ContainerSpec Database(string version) => Specs.Read(
        $$$"""{"image": "k:1", "restart": "always", "environment": {"V": "{{{version}}}"}, "replace_order": "load-first", "healthcheck": {"test": "ask me"}, "drain": {"test": "is-idle"}}""", "database");

    public static ContainerApplier Applier(this FakeContainerHost host) => new(host, new JumpingTime(), host.Paths)
    {
        Answers = (_, _) => Task.FromResult(host.TakeThread()),
        Taken = _ => host.CountRequests(),
        Lives = host.Lives,
    };

    public static Task<NodeResult> ApplyAsync(this FakeContainerHost host, ImmutableArray<ContainerSpec> specs, Action<string>? progress = null) =>
        host.Applier().ApplyAsync(ConfigId, specs, new() { Parallel = 2, Progress = progress }, TestContext.Current.CancellationToken);

    /// <summary>Applies a set and expects no failure.</summary>
    public static async Task<NodeResult> GoodAsync(this FakeContainerHost host, ImmutableArray<ContainerSpec> specs)
    {
        var result = await host.ApplyAsync(specs);
        Assert.False(result.Failed, result.Message);
        return result;
    }

    /// <summary>Where commands stand among those that ran; -1 for one that did not run.</summary>
    public static int IndexOf(this FakeContainerHost host, string start) => host.Lines.ToList().FindIndex(line => line.StartsWith(start, StringComparison.Ordinal));
}
