using System.Collections.Immutable;

namespace Undercloud.Deploy.Generations;

/// <summary>Which recorded generations a host keeps. Pure.</summary>
public static class Retention
{
    /// <summary>How many applied generations a host keeps.</summary>
    public const int Kept = 3;

    /// <summary>How many applied generations a host keeps whose disk is nearly full: the present one, and the way back.</summary>
    public const int KeptWithoutRoom = 2;

    private const long LeastBytes = 10L << 30;

    /// <summary>Whether a file system of images is nearly full: less than a tenth of it is free, and less than 10 GiB.</summary>
    /// <param name="freeBytes">The free space in bytes.</param>
    /// <param name="totalBytes">The whole size in bytes.</param>
    public static bool IsNearlyFull(long freeBytes, long totalBytes) => freeBytes < Math.Min(totalBytes / 10, LeastBytes);

    /// <summary>
    /// The generations that are older than the last <paramref name="count"/> applied ones. Unfinished and failed generations between the kept ones
    /// stay, since they say what happened.
    /// </summary>
    /// <param name="all">All generations, oldest first.</param>
    /// <param name="count">How many applied generations to keep; at least one.</param>
    public static ImmutableArray<Generation> Obsolete(ImmutableArray<Generation> all, int count = Kept)
    {
        var applied = all.Where(generation => generation.State == GenerationState.Applied).TakeLast(Math.Max(count, 1)).ToList();
        return applied.Count < count ? [] : [.. all.Where(generation => generation.Number < applied[0].Number)];
    }
}
