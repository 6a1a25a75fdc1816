using Undercloud.Heat.Values;

namespace Undercloud.Deploy.BareMetal;

/// <summary>One field of a node that becomes another.</summary>
/// <param name="Path">The field, by its JSON pointer in Ironic's node, e.g. /driver_info/ipmi_address.</param>
/// <param name="Before">What it is; null when it is not there.</param>
/// <param name="After">What it becomes.</param>
public sealed record FieldChange(string Path, Value? Before, Value After)
{
    private const string Hidden = "******";

    /// <summary>Ironic does not show what the field is, so nobody can tell whether it becomes another.</summary>
    public bool IsUnseen => Before is StringValue { Text: Hidden };

    /// <summary>It says how Ironic works with the node: its driver, or an interface of it.</summary>
    public bool IsOfDriver => Path == "/driver" || Path.EndsWith("_interface", StringComparison.Ordinal);

    /// <summary>The field's name in sentences, e.g. driver_info.ipmi_address.</summary>
    public string Name => Path[1..].Replace('/', '.');

    /// <summary>What happens, for people: never with a password in it.</summary>
    public override string ToString()
    {
        var key = Path[(Path.LastIndexOf('/') + 1)..];
        return IsUnseen ? $"{Name} set again"
            : DriverSecrets.Has(key) ? $"{Name} set"
            : Before is null or NullValue ? $"{Name} {Shown(After)}"
            : $"{Name} {Shown(Before)} -> {Shown(After)}";
    }

    private static string Shown(Value value) => Scalars.Text(value) ?? value.ToString();
}
