using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>One assignment of a file as written, references not yet replaced.</summary>
/// <param name="Section">The section's name as written.</param>
/// <param name="Name">The key.</param>
/// <param name="Text">The value: quotes around the first line removed, continuation lines joined by a line feed.</param>
/// <param name="Location">Where the value begins.</param>
public sealed record ConfigEntry(string Section, string Name, string Text, SourceSpan Location)
{
    /// <summary>Its number of lines, continuation lines included.</summary>
    public int LineCount { get; init; } = 1;

    /// <summary>The index of its file among several; a later file overrides an earlier one.</summary>
    public int Layer { get; init; }
}

/// <summary>A section's header: its name as written, and its place.</summary>
public sealed record ConfigSection(string Name, SourceSpan Location);

/// <summary>The content of an oslo.config file, in the file's order.</summary>
/// <param name="Path">The file's name, for messages.</param>
/// <param name="Sections">Every header; a name may occur more than once.</param>
/// <param name="Entries">Every assignment, repeated ones too.</param>
public sealed record OsloConfigFile(string Path, ImmutableArray<ConfigSection> Sections, ImmutableArray<ConfigEntry> Entries)
{
    /// <summary>The default section of an option.</summary>
    public const string DefaultSection = "DEFAULT";

    private readonly ILookup<(string Section, string Name), ConfigEntry> _byName =
        Entries.ToLookup(entry => (Normalized(entry.Section), entry.Name));

    /// <summary>A file that sets nothing.</summary>
    public static OsloConfigFile Empty(string path) => new(path, [], []);

    /// <summary>Several files read as one, the last one wins, as oslo.config reads --config-file and --config-dir.</summary>
    public static OsloConfigFile Layered(IReadOnlyList<OsloConfigFile> files) => new(files[0].Path,
        [.. files.SelectMany(file => file.Sections)],
        [.. files.SelectMany((file, layer) => file.Entries.Select(entry => entry with { Layer = layer }))]);

    /// <summary>oslo.config: section names are case-insensitive, except DEFAULT.</summary>
    public static bool IsSameSection(string left, string right) => Normalized(left) == Normalized(right);

    /// <summary>Every assignment of one option, in the file's order; the last one counts for an option of one value.</summary>
    public ImmutableArray<ConfigEntry> All(string section, string name) =>
        [.. _byName[(Normalized(section), name)]];

    /// <summary>A key that is equal for all names of the same section.</summary>
    internal static string Normalized(string name) => name == DefaultSection ? name : name.ToLowerInvariant();
}
