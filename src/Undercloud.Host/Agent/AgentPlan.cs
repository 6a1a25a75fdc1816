using System.Net;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Failures;
using Undercloud.Host.OpenStack;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent;

/// <summary>One thing an agent verb is to do.</summary>
/// <param name="Change">What to report; null for what belongs to other changes, such as reloading systemd.</param>
/// <param name="Apply">Does it. Done twice it does no harm: a run after an interruption may repeat it.</param>
internal sealed record AgentStep(NodeChange? Change, Func<CancellationToken, Task> Apply)
{
    public static AgentStep Of(NodeChange? change, Action apply) => new(change, _ =>
    {
        apply();
        return Task.CompletedTask;
    });
}

/// <summary>What a verb found out it has to do. Nothing is written while it is filled.</summary>
internal sealed class AgentPlan(OwnedState owned)
{
    /// <summary>What is owned now.</summary>
    public OwnedState Before { get; } = owned;

    /// <summary>What is owned when everything is done.</summary>
    public OwnedState Owned { get; set; } = owned;

    public List<AgentStep> Steps { get; } = [];

    /// <summary>Why the whole plan cannot be carried out; nothing is done then.</summary>
    public List<string> Refusals { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>Copies of foreign files, taken before anything else.</summary>
    public List<Action> Preserve { get; } = [];

    /// <summary>Paths that will not be there any more.</summary>
    public HashSet<string> Gone { get; } = [];

    /// <summary>Directories that will have been made.</summary>
    public HashSet<string> Made { get; } = [];

    /// <summary>Whether it was given up since a service answered 409: what was read of it is out of date.</summary>
    public bool Conflicted { get; private set; }

    /// <summary>Units whose files change.</summary>
    public bool UnitFilesChange { get; set; }

    public void Add(NodeChange? change, Action apply) => Steps.Add(AgentStep.Of(change, apply));

    public void Add(NodeChange? change, Func<CancellationToken, Task> apply) => Steps.Add(new(change, apply));

    /// <summary>What would be done, with diffs.</summary>
    public NodeResult Preview() => Refused() ?? Result(Changes(Steps));

    /// <summary>Carries the plan out: records what will be ours, makes it, and only then forgets what is no longer ours.</summary>
    /// <param name="store">Where ownership is recorded.</param>
    /// <param name="removes">The plan removes: what it removes stays recorded until it is gone.</param>
    /// <param name="stop">Ends it between two steps.</param>
    public async Task<NodeResult> RunAsync(OwnedStore store, bool removes, CancellationToken stop)
    {
        if (Refused() is { } refused)
            return refused;
        var done = new List<AgentStep>();
        try
        {
            Preserve.ForEach(copy => copy());
            if (!removes && Owned != Before)
                store.Save(Owned);
            foreach (var step in Steps)
            {
                stop.ThrowIfCancellationRequested();
                await step.Apply(stop);
                done.Add(step);
            }

            if (removes && Owned != Before)
                store.Save(Owned);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HostCommandException or CloudException)
        {
            Conflicted = exception is CloudException { Status: HttpStatusCode.Conflict };
            return Result(Done(done)) with { Failed = true, Message = FailureWords.Of(exception) };
        }

        return Result(Done(Steps));
    }

    private NodeResult? Refused() =>
        Refusals.Count == 0 ? null : new NodeResult(false, [], Failed: true, string.Join('\n', Refusals)) { Notes = Notes };

    private NodeResult Result(List<NodeChange> changes) => new(changes.Count > 0, changes) { Notes = Notes };

    private static List<NodeChange> Changes(IEnumerable<AgentStep> steps) => [.. steps.Select(step => step.Change).OfType<NodeChange>()];

    // Diffs are for previews: what is done is reported by name, with nobody's secrets.
    private static List<NodeChange> Done(IEnumerable<AgentStep> steps) => [.. Changes(steps).Select(change => change with { Diff = null })];
}
