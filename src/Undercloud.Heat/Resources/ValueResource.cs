using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary><c>OS::Heat::Value</c>: a value that can be referred to by name.</summary>
internal sealed class ValueResource(ResourcePlace place) : Resource(place)
{
    private static readonly PropertySchema s_type = new("type", PropertyType.String)
    {
        Allowed = ["string", "number", "json", "comma_delimited_list", "boolean"],
    };

    private Value? _value;

    /// <summary>The value; null when it failed.</summary>
    public Value? Value => _value;

    public override Value? Attribute(string name, ImmutableArray<Value> path, Function asker)
    {
        if (name == "value")
            return AttributePath.InAttribute(_value!, path);
        return name == "show" ? Value.Null : asker.Fail(Stack, $"{Declaration.Type} has no attribute '{name}'.", "Its attribute is 'value'.", "HOT022");
    }

    public override Value AllAttributes(Function asker) => new MapValue([KeyValuePair.Create("value", _value!)]);

    protected override bool CreateContent()
    {
        var properties = Properties();
        OnlyProperties(properties, "value", "type");
        if (!properties.TryGetValue("value", out var value))
        {
            Resolution.Error(Declaration.Span, "HOT011", $"The property 'value' of {Declaration.Type} has no value.");
            return false;
        }

        if (value.Value is null || (properties.TryGetValue("type", out var type) && type.Value is null))
            return false;
        var name = type.Value;
        if (name is not null && PropertyConversion.Convert(s_type, name) is (null, var wrong))
            return Reject(type, "type", wrong!);
        // Heat only validates the value by the type, and returns it unchanged.
        if (Typed((name as StringValue)?.Text, value.Value) is (null, var problem))
            return Reject(value, "value", problem!);
        _value = value.Value;
        return true;
    }

    private static (Value? Value, string? Problem) Typed(string? type, Value value) => type switch
    {
        null => (value, null),
        "json" => value is MapValue or NullValue ? (value is NullValue ? MapValue.Empty : value, null) : (null, $"must be a map, not {value.TypeName}"),
        "comma_delimited_list" => value is ListValue or NullValue
            ? (value is NullValue ? ListValue.Empty : value, null)
            : (null, $"must be a list, not {value.TypeName}"),
        _ => PropertyValue.Scalar(type, value),
    };
}
