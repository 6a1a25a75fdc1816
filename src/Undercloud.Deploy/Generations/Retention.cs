using System.Collections.Immutable;

namespace Undercloud.Deploy.Generations;

/// <summary>Which recorded generations a host keeps. Pure.</summary>
public static class Retention
{
    /// <summary>How many applied generations a host keeps.</summary>
    public const int Kept = 3;

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
