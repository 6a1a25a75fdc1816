namespace Undercloud.Config;

/// <summary>A list of names, or one name, that Ironic's conductor loads.</summary>
/// <param name="Kind">The kind of the names: hardware_types, bios, boot, ….</param>
/// <param name="Parameter">The parameter of the templates.</param>
/// <param name="Option">The option in ironic.conf's section DEFAULT.</param>
public sealed record HardwareList(string Kind, string Parameter, string Option)
{
    /// <summary>Whether it is the default for a node that names none.</summary>
    public bool IsDefault => Option.StartsWith("default_", StringComparison.Ordinal);
}
