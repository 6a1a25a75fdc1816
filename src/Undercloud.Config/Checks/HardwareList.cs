namespace Undercloud.Config;

/// <summary>A list of names, or one name, of what Ironic's conductor loads.</summary>
/// <param name="Kind">Of which kind the names are: hardware_types, bios, boot, ….</param>
/// <param name="Parameter">The parameter of the templates.</param>
/// <param name="Option">The option in ironic.conf's section DEFAULT.</param>
public sealed record HardwareList(string Kind, string Parameter, string Option)
{
    /// <summary>Whether it is the one that a node has that names none.</summary>
    public bool IsDefault => Option.StartsWith("default_", StringComparison.Ordinal);
}
