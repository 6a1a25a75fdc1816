using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;
using Undercloud.Host.Output;

namespace Undercloud.Host.Operations;

/// <summary>The generation of a run: recorded before the run changes a node, and marked when the run ends.</summary>
public sealed class GenerationEntry
{
    private readonly OperationContext _context;
    private Generation _generation;

    private GenerationEntry(OperationContext context, Generation generation, bool resumes) =>
        (_context, _generation, Resumes, WasApplied) = (context, generation, resumes, generation.State == GenerationState.Applied);

    /// <summary>The number of the generation.</summary>
    public int Number => _generation.Number;

    /// <summary>Whether the run goes on with an unfinished one.</summary>
    public bool Resumes { get; }

    /// <summary>Whether the plan was applied before.</summary>
    public bool WasApplied { get; }

    /// <summary>Records the plan: as a new generation, or as the newest one when that has the same plan.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="command">The command, e.g. install.</param>
    /// <param name="rollbackTo">The generation that a rollback goes back to; null for any other run.</param>
    /// <param name="restore">The databases that a rollback has to replace by dumps.</param>
    public static GenerationEntry Begin(OperationContext context, DeploymentPlan plan, string command, int? rollbackTo = null, IReadOnlyDictionary<string, int>? restore = null)
    {
        var generations = context.Generations;
        var newest = generations.Newest();
        var (number, isNew, resumes) = GenerationChoice.For(newest, plan.Hash);
        var generation = isNew ? new(number, GenerationState.Planned, plan.Hash, command, context.Time.GetUtcNow()) : newest!;
        if (isNew || rollbackTo is not null)
            generation = generation with { RollbackTo = rollbackTo, Restore = restore };
        if (isNew && newest is { State: GenerationState.Planned or GenerationState.Applying })
            generations.Update(newest with { State = GenerationState.Failed, Message = $"The run was interrupted, and generation {number} was begun before it was complete." });
        var entry = new GenerationEntry(context, generation, resumes);
        if (resumes)
            context.Events.Line($"Resuming generation {number}, which was left {newest!.State.ToString().ToLowerInvariant()}.");

        // A plan that was recorded before may be damaged on disk.
        generations.Write(entry._generation, plan);
        context.Events.Subscribe(new EventFile(generations.EventsFile(number)), withPast: true);
        return entry;
    }

    /// <summary>Marks the generation as being applied. Re-applying an applied generation does not mark it unfinished.</summary>
    public void Start()
    {
        if (!WasApplied)
            Update(_generation with { State = GenerationState.Applying, Ended = null, Message = null });
    }

    /// <summary>Notes that a rollback has replaced its databases.</summary>
    public void Restored() => Update(_generation with { Restore = null });

    /// <summary>Marks the generation as applied.</summary>
    public void Complete()
    {
        if (_generation.State != GenerationState.Applied || _generation.Message is not null)
            Update(_generation with { State = GenerationState.Applied, Ended = _context.Time.GetUtcNow(), Message = null });
    }

    /// <summary>
    /// Notes why the run failed, and marks the generation as failed. A generation that was applied before stays applied: its plan is still the one to go back to, and
    /// the dumps of its first run are older than the data of today.
    /// </summary>
    /// <param name="why">The cause, secrets masked.</param>
    public void Fail(string why)
    {
        try
        {
            Update(_generation with { State = WasApplied ? GenerationState.Applied : GenerationState.Failed, Ended = _context.Time.GetUtcNow(), Message = why });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The way back is more important than the record of what led there.
            _context.Events.Warn($"The failure of generation {Number} cannot be recorded. {FailureWords.Of(failure)}");
        }
    }

    private void Update(Generation generation) => _context.Generations.Update(_generation = generation);
}
