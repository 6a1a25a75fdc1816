using System.Collections.Immutable;
using System.Text.Json;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Templates;

/// <summary>Converts a given value to a parameter's type; source: heat/engine/parameters.py.</summary>
public static class ParameterValue
{
    /// <summary>The converted value, or the error in the given one, a clause like "is not a number".</summary>
    public static (Value? Value, string? Problem) Convert(ParameterType type, Value given) => type switch
    {
        ParameterType.Number => Or(Numbers.Parse(given), given, "is not a number"),
        ParameterType.Boolean => Or(Boolean(given), given, "is not a boolean (true, t, yes, y, on, 1 or false, f, no, n, off, 0)"),
        ParameterType.CommaDelimitedList => Or(List(given), given, "is not a list nor a string of items with commas between them"),
        ParameterType.Json => Json(given),
        _ => (given is StringValue ? given : PythonText.Str(given), null),
    };

    /// <summary>
    /// The value that the constraints of a type check: lists and JSON as converted, any other value as given. So a number has no length
    /// where a string is declared, and a list has one.
    /// </summary>
    public static Value Judged(ParameterType type, Value given, Value converted) =>
        type is ParameterType.CommaDelimitedList or ParameterType.Json ? converted : given;

    /// <summary>The value that the constraints of a type check in a declared default: JSON as written. Null when it cannot be a default.</summary>
    public static Value? JudgedDefault(ParameterType type, Value declared) => (type, declared) switch
    {
        (ParameterType.CommaDelimitedList, ListValue) => List(declared),
        (ParameterType.CommaDelimitedList, StringValue text) => Split(text.Text),
        (ParameterType.CommaDelimitedList, _) => null,
        _ => declared,
    };

    /// <summary>Heat's <c>to_schema_type</c>: one value converted to the type, lists and JSON unchanged; null when it does not fit.</summary>
    internal static Value? Scalar(ParameterType type, Value value) => type switch
    {
        ParameterType.String => PythonText.Str(value),
        ParameterType.Number => Numbers.Parse(value),
        ParameterType.Boolean => Boolean(value),
        _ => value,
    };

    private static (Value? Value, string? Problem) Or(Value? value, Value given, string problem) =>
        value is null ? (null, $"{given} {problem}") : (value, null);

    private static Value? Boolean(Value given) => PythonString.Strip(PythonText.Str(given)).ToLowerInvariant() switch
    {
        "1" or "t" or "true" or "on" or "y" or "yes" => true,
        "0" or "f" or "false" or "off" or "n" or "no" => false,
        _ => null,
    };

    private static ListValue? List(Value given) => given switch
    {
        ListValue list => list.Items.All(item => item is StringValue) ? list : new([.. list.Items.Select(item => (Value)PythonText.Str(item))]),
        StringValue { Text: "" } => ListValue.Empty,
        StringValue text => Split(text.Text),
        _ => null,
    };

    private static ListValue Split(string text) => new([.. text.Split(',').Select(item => (Value)item)]);

    private static (Value? Value, string? Problem) Json(Value given)
    {
        if (given is not StringValue { Text: { Length: > 0 } text })
            return (given, null);
        try
        {
            return (PythonJson.Read(text), null);
        }
        catch (JsonException exception)
        {
            return (null, $"{given} is not JSON: {exception.Message}");
        }
    }
}
