using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>
/// Converts a property's value to a nested stack's parameter; source: Heat 19. It is stricter than a parameter's own
/// conversion, and null is the type's empty value, not "not given".
/// </summary>
internal static class PropertyValue
{
    /// <summary>The value for the parameter, or the error, a clause like "must be a list".</summary>
    public static (Value? Value, string? Problem) For(ParameterType type, Value value) => type switch
    {
        ParameterType.String => Scalar("string", value),
        ParameterType.Number => Scalar("number", value),
        ParameterType.Boolean => Scalar("boolean", value),
        ParameterType.CommaDelimitedList => List(value),
        _ => Json(value),
    };

    /// <summary>A value converted to a string, number or boolean property.</summary>
    public static (Value? Value, string? Problem) Scalar(string type, Value value) => (type, value) switch
    {
        ("string", NullValue) => ("", null),
        ("string", StringValue) => (value, null),
        ("string", BooleanValue or IntegerValue) => (PythonText.Str(value), null),
        ("number", NullValue) => (0, null),
        ("number", _) when ParameterValue.Convert(ParameterType.Number, value).Value is { } number => (number, null),
        ("boolean", NullValue) => (false, null),
        ("boolean", BooleanValue) => (value, null),
        ("boolean", StringValue { Text: var text }) when text.ToLowerInvariant() is "true" or "false" => (text.Length == 4, null),
        _ => (null, $"must be a {type}, not {value.TypeName} {value}"),
    };

    // Heat joins the items with commas here and splits them again in the nested stack.
    private static (Value? Value, string? Problem) List(Value value)
    {
        switch (value)
        {
            case NullValue or ListValue { Items.IsEmpty: true }:
                return ("", null);
            case StringValue:
                return (value, null);
            case ListValue { Items: [MapValue, ..] } list when list.Items.All(item => item is MapValue):
                var members = list.Items.SelectMany((item, i) => ((MapValue)item).Entries.Select(entry => $".member.{i}.{entry.Key}={PythonText.Str(entry.Value)}"));
                return (string.Join(',', members), null);
            case ListValue list when list.Items.FirstOrDefault(item => item is not (StringValue or NullValue)) is { } wrong:
                return (null, $"must be a list of strings; it holds {wrong.TypeName} {wrong}");
            case ListValue list:
                return (string.Join(',', list.Items.Select(item => item is StringValue text ? text.Text : "")), null);
            default:
                return (null, $"must be a list, not {value.TypeName} {value}");
        }
    }

    private static (Value? Value, string? Problem) Json(Value value) => value switch
    {
        NullValue => (MapValue.Empty, null),
        StringValue or ListValue or MapValue => (value, null),
        _ => (null, $"must be a map, not {value.TypeName} {value}"),
    };
}
