namespace Undercloud.Deploy.Plans;

/// <summary>An option that names what a service loads: plugins, drivers, filters, stores.</summary>
/// <param name="Service">The service whose file it is in.</param>
/// <param name="File">The file's name.</param>
/// <param name="Section">The section.</param>
/// <param name="Option">The option.</param>
/// <param name="Parameter">The parameter that sets it; empty where only overrides do.</param>
/// <param name="Image">The parameter of the image that has to have them.</param>
/// <param name="Project">Whose names they are, e.g. Neutron.</param>
/// <param name="Consequence">What comes of a name that there is not.</param>
internal sealed record PluginList(string Service, string File, string Section, string Option, string Parameter, string Image, string Project, string Consequence)
{
    /// <summary>Whether the service does not start with it. Otherwise it goes on without.</summary>
    public bool IsFatal { get; init; } = true;

    /// <summary>Names in the images of every release.</summary>
    public required string Both { get; init; }

    /// <summary>Names in those of zed alone.</summary>
    public string Zed { get; init; } = "";

    /// <summary>Names in those of epoxy alone.</summary>
    public string Epoxy { get; init; } = "";

    /// <summary>Whether a class can be named by its module as well.</summary>
    public bool TakesClasses { get; init; }

    /// <summary>The parameter of the overrides.</summary>
    public string Overrides => $"{Project.Replace(" ", "", StringComparison.Ordinal)}ConfigOverrides";

    /// <summary>The names that the images of a release have.</summary>
    public string[] Names(string release) => $"{Both} {(release == "epoxy" ? Epoxy : Zed)}".Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
