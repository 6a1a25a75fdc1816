using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>
/// An OpenStack release and the Debian release that packages it. All that differs between releases is in one file each,
/// <c>Releases/NAME.yaml</c> beside this class, which is compiled into the program: the services' plugins are checked without any template.
/// </summary>
/// <param name="Name">e.g. zed; the tag of its images.</param>
/// <param name="Suite">Debian's code name, e.g. bookworm.</param>
/// <param name="Templates">The value of the templates' parameter Release: service → key → value.</param>
public sealed record OpenStackRelease(string Name, string Suite, MapValue Templates)
{
    /// <summary>All of them, oldest first.</summary>
    public static ImmutableArray<OpenStackRelease> All { get; } = OpenStackReleaseReader.Embedded();

    /// <summary>The default release of a new undercloud.</summary>
    public static OpenStackRelease Default { get; } = All[0];

    /// <summary>Image → its packages in this release, in addition to those of its definition.</summary>
    internal ImmutableDictionary<string, ImmutableArray<string>> ImagePackages { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Image → the shell commands of its build in this release, in addition to those of its definition.</summary>
    internal ImmutableDictionary<string, ImmutableArray<string>> ImageCommands { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The options that list plugins, each with the names that the service can load.</summary>
    internal ImmutableDictionary<(string File, string Option), ImmutableArray<string>> Plugins { get; init; } =
        ImmutableDictionary<(string File, string Option), ImmutableArray<string>>.Empty;

    /// <summary>The release of that name, or null.</summary>
    public static OpenStackRelease? Of(string name) => All.FirstOrDefault(release => release.Name == name);

    /// <summary>Whether it is older than another one.</summary>
    public bool IsBefore(OpenStackRelease other) => All.IndexOf(this) < All.IndexOf(other);

    /// <summary>The packages of an image in this release only, by the image's name.</summary>
    public ImmutableArray<string> PackagesOf(string image) => ImagePackages.GetValueOrDefault(image, []);

    /// <summary>The shell commands of an image's build in this release only, by the image's name.</summary>
    public ImmutableArray<string> CommandsOf(string image) => ImageCommands.GetValueOrDefault(image, []);

    /// <summary>The names that an option may have in a service's file, e.g. mechanism_drivers in ml2_conf.ini; empty for an option that the release does not list.</summary>
    public ImmutableArray<string> PluginsOf(string file, string option) => Plugins.GetValueOrDefault((file, option), []);

    /// <summary>By name: a release is one file.</summary>
    public bool Equals(OpenStackRelease? other) => other?.Name == Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
