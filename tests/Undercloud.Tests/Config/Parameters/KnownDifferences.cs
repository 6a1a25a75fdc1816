using System.Collections.Immutable;

namespace Undercloud.Tests.Config.Parameters;

/// <summary>A parameter that is another one than python-tripleoclient's on purpose.</summary>
internal sealed record KnownDifference(string Release, string Parameter, string Reason);

/// <summary>tests/corpus/config/differences.txt.</summary>
internal static class KnownDifferences
{
    /// <summary>The parameters of one release.</summary>
    public static ImmutableHashSet<string> Of(string release) =>
        [.. Read().Where(one => one.Release == release).Select(one => one.Parameter)];

    public static ImmutableArray<KnownDifference> Read() =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "corpus/config/differences.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split('|', 3, StringSplitOptions.TrimEntries))
            .Select(parts => new KnownDifference(parts[0], parts[1], parts[2])),
    ];
}
