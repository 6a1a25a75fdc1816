using System.Collections.Immutable;
using Undercloud.Config;

namespace Undercloud.Deploy.Plans;

/// <summary>An option that lists what a service loads: plugins, drivers, filters, stores.</summary>
/// <param name="Service">The service that has the file.</param>
/// <param name="File">The file's name.</param>
/// <param name="Section">The section.</param>
/// <param name="Option">The option.</param>
/// <param name="Parameter">The parameter that sets the option; empty where only overrides set it.</param>
/// <param name="Image">The parameter of the image that must contain the plugins.</param>
/// <param name="Project">The project that defines the names, e.g. Neutron.</param>
/// <param name="Consequence">The consequence of an unknown name.</param>
internal sealed record PluginList(string Service, string File, string Section, string Option, string Parameter, string Image, string Project, string Consequence)
{
    /// <summary>Whether an unknown name prevents the service's start. Otherwise the service ignores the name.</summary>
    public bool IsFatal { get; init; } = true;

    /// <summary>Whether a class may also be named by its module.</summary>
    public bool TakesClasses { get; init; }

    /// <summary>The parameter of the overrides.</summary>
    public string Overrides => $"{Project.Replace(" ", "", StringComparison.Ordinal)}ConfigOverrides";

    /// <summary>The names that the images of a release have.</summary>
    public ImmutableArray<string> Names(string release) => OpenStackRelease.Of(release)?.PluginsOf(File, Option) ?? [];
}
