using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Images;

/// <summary>What an image is made of, as <c>images/NAME.yaml</c> says. The same definition serves every release.</summary>
/// <param name="Name">The image's name, the same as its file's.</param>
/// <param name="From">The definition it stands on; null for the root, which is made from nothing.</param>
public sealed record ImageDefinition(string Name, string? From)
{
    /// <summary>Where images of ours are named: no registry, made here.</summary>
    public const string Repository = "localhost/undercloud";

    /// <summary>The only release whose Debian has its packages; null when it is built for each.</summary>
    public OpenStackRelease? OnlyRelease { get; init; }

    /// <summary>Creates the users of <see cref="ServiceUser.All"/> before any package is installed.</summary>
    public bool ServiceUsers { get; init; }

    /// <summary>Packages for every release.</summary>
    public ImmutableArray<string> Packages { get; init; } = [];

    /// <summary>Packages for one release more, by its name.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> ReleasePackages { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Files put in before the packages.</summary>
    public ImmutableArray<ImageFile> Files { get; init; } = [];

    /// <summary>Shell commands after the packages, for every release.</summary>
    public ImmutableArray<string> Run { get; init; } = [];

    /// <summary>Shell commands for one release more, by its name.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> ReleaseRun { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Heat parameters that name this image.</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>What a container runs when it is told nothing; a shell when empty.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Files in it that are wanted outside: what it is built for when no container is to run it.</summary>
    public ImmutableArray<ImageExport> Exports { get; init; } = [];

    /// <summary>Where it was read, for messages about it.</summary>
    public SourceSpan Location { get; init; }

    /// <summary>The image's full name, e.g. localhost/undercloud/keystone:zed.</summary>
    public static string Tag(string name, OpenStackRelease release) => $"{Repository}/{name}:{release.Name}";

    /// <summary>Its full name when that release is wanted: of its only release when it has one.</summary>
    public string TagFor(OpenStackRelease release) => Tag(Name, OnlyRelease ?? release);

    /// <summary>The packages in a release, sorted, each once.</summary>
    public ImmutableArray<string> PackagesIn(OpenStackRelease release) =>
    [
        .. Packages.Concat(ReleasePackages.GetValueOrDefault(release.Name, [])).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The shell commands in a release, in their order.</summary>
    public ImmutableArray<string> RunIn(OpenStackRelease release) => Run.AddRange(ReleaseRun.GetValueOrDefault(release.Name, []));

    /// <summary>Reads a definition; null when it is so wrong that there is nothing to go on with. Findings go to the bag.</summary>
    public static ImageDefinition? Parse(string text, string path, DiagnosticBag diagnostics) =>
        new ImageDefinitionReader(path, diagnostics).Read(text);
}

/// <summary>A file of an image.</summary>
/// <param name="Source">Where it is, relative to the definitions' directory.</param>
/// <param name="Path">Where it goes, absolute.</param>
/// <param name="Mode">Octal, e.g. 0755.</param>
public sealed record ImageFile(string Source, string Path, string Mode)
{
    public SourceSpan Location { get; init; }
}

/// <summary>A file that an image is built for.</summary>
/// <param name="Path">Where it is in the image, absolute.</param>
/// <param name="To">Where it belongs on an undercloud, absolute; null when that is the user's choice.</param>
public sealed record ImageExport(string Path, string? To)
{
    public SourceSpan Location { get; init; }
}
