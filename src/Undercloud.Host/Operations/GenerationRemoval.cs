using System.Collections.Immutable;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Backups;
using Undercloud.Host.Checks;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Operations;

/// <summary>Deletes recorded generations with what belongs to them alone: dumps of databases, names of images.</summary>
/// <param name="context">What it works with.</param>
public sealed class GenerationRemoval(OperationContext context)
{
    /// <summary>
    /// Deletes the generations that <see cref="Retention"/> does not keep; on a node whose disk is nearly full it keeps fewer. A run that has succeeded does not fail for them: a failure is a warning.
    /// </summary>
    public async Task PruneAsync(CancellationToken stop)
    {
        try
        {
            await RunAsync(Retention.Obsolete(context.Generations.All()), stop);
            if (Retention.Obsolete(context.Generations.All(), Retention.KeptWithoutRoom) is { IsEmpty: false } spare && await NearlyFullAsync(stop) is { } full)
            {
                context.Events.Line($"{full}, so these generations are deleted with their images: {string.Join(", ", spare.Select(generation => generation.Number))}");
                await RunAsync(spare, stop);
            }
        }
        catch (Exception failure) when (InstallOperation.IsFailure(failure))
        {
            context.Events.Warn($"Generations that are no longer kept could not be deleted. {FailureWords.Of(failure)} The next run tries it again; `undercloud generation delete N` does it by hand.");
        }
    }

    /// <summary>Deletes generations. The record of a generation goes last, so that an interrupted removal can be repeated.</summary>
    public async Task RunAsync(ImmutableArray<Generation> obsolete, CancellationToken stop)
    {
        if (obsolete.IsEmpty)
            return;
        var gone = obsolete.Select(generation => generation.Number).ToHashSet();
        var plans = context.Generations.All().ToDictionary(generation => generation.Number, generation => context.Generations.FindPlan(generation.Number));
        var removed = plans.Where(plan => gone.Contains(plan.Key)).Select(plan => plan.Value).OfType<DeploymentPlan>().ToList();
        await new KeptImages(context).ReleaseAsync(removed, [.. plans.Where(plan => !gone.Contains(plan.Key)).Select(plan => plan.Value).OfType<DeploymentPlan>()], stop);
        foreach (var generation in obsolete)
        {
            if (plans.GetValueOrDefault(generation.Number) is { } plan)
                await new DatabaseDumps(context).DeleteAsync(plan, generation.Number, stop);
            context.Generations.Delete(generation.Number);
        }
    }

    // The file system of images that is nearly full, in words; null for none.
    private async Task<string?> NearlyFullAsync(CancellationToken stop)
    {
        foreach (var node in context.Generations.NewestApplied() is { } applied ? context.Generations.FindPlan(applied.Number)?.Nodes ?? [] : [])
        {
            var room = FileSystems.Of(await FileSystems.ReadAsync(context.Nodes.RunnerOf(node), stop), HostNeeds.ImageStore);
            if (room is not null && Retention.IsNearlyFull(room.FreeBytes, room.TotalBytes))
                return $"The file system at {room.MountPoint} of {node.Name} has only {ByteSize.Text(room.FreeBytes)} free";
        }

        return null;
    }
}
