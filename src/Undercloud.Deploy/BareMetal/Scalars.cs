using Undercloud.Heat.Values;

namespace Undercloud.Deploy.BareMetal;

/// <summary>Values as text: Ironic and the files differ on whether "8" is a string or a number.</summary>
internal static class Scalars
{
    /// <summary>The text of a string or a number; null for anything else.</summary>
    public static string? Text(Value? value) => value switch
    {
        StringValue text => text.Text,
        IntegerValue integer => integer.Number.ToString(),
        FloatValue => value.ToString(),
        _ => null,
    };

    /// <summary>Whether two values are equal apart from that difference.</summary>
    public static bool Same(Value? one, Value? other) => Equals(one, other) || (Text(one) is { } text && text == Text(other));
}
