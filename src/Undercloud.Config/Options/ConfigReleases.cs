using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>Sets of releases in words.</summary>
public static class ConfigReleases
{
    private static readonly ImmutableArray<(ConfigRelease Release, string Name)> s_instack =
    [
        (ConfigRelease.InstackPike, "pike"), (ConfigRelease.InstackQueens, "queens"),
    ];

    private static readonly ImmutableArray<(ConfigRelease Release, string Name)> s_client =
    [
        (ConfigRelease.Queens, "queens"), (ConfigRelease.Rocky, "rocky"), (ConfigRelease.Stein, "stein"), (ConfigRelease.Train, "train"),
        (ConfigRelease.Ussuri, "ussuri"), (ConfigRelease.Victoria, "victoria"), (ConfigRelease.Wallaby, "wallaby"),
    ];

    /// <summary>Every release by the name it has on the command line, in order: instack-pike, instack-queens, queens, …, wallaby.</summary>
    public static ImmutableArray<(string Key, ConfigRelease Release)> Keys { get; } =
    [
        .. s_instack.Select(release => ($"instack-{release.Name}", release.Release)),
        .. s_client.Select(release => (release.Name, release.Release)),
    ];

    /// <summary>The names of releases, old to new.</summary>
    public static ImmutableArray<string> Names { get; } = [.. s_instack.Concat(s_client).Select(release => release.Name).Distinct()];

    /// <summary>The releases of a name, of either project; none for an unknown name.</summary>
    public static ConfigRelease Named(string name) => s_instack.Concat(s_client)
        .Where(release => release.Name == name)
        .Aggregate(ConfigRelease.None, (all, release) => all | release.Release);

    /// <summary>E.g. "instack-undercloud pike, queens; python-tripleoclient queens to train".</summary>
    public static string Text(ConfigRelease releases)
    {
        var parts = new[] { Of("instack-undercloud", s_instack, releases), Of("python-tripleoclient", s_client, releases) };
        return string.Join("; ", parts.OfType<string>());
    }

    // Runs of three and more releases are written as "first to last".
    private static string? Of(string project, ImmutableArray<(ConfigRelease Release, string Name)> all, ConfigRelease releases)
    {
        var runs = new List<string>();
        for (var first = 0; first < all.Length; first++)
        {
            if (!releases.HasFlag(all[first].Release))
                continue;
            var last = first;
            while (last + 1 < all.Length && releases.HasFlag(all[last + 1].Release))
                last++;
            if (last - first > 1)
                runs.Add($"{all[first].Name} to {all[last].Name}");
            else
                runs.AddRange(all[first..(last + 1)].Select(release => release.Name));
            first = last;
        }

        return runs.Count == 0 ? null : $"{project} {string.Join(", ", runs)}";
    }
}
