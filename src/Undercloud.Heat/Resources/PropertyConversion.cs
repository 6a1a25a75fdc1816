using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>Converts a given value to a native type's property; source: Heat 19, heat/engine/properties.py.</summary>
internal static class PropertyConversion
{
    /// <summary>The converted value, or the error, a clause like "must be a list".</summary>
    public static (Value? Value, string? Problem) Convert(PropertySchema schema, Value given)
    {
        var (value, problem) = schema.Type switch
        {
            PropertyType.Any => (given, null),
            _ when given is NullValue && schema.Default is { } general => (general, null),
            PropertyType.Integer => Integer(given),
            PropertyType.List => List(schema, given),
            PropertyType.Map => Map(schema, given),
            var type => PropertyValue.Scalar(type.ToString().ToLowerInvariant(), given),
        };
        return value is null ? (null, problem) : Violation(schema, value) is { } violation ? (null, violation) : (value, null);
    }

    private static (Value? Value, string? Problem) Integer(Value given) => given switch
    {
        NullValue => (0, null),
        IntegerValue => (given, null),
        BooleanValue flag => (flag.Flag ? 1 : 0, null),
        FloatValue number when double.IsFinite(number.Number) => (new IntegerValue(new BigInteger(number.Number)), null),
        StringValue text when Numbers.Parse(text) is IntegerValue number => (number, null),
        _ => (null, $"must be an integer, not {given.TypeName} {given}"),
    };

    private static (Value? Value, string? Problem) List(PropertySchema schema, Value given)
    {
        if (given is NullValue)
            return (ListValue.Empty, null);
        if (given is not ListValue list)
            return (null, $"must be a list, not {given.TypeName} {given}");
        if (schema.Item is not { } item)
            return (list, null);
        var items = ImmutableArray.CreateBuilder<Value>(list.Items.Length);
        for (var i = 0; i < list.Items.Length; i++)
        {
            var (value, problem) = Convert(item, list.Items[i]);
            if (value is null)
                return (null, $"is wrong at item {i}: it {problem}");
            items.Add(value);
        }

        return (new ListValue(items.MoveToImmutable()), null);
    }

    // The result has every member; a missing one has its default or null.
    private static (Value? Value, string? Problem) Map(PropertySchema schema, Value given)
    {
        if ((given is NullValue ? MapValue.Empty : given) is not MapValue map)
            return (null, $"must be a map, not {given.TypeName} {given}");
        if (schema.Members.IsEmpty)
            return (map, null);
        if (map.Keys.FirstOrDefault(key => schema.Members.All(member => member.Name != key)) is { } unknown)
        {
            var suggestion = Suggestion.For(unknown, [.. schema.Members.Select(member => member.Name)]);
            return (null, $"has an unknown key '{unknown}'{(suggestion is null ? "" : $". {suggestion.TrimEnd('.', '?')}")}");
        }

        var entries = new List<KeyValuePair<string, Value>>(schema.Members.Length);
        foreach (var member in schema.Members)
        {
            if (map[member.Name] is not { } own)
            {
                if (member is { Required: true, Default: null })
                    return (null, $"lacks the key '{member.Name}'");
                entries.Add(new(member.Name, member.Default ?? Value.Null));
                continue;
            }

            var (value, problem) = Convert(member, own);
            if (value is null)
                return (null, $"is wrong at '{member.Name}': it {problem}");
            entries.Add(new(member.Name, value));
        }

        return (new MapValue(entries), null);
    }

    private static string? Violation(PropertySchema schema, Value value)
    {
        if (!schema.Allowed.IsEmpty)
        {
            var words = value is ListValue list ? list.Items : [value];
            if (words.Any(word => word is not StringValue text || !schema.Allowed.Contains(text.Text)))
                return $"must be one of {string.Join(", ", schema.Allowed)}, not {value}";
        }

        if (schema.Bounds is not var (least, most))
            return null;
        BigInteger measure = value switch
        {
            IntegerValue number => number.Number,
            FloatValue { Number: var number } when double.IsFinite(number) => new BigInteger(Math.Floor(number)),
            StringValue text => text.Text.Length,
            ListValue list => list.Items.Length,
            _ => least,
        };
        var what = value is IntegerValue ? "" : "have a length ";
        return measure >= least && measure <= most
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"must {(what.Length == 0 ? "be " : what)}from {least} to {(most == long.MaxValue ? "any" : most)}, not {measure}");
    }
}
