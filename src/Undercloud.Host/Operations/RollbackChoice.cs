using System.Collections.Immutable;
using Undercloud.Deploy.Diffs;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Operations;

/// <summary>What a rollback by hand goes back to.</summary>
/// <param name="Present">The newest generation.</param>
/// <param name="PresentPlan">Its plan.</param>
/// <param name="Target">The generation to go back to.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Dumps">The databases whose schema has changed since, each with the generation whose run dumped it first.</param>
public sealed record RollbackChoice(Generation Present, DeploymentPlan PresentPlan, Generation Target, DeploymentPlan Plan, ImmutableArray<(string Database, int Generation)> Dumps)
{
    /// <summary>Finds the generation, and what has moved since.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="number">The generation to go back to; null for the last applied one with another plan than the newest.</param>
    /// <param name="stop">Ends the asking.</param>
    /// <exception cref="InstallException">There is no such generation, its plan is damaged, or a dump is missing.</exception>
    public static async Task<RollbackChoice> OfAsync(OperationContext context, int? number, CancellationToken stop)
    {
        var generations = context.Generations;
        generations.CheckReadable();
        var all = generations.All();
        if (all.IsEmpty)
            throw new InstallException("No plan is recorded on this host, so there is none to go back to.");
        var present = all[^1];
        var target = Chosen(all, number);
        var (plan, presentPlan) = (generations.ReadPlan(target.Number), generations.ReadPlan(present.Number));

        // The first run after the target that moved a schema dumped the database as the target's services know it.
        var dumps = new Dictionary<string, int>(StringComparer.Ordinal);
        var moved = SchemaMoves.Of(presentPlan, plan).ToHashSet(StringComparer.Ordinal);
        foreach (var later in all.Where(generation => generation.Number > target.Number))
        {
            var there = await new DatabaseDumps(context).ListAsync(plan, later.Number, stop);
            var changed = await new DatabaseDumps(context).MovedAsync(plan, later.Number, [.. there.Where(moved.Contains).Where(database => !dumps.ContainsKey(database))], stop);
            foreach (var database in changed)
                dumps.TryAdd(database, later.Number);
        }

        return new(present, presentPlan, target, plan, [.. dumps.OrderBy(dump => dump.Key, StringComparer.Ordinal).Select(dump => (dump.Key, dump.Value))]);
    }

    private static Generation Chosen(ImmutableArray<Generation> all, int? number)
    {
        var present = all[^1];
        if (number is null)
        {
            return all.LastOrDefault(generation => generation.State == GenerationState.Applied && generation.PlanHash != present.PlanHash)
                ?? throw new InstallException($"There is no applied generation before {present.Number}, so there is nothing to go back to.");
        }

        var found = all.FirstOrDefault(generation => generation.Number == number)
            ?? throw new InstallException($"There is no generation {number}. There are: {string.Join(", ", all.Select(generation => generation.Number))}.");
        return found.State == GenerationState.Applied
            ? found
            : throw new InstallException($"Generation {number} was never applied to its end ({found.State.ToString().ToLowerInvariant()}). Choose one that was: `undercloud generation list`.");
    }
}
