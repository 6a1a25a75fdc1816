using System.Collections.Immutable;

namespace Undercloud.Deploy.Images;

/// <summary>An OpenStack release and the Debian release that packages it.</summary>
/// <param name="Name">e.g. zed; the tag of its images.</param>
/// <param name="Suite">Debian's code name, e.g. bookworm.</param>
public sealed record OpenStackRelease(string Name, string Suite)
{
    /// <summary>All of them, oldest first.</summary>
    public static ImmutableArray<OpenStackRelease> All { get; } =
    [
        new("zed", "bookworm"),
        new("epoxy", "trixie"),
    ];

    /// <summary>The default release of a new undercloud.</summary>
    public static OpenStackRelease Default { get; } = All[0];

    /// <summary>The release of that name, or null.</summary>
    public static OpenStackRelease? Of(string name) => All.FirstOrDefault(release => release.Name == name);

    /// <summary>Whether it is older than another one.</summary>
    public bool IsBefore(OpenStackRelease other) => All.IndexOf(this) < All.IndexOf(other);
}
