using System.Collections.Immutable;
using Undercloud.Deploy.Diffs;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Operations;

/// <summary>What a rollback by hand goes back to.</summary>
/// <param name="Present">The newest generation.</param>
/// <param name="PresentPlan">Its plan; null when it cannot be read.</param>
/// <param name="Target">The generation to go back to.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Dumps">The databases whose schema has changed since, each with the generation whose run dumped it first.</param>
/// <param name="Touched">The databases whose schema the services of the target may change.</param>
public sealed record RollbackChoice(Generation Present, DeploymentPlan? PresentPlan, Generation Target, DeploymentPlan Plan, ImmutableArray<(string Database, int Generation)> Dumps, ImmutableArray<string> Touched)
{
    /// <summary>Finds the generation, and what has moved since.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="number">The generation to go back to; null for the target of an unfinished rollback, or else for the last applied one before the present plan.</param>
    /// <param name="stop">Ends the asking.</param>
    /// <exception cref="InstallException">There is no such generation, its plan is damaged, or the database server does not answer.</exception>
    /// <exception cref="RefusedException">No dump says what the schema of a database was.</exception>
    public static async Task<RollbackChoice> OfAsync(OperationContext context, int? number, CancellationToken stop)
    {
        var generations = context.Generations;
        generations.CheckReadable();
        var all = generations.All();
        if (all.IsEmpty)
            throw new InstallException("No plan is recorded on this host, so there is none to go back to.");
        var present = all[^1];
        var target = Chosen(all, number);
        var plan = generations.FindPlan(target.Number)
            ?? throw new InstallException($"The plan of generation {target.Number} is damaged, or an older undercloud recorded it. Choose another generation (`undercloud generation list`). Nothing was changed.");
        var presentPlan = generations.FindPlan(present.Number);

        // The record of an unfinished rollback has what is left to load: its generation has the plan of the target already. What it dumped before stays.
        if (present.IsUnfinishedRollback && present.RollbackTo == target.Number)
        {
            var left = (present.Restore ?? new Dictionary<string, int>()).OrderBy(dump => dump.Key, StringComparer.Ordinal).Select(dump => (dump.Key, dump.Value)).ToImmutableArray();
            var former = all.LastOrDefault(generation => generation.Number < present.Number && generation.State == GenerationState.Applied);
            return new(present, presentPlan, target, plan, left, [.. left.Select(dump => dump.Key).Union(former is null ? [] : MovedSince(generations.FindPlan(former.Number), plan)).Order(StringComparer.Ordinal)]);
        }

        var (dumps, moved) = await SinceAsync(context, target.Number, plan, presentPlan, stop);
        return new(present, presentPlan, target, plan, dumps, moved);
    }

    /// <summary>The databases whose schema has moved since a generation, with the dumps that have the former schema.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="target">The number of the generation to go back to.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="presentPlan">The plan of the newest generation; null when it cannot be read.</param>
    /// <param name="stop">Ends the asking.</param>
    /// <returns>The databases to replace, each with the generation whose run dumped it first after the target; and those whose schema the services of the target may change.</returns>
    /// <exception cref="InstallException">The database server does not answer.</exception>
    /// <exception cref="RefusedException">No dump says what the schema of a database was.</exception>
    internal static async Task<(ImmutableArray<(string Database, int Generation)> Dumps, ImmutableArray<string> Moved)> SinceAsync(
        OperationContext context, int target, DeploymentPlan plan, DeploymentPlan? presentPlan, CancellationToken stop)
    {
        var all = context.Generations.All();

        // The first dump after the target has the schema that the target's services know. Later ones, such as that of a rollback in between, may have another.
        var dumps = new Dictionary<string, int>(StringComparer.Ordinal);

        // A failed run without dumps has failed before its first migration.
        var applied = all.LastOrDefault(generation => generation.Number > target && generation.State == GenerationState.Applied);
        var surely = applied is null ? [] : MovedSince(context.Generations.FindPlan(applied.Number), plan);
        ImmutableArray<string> moved = [.. MovedSince(presentPlan, plan).Union(surely, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var later in all.Where(generation => generation.Number > target))
        {
            var there = await new DatabaseDumps(context).ListAsync(plan, later.Number, stop);
            var changed = await new DatabaseDumps(context).MovedAsync(plan, later.Number, [.. there.Where(database => moved.Contains(database) && !known.Contains(database))], stop);
            known.UnionWith(there);
            foreach (var database in changed)
                dumps.TryAdd(database, later.Number);
        }

        if (surely.Where(database => !known.Contains(database)).ToList() is { Count: > 0 } unknown)
            throw new RefusedException($"No dump says what the schema of {string.Join(", ", unknown)} was when generation {target} was applied, so its services may not know the present one. Choose a later generation (`undercloud generation list`). Nothing was changed.");
        return ([.. dumps.OrderBy(dump => dump.Key, StringComparer.Ordinal).Select(dump => (dump.Key, dump.Value))], moved);
    }

    // A plan that cannot be read may have moved every schema.
    private static ImmutableArray<string> MovedSince(DeploymentPlan? later, DeploymentPlan plan) => later is null ? SchemaMoves.Any(plan) : SchemaMoves.Of(later, plan);

    private static Generation Chosen(ImmutableArray<Generation> all, int? number)
    {
        var present = all[^1];
        if (number is null && present is { IsUnfinishedRollback: true, RollbackTo: { } unfinished })
            number = unfinished;
        if (number is null)
        {
            // After a rollback, one step further back.
            var before = present.RollbackTo ?? present.Number;
            return all.LastOrDefault(generation => generation.Number < before && generation.State == GenerationState.Applied && generation.PlanHash != present.PlanHash)
                ?? throw new InstallException($"There is no applied generation before {present.Number}, so there is nothing to go back to.");
        }

        var found = all.FirstOrDefault(generation => generation.Number == number)
            ?? throw new InstallException($"There is no generation {number}. There are: {string.Join(", ", all.Select(generation => generation.Number))}.");
        return found.State == GenerationState.Applied
            ? found
            : throw new InstallException($"Generation {number} was never applied to its end ({found.State.ToString().ToLowerInvariant()}). Choose one that was: `undercloud generation list`.");
    }
}
