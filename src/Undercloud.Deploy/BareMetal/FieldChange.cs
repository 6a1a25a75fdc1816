using Undercloud.Heat.Values;

namespace Undercloud.Deploy.BareMetal;

/// <summary>A change of one field of a node.</summary>
/// <param name="Path">The field, by its JSON pointer in Ironic's node, e.g. /driver_info/ipmi_address.</param>
/// <param name="Before">The old value; null when the field does not exist.</param>
/// <param name="After">The new value.</param>
public sealed record FieldChange(string Path, Value? Before, Value After)
{
    private const string Hidden = "******";

    /// <summary>Whether Ironic hides the field's value, so that a difference cannot be determined.</summary>
    public bool IsUnseen => Before is StringValue { Text: Hidden };

    /// <summary>Whether the field decides how Ironic works with the node: its driver, or one of its interfaces.</summary>
    public bool IsOfDriver => Path == "/driver" || Path.EndsWith("_interface", StringComparison.Ordinal);

    /// <summary>The field's name in sentences, e.g. driver_info.ipmi_address.</summary>
    public string Name => Path[1..].Replace('/', '.');

    /// <summary>The change in words, never with a password.</summary>
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
