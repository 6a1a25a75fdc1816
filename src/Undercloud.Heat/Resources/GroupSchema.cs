using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>Properties of groups and chains of resources; source: Heat 19, resource_group.py, autoscaling_group.py and resource_chain.py.</summary>
internal static class GroupSchema
{
    private static readonly PropertySchema s_batch = new("max_batch_size", PropertyType.Integer) { Default = 1, Bounds = (1, long.MaxValue) };

    private static readonly PropertySchema s_pause = new("pause_time", PropertyType.Number) { Default = 0, Bounds = (0, long.MaxValue) };

    private static readonly PropertySchema s_inService = new("min_in_service", PropertyType.Integer) { Default = 0, Bounds = (0, long.MaxValue) };

    /// <summary>The properties of OS::Heat::ResourceGroup.</summary>
    public static ImmutableArray<PropertySchema> Group { get; } =
    [
        new("count", PropertyType.Integer) { Default = 1, Bounds = (0, long.MaxValue) },
        new("index_var", PropertyType.String) { Default = "%index%", Bounds = (3, long.MaxValue) },
        new("resource_def", PropertyType.Map)
        {
            Required = true,
            Members = [new("type", PropertyType.String) { Required = true }, new("properties", PropertyType.Map), new("metadata", PropertyType.Map)],
        },
        new("removal_policies", PropertyType.List)
        {
            Default = ListValue.Empty,
            Item = new("policy", PropertyType.Map) { Members = [new("resource_list", PropertyType.List) { Default = ListValue.Empty }] },
        },
        new("removal_policies_mode", PropertyType.String) { Default = "append", Allowed = ["append", "update"] },
    ];

    /// <summary>The valid keys of a group's update policy.</summary>
    public static ImmutableArray<PropertySchema> UpdatePolicy { get; } =
    [
        new("rolling_update", PropertyType.Map)
        {
            Members = [s_inService, s_batch, s_pause],
        },
        new("batch_create", PropertyType.Map) { Members = [s_batch, s_pause] },
    ];

    /// <summary>The properties of OS::Heat::AutoScalingGroup.</summary>
    public static ImmutableArray<PropertySchema> Scaling { get; } =
    [
        new("resource", PropertyType.Map) { Required = true },
        new("max_size", PropertyType.Integer) { Required = true, Bounds = (0, long.MaxValue) },
        new("min_size", PropertyType.Integer) { Required = true, Bounds = (0, long.MaxValue) },
        new("cooldown", PropertyType.Integer),
        new("desired_capacity", PropertyType.Integer),
        new("rolling_updates", PropertyType.Map) { Members = [s_inService, s_batch, s_pause] },
    ];

    /// <summary>The properties of OS::Heat::ResourceChain.</summary>
    public static ImmutableArray<PropertySchema> Chain { get; } =
    [
        new("resources", PropertyType.List) { Required = true },
        new("concurrent", PropertyType.Boolean) { Default = false },
        new("resource_properties", PropertyType.Map),
    ];
}
