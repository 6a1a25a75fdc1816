using System.Globalization;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Manifests;
using Undercloud.Heat.Values;
using Undercloud.Host.Operations;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary>The output of <c>undercloud status</c>: three tables, or one document. All entries of a list have the same keys.</summary>
internal static class StatusTables
{
    public static Rows<EndpointStatus> Endpoints { get; } = new(
        new("service", "Service", endpoint => endpoint.Service),
        new("interface", "Interface", endpoint => endpoint.Interface),
        new("url", "URL", endpoint => endpoint.Url),
        new("answer", "Answer", endpoint => endpoint.Answer) { Text = endpoint => endpoint.Up ? endpoint.Answer : $"DOWN: {endpoint.Answer}" },
        new("up", "Up", endpoint => endpoint.Up) { Place = ColumnPlace.Data });

    public static Rows<ContainerStatus> Containers { get; } = new(
        new("name", "Container", container => container.Name) { Text = container => NodeResultText.Of(container.Node, container.Name) },
        new("node", "Node", container => container.Node is { } node ? node : Value.Null) { Place = ColumnPlace.Data },
        new("step", "Step", container => container.Step),

        // A health check runs only in a running container, so one column shows both.
        new("state", "State", container => container.State) { Text = container => container.Health.Length > 0 ? container.Health : container.State },
        new("health", "Health", container => container.Health) { Place = ColumnPlace.Data },
        new("memory", "Memory", container => Whole(container.Memory)) { Text = container => MiB(container.Memory) },
        new("started", "Started", container => Time(container.Started))
        {
            Text = container => container.Started is { } started ? $"{started.ToLocalTime():MM-dd HH:mm:ss}" : "",
            Place = ColumnPlace.WhereItFits,
        },
        new("ready_seconds", "Ready in", container => container.ReadySeconds is { } seconds ? new FloatValue(seconds) : Value.Null)
        {
            Text = container => container.ReadySeconds is { } seconds ? $"{seconds.ToString("F1", CultureInfo.InvariantCulture)} s" : "",
        },
        new("restarts", "Restarts", container => container.Restarts) { Text = container => container.Restarts > 0 ? $"{container.Restarts}" : "" },
        new("image", "Image", container => container.Image) { Place = ColumnPlace.Data },
        new("good", "Good", container => container.Good) { Place = ColumnPlace.Data },
        new("said", "Said", container => container.Said is { } said ? said : Value.Null) { Place = ColumnPlace.Data });

    public static Rows<NodeChange> Drift { get; } = new(
        new("kind", "Drift", change => change.Kind),
        new("name", "Name", change => change.Name) { Text = change => NodeResultText.Of(change.Node, change.Name) },
        new("node", "Node", change => change.Node is { } node ? node : Value.Null) { Place = ColumnPlace.Data },
        new("action", "An install would", change => change.Action),
        new("reason", "Because", change => change.Reason is { } reason ? reason : Value.Null));

    /// <summary>The whole status.</summary>
    public static MapValue Data(UndercloudStatus status) => new(
    [
        new("good", status.Good),
        new("release", status.Release is { } release ? release : Value.Null),
        new("applied", Data(status.Applied)),
        new("newest", Data(status.Newest)),
        new("endpoints", new ListValue([.. status.Endpoints.Select(Endpoints.Data)])),
        new("containers", new ListValue([.. status.Containers.Select(Containers.Data)])),
        new("drift", new ListValue([.. status.Drift.Select(Drift.Data)])),
        new("silent", new ListValue([.. status.Silent.Select(message => (Value)message)])),
    ]);

    public static string MiB(long bytes) => bytes == 0 ? "" : $"{bytes / (1024 * 1024)} MiB";

    private static Value Data(Generation? generation) => generation is null ? Value.Null : new MapValue(
    [
        new("number", generation.Number),
        new("state", generation.State.ToString().ToLowerInvariant()),
        new("plan_hash", generation.PlanHash),
        new("command", generation.Command),
        new("created", Time(generation.Created)),
        new("ended", Time(generation.Ended)),
        new("message", generation.Message is { } message ? message : Value.Null),
    ]);

    private static Value Whole(long number) => new IntegerValue(number);

    private static Value Time(DateTimeOffset? time) => time is { } known ? $"{known.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}" : Value.Null;
}
