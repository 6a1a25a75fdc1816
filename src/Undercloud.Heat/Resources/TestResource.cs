using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary><c>OS::Heat::TestResource</c>: returns its value.</summary>
internal sealed class TestResource(ResourcePlace place) : NativeResource(place, Schema)
{
    /// <summary>Its properties.</summary>
    public static ImmutableArray<PropertySchema> Schema { get; } =
    [
        new("value", PropertyType.String) { Default = "test_string" },
        new("update_replace_value", PropertyType.String),
        new("update_replace", PropertyType.Boolean) { Default = false },
        new("fail", PropertyType.Boolean) { Default = false },
        new("client_name", PropertyType.String) { Default = "" },
        new("entity_name", PropertyType.String) { Default = "" },
        new("wait_secs", PropertyType.Number) { Default = 0 },
        new("action_wait_secs", PropertyType.Map)
        {
            Members = [new("create", PropertyType.Number), new("update", PropertyType.Number), new("delete", PropertyType.Number)],
        },
        new("attr_wait_secs", PropertyType.Number) { Default = 0 },
        new("constraint_prop_secs", PropertyType.Number) { Default = 0 },
    ];

    private Value _value = Value.Null;

    protected override MapValue Attributes => new([new("output", _value)]);

    protected override bool Create(IReadOnlyDictionary<string, Value> properties)
    {
        _value = properties["value"];
        if (properties["fail"] is not BooleanValue { Flag: true })
            return true;
        Resolution.Error(Declaration.Span, "HOT025", $"The resource '{Declaration.Name}' is told to fail.");
        return false;
    }
}
