using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>Following a path into a value; source: Heat 19. A miss is never an error.</summary>
public static class AttributePath
{
    /// <summary>The value at the end of a <c>get_param</c> path; an empty string when the path leads nowhere.</summary>
    public static Value InParameter(Value value, ImmutableArray<Value> path)
    {
        foreach (var key in path)
        {
            // Heat: in a parameter's lists "1" is equivalent to 1, in an attribute's it is not.
            var index = key is StringValue { Text: var text } && value is not MapValue && PythonNumber.Integer(text) is { } number
                ? new IntegerValue(number)
                : key;
            if (Step(value, index) is not { } next)
                return "";
            value = next;
        }

        return value;
    }

    /// <summary>The value at the end of a <c>get_attr</c> path; null when the path leads nowhere.</summary>
    public static Value InAttribute(Value value, ImmutableArray<Value> path)
    {
        foreach (var key in path)
        {
            if (Step(value, key) is not { } next)
                return Value.Null;
            value = next;
        }

        return value;
    }

    // A string is a sequence in Python, so a path may select one of its characters.
    private static Value? Step(Value value, Value key) => (value, key) switch
    {
        (MapValue map, StringValue name) => map[name.Text],
        (ListValue list, _) when PythonIndex.Of(key, list.Items.Length) is { } index => list.Items[index],
        (StringValue text, _) when PythonIndex.Of(key, PythonString.Length(text.Text)) is { } index => PythonString.At(text.Text, index),
        _ => null,
    };
}
