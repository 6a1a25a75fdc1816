using System.Net;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Failures;
using Undercloud.Host.OpenStack;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent;

/// <summary>One action of an agent verb.</summary>
/// <param name="Change">The change to report; null for an action that belongs to other changes, such as reloading systemd.</param>
/// <param name="Apply">Executes the action. Idempotent: a run after an interruption may repeat it.</param>
internal sealed record AgentStep(NodeChange? Change, Func<CancellationToken, Task> Apply)
{
    public static AgentStep Of(NodeChange? change, Action apply) => new(change, _ =>
    {
        apply();
        return Task.CompletedTask;
    });
}

/// <summary>The actions of a verb. Nothing is written while the plan is made.</summary>
internal sealed class AgentPlan(OwnedState owned)
{
    /// <summary>The ownership record now.</summary>
    public OwnedState Before { get; } = owned;

    /// <summary>The ownership record after all actions.</summary>
    public OwnedState Owned { get; set; } = owned;

    public List<AgentStep> Steps { get; } = [];

    /// <summary>Why the plan cannot be executed; with any refusal nothing is done.</summary>
    public List<string> Refusals { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>Copies of foreign files, made before any other action.</summary>
    public List<Action> Preserve { get; } = [];

    /// <summary>Paths that the plan removes.</summary>
    public HashSet<string> Gone { get; } = [];

    /// <summary>Directories that the plan creates.</summary>
    public HashSet<string> Made { get; } = [];

    /// <summary>Whether the plan was abandoned because a service answered 409: the state that it was made from is outdated.</summary>
    public bool Conflicted { get; private set; }

    /// <summary>Whether unit files change.</summary>
    public bool UnitFilesChange { get; set; }

    public void Add(NodeChange? change, Action apply) => Steps.Add(AgentStep.Of(change, apply));

    public void Add(NodeChange? change, Func<CancellationToken, Task> apply) => Steps.Add(new(change, apply));

    /// <summary>The changes that the plan would make, with diffs.</summary>
    public NodeResult Preview() => Refused() ?? Result(Changes(Steps));

    /// <summary>Executes the plan: records ownership first, then makes the changes, and only then removes entries from the record.</summary>
    /// <param name="store">The store of the ownership record.</param>
    /// <param name="removes">Whether the plan removes things: they stay recorded until they are removed.</param>
    /// <param name="stop">Cancels the run between two actions.</param>
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

    // Diffs, which may hold secrets, are for previews; changes that were made are reported by name only.
    private static List<NodeChange> Done(IEnumerable<AgentStep> steps) => [.. Changes(steps).Select(change => change with { Diff = null })];
}
