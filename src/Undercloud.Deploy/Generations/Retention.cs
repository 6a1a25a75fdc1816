using System.Collections.Immutable;

namespace Undercloud.Deploy.Generations;

/// <summary>Which recorded generations a host keeps. Pure.</summary>
public static class Retention
{
    /// <summary>How many plans that were applied a host keeps.</summary>
    public const int Kept = 3;

    /// <summary>How many applied generations a host keeps at most, since several may have the same plan: each update that fails adds one.</summary>
    public const int Most = 10;

    /// <summary>How many plans that were applied a host keeps whose disk is nearly full: the present one, and the way back.</summary>
    public const int KeptWithoutRoom = 2;

    private const long LeastBytes = 10L << 30;

    /// <summary>Whether a file system of images is nearly full: less than a tenth of it is free, and less than 10 GiB.</summary>
    /// <param name="freeBytes">The free space in bytes.</param>
    /// <param name="totalBytes">The whole size in bytes.</param>
    public static bool IsNearlyFull(long freeBytes, long totalBytes) => freeBytes < Math.Min(totalBytes / 10, LeastBytes);

    /// <summary>
    /// The generations that are older than those with the last <paramref name="count"/> different plans that were applied. A rollback applies a plan once more, so
    /// that equal plans count once. Unfinished and failed generations between the kept ones stay, since they say what happened.
    /// </summary>
    /// <param name="all">All generations, oldest first.</param>
    /// <param name="count">How many plans to keep; at least one.</param>
    public static ImmutableArray<Generation> Obsolete(ImmutableArray<Generation> all, int count = Kept)
    {
        var applied = all.Where(generation => generation.State == GenerationState.Applied).Reverse().ToList();
        var plans = applied.DistinctBy(generation => generation.PlanHash).Take(Math.Max(count, 1)).ToList();
        var oldest = Math.Max(plans.Count < count ? 0 : plans[^1].Number, applied.Count < Most ? 0 : applied[Most - 1].Number);
        return [.. all.Where(generation => generation.Number < oldest)];
    }
}
