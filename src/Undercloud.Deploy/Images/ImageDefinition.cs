using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Images;

/// <summary>An image's definition, <c>images/NAME.yaml</c>. The same definition serves every release.</summary>
/// <param name="Name">The image's name, the same as its file's.</param>
/// <param name="From">The parent definition; null for the root image, which is bootstrapped.</param>
public sealed record ImageDefinition(string Name, string? From)
{
    /// <summary>The prefix of the tool's image names: no registry, built locally.</summary>
    public const string Repository = "localhost/undercloud";

    /// <summary>The only release whose Debian has its packages; null when the image is built for each release.</summary>
    public OpenStackRelease? OnlyRelease { get; init; }

    /// <summary>Creates the users of <see cref="ServiceUser.All"/> before any package is installed.</summary>
    public bool ServiceUsers { get; init; }

    /// <summary>Packages in every release; the file of a release may add some (<see cref="OpenStackRelease.PackagesOf"/>).</summary>
    public ImmutableArray<string> Packages { get; init; } = [];

    /// <summary>Files that are copied before the packages are installed.</summary>
    public ImmutableArray<ImageFile> Files { get; init; } = [];

    /// <summary>Shell commands that run after the packages are installed, in every release; the file of a release may add some.</summary>
    public ImmutableArray<string> Run { get; init; } = [];

    /// <summary>Heat parameters that name this image.</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>A container's default command; a shell when empty.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Files that are used outside: the purpose of an image that no container runs.</summary>
    public ImmutableArray<ImageExport> Exports { get; init; } = [];

    /// <summary>Its file, for messages.</summary>
    public SourceSpan Location { get; init; }

    /// <summary>The image's full name, e.g. localhost/undercloud/keystone:zed.</summary>
    public static string Tag(string name, OpenStackRelease release) => $"{Repository}/{name}:{release.Name}";

    /// <summary>The definition's name and the release in a full name; null for an image of another kind.</summary>
    public static (string Name, string Release)? Parts(string image) =>
        image.StartsWith($"{Repository}/", StringComparison.Ordinal) && image[(Repository.Length + 1)..].Split(':') is [var name, var release] ? (name, release) : null;

    /// <summary>Its full name when that release is requested: that of its only release when it has one.</summary>
    public string TagFor(OpenStackRelease release) => Tag(Name, OnlyRelease ?? release);

    /// <summary>The packages in a release, sorted, each once.</summary>
    public ImmutableArray<string> PackagesIn(OpenStackRelease release) =>
        [.. Packages.Concat(release.PackagesOf(Name)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The shell commands in a release, in their order.</summary>
    public ImmutableArray<string> RunIn(OpenStackRelease release) => Run.AddRange(release.CommandsOf(Name));

    /// <summary>Reads a definition; null when it is unusable. Findings go to the bag.</summary>
    public static ImageDefinition? Parse(string text, string path, DiagnosticBag diagnostics) =>
        new ImageDefinitionReader(path, diagnostics).Read(text);
}

/// <summary>A file of an image.</summary>
/// <param name="Source">Its path, relative to the definitions' directory.</param>
/// <param name="Path">Its destination, absolute.</param>
/// <param name="Mode">Octal, e.g. 0755.</param>
public sealed record ImageFile(string Source, string Path, string Mode)
{
    public SourceSpan Location { get; init; }
}

/// <summary>A file for which an image is built.</summary>
/// <param name="Path">Its path in the image, absolute.</param>
/// <param name="To">Its destination on an undercloud, absolute; null when the user chooses it.</param>
public sealed record ImageExport(string Path, string? To)
{
    public SourceSpan Location { get; init; }
}
