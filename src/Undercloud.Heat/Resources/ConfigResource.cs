using System.Collections.Immutable;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Resources;

/// <summary>
/// The types that store a software configuration: SoftwareConfig, StructuredConfig, SoftwareComponent, CloudConfig. Their reference is
/// the id that deployments use.
/// </summary>
/// <param name="place">Its place.</param>
/// <param name="schema">Its type's properties.</param>
/// <param name="content">Computes the configuration from the properties.</param>
internal sealed class ConfigResource(ResourcePlace place, ImmutableArray<PropertySchema> schema, Func<IReadOnlyDictionary<string, Value>, Value> content)
    : NativeResource(place, schema)
{
    private MapValue _attributes = MapValue.Empty;
    private string _id = "";

    protected override MapValue Attributes => _attributes;

    public static ConfigResource Software(ResourcePlace place) => new(place, ConfigSchema.Software, Config);

    public static ConfigResource Structured(ResourcePlace place) => new(place, ConfigSchema.Structured, Config);

    public static ConfigResource Component(ResourcePlace place) =>
        new(place, ConfigSchema.Component, properties => new MapValue([new("configs", properties["configs"])]));

    public static ConfigResource Cloud(ResourcePlace place) => new(
        place, ConfigSchema.Cloud, properties => "#cloud-config\n" + YamlWriter.Write(Sorted(properties.GetValueOrDefault("cloud_config") ?? Value.Null)));

    public override Value Reference() => _id;

    protected override bool Create(IReadOnlyDictionary<string, Value> properties)
    {
        if (properties.GetValueOrDefault("configs") is ListValue parts && RepeatsAction(parts))
            return Reject(Properties()["configs"], "configs", "has more than one configuration for an action");
        var config = content(properties);
        // As in Heat, a configuration with another content is another configuration.
        _id = StackIdentity.Id($"{Place.PhysicalName}/{CanonicalJson.Write(config)}");
        Resolution.Add(new SoftwareConfig(_id, Place.PhysicalName, Group(properties), config)
        {
            Inputs = properties.GetValueOrDefault("inputs") as ListValue ?? ListValue.Empty,
            Outputs = properties.GetValueOrDefault("outputs") as ListValue ?? ListValue.Empty,
            Options = properties.GetValueOrDefault("options") ?? Value.Null,
        });
        // Heat: a component has the attribute, but it is empty.
        _attributes = new([new("config", properties.ContainsKey("configs") ? Value.Null : config)]);
        return true;
    }

    private static bool RepeatsAction(ListValue parts)
    {
        var actions = parts.Items.Cast<MapValue>().SelectMany(part => ((ListValue)part["actions"]!).Items.Distinct(PythonEquality.Comparer)).ToList();
        return actions.Distinct(PythonEquality.Comparer).Count() < actions.Count;
    }

    private static string Group(IReadOnlyDictionary<string, Value> properties) =>
        properties.ContainsKey("configs") ? "component" : (properties.GetValueOrDefault("group") as StringValue)?.Text ?? ConfigSchema.Ungrouped;

    private static Value Config(IReadOnlyDictionary<string, Value> properties) => properties.GetValueOrDefault("config") ?? Value.Null;

    // PyYAML sorts a map's keys on writing.
    private static Value Sorted(Value value) => value switch
    {
        MapValue map => new MapValue(map.Entries.OrderBy(entry => entry.Key, CodePointOrder.Comparer).Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
        ListValue list => new ListValue([.. list.Items.Select(Sorted)]),
        _ => value,
    };
}
