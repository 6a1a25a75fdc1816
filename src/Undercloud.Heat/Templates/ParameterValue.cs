using System.Collections.Immutable;
using System.Text.Json;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Templates;

/// <summary>Converting a given value to a parameter's type; source: Heat 19.</summary>
public static class ParameterValue
{
    /// <summary>The converted value, or what is wrong with the given one, a clause like "is not a number".</summary>
    public static (Value? Value, string? Problem) Convert(ParameterType type, Value given) => type switch
    {
        ParameterType.String => (given is StringValue ? given : PythonText.Str(given), null),
        ParameterType.Number => Or(Numbers.Parse(given), given, "is not a number"),
        ParameterType.Boolean => Or(Boolean(given), given, "is not a boolean (true, t, yes, y, on, 1 or false, f, no, n, off, 0)"),
        ParameterType.CommaDelimitedList => Or(List(given), given, "is not a list nor a string of items with commas between them"),
        _ => Json(given),
    };

    private static (Value? Value, string? Problem) Or(Value? value, Value given, string problem) =>
        value is null ? (null, $"{given} {problem}") : (value, null);

    private static Value? Boolean(Value given) => PythonText.Str(given).Trim().ToLowerInvariant() switch
    {
        "1" or "t" or "true" or "on" or "y" or "yes" => true,
        "0" or "f" or "false" or "off" or "n" or "no" => false,
        _ => null,
    };

    private static ListValue? List(Value given) => given switch
    {
        ListValue list => list.Items.All(item => item is StringValue) ? list : new([.. list.Items.Select(item => (Value)PythonText.Str(item))]),
        StringValue { Text: "" } => ListValue.Empty,
        StringValue text => new([.. text.Text.Split(',').Select(item => (Value)item)]),
        _ => null,
    };

    private static (Value? Value, string? Problem) Json(Value given)
    {
        if (given is not StringValue { Text: { Length: > 0 } text })
            return (given, null);
        try
        {
            return (CanonicalJson.Read(text), null);
        }
        catch (JsonException)
        {
            return (null, $"{given} is not JSON");
        }
    }
}
