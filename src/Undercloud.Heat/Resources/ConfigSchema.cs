using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>Properties that the software configuration types share; source: Heat 19, heat/engine/software_config_io.py and its resources.</summary>
internal static class ConfigSchema
{
    public const string Ungrouped = "Heat::Ungrouped";

    private static readonly PropertySchema s_name = new("name", PropertyType.String) { Required = true };

    private static readonly PropertySchema s_description = new("description", PropertyType.String);

    private static readonly PropertySchema s_type = new("type", PropertyType.String)
    {
        Default = "String",
        Allowed = ["String", "Number", "CommaDelimitedList", "Json", "Boolean"],
    };

    public static PropertySchema Group { get; } = new("group", PropertyType.String) { Default = Ungrouped };

    public static PropertySchema Options { get; } = new("options", PropertyType.Map);

    public static PropertySchema Inputs { get; } = new("inputs", PropertyType.List)
    {
        Item = new("input", PropertyType.Map)
        {
            Members = [s_name, s_description, s_type, new("default", PropertyType.Any), new("replace_on_change", PropertyType.Boolean) { Default = false }],
        },
    };

    public static PropertySchema Outputs { get; } = new("outputs", PropertyType.List)
    {
        Item = new("output", PropertyType.Map) { Members = [s_name, s_description, s_type, new("error_output", PropertyType.Boolean) { Default = false }] },
    };

    /// <summary>The properties of OS::Heat::SoftwareConfig.</summary>
    public static ImmutableArray<PropertySchema> Software { get; } = [Group, new("config", PropertyType.String), Options, Inputs, Outputs];

    /// <summary>The properties of OS::Heat::StructuredConfig.</summary>
    public static ImmutableArray<PropertySchema> Structured { get; } = [Group, new("config", PropertyType.Map), Options, Inputs, Outputs];

    /// <summary>The properties of OS::Heat::SoftwareComponent.</summary>
    public static ImmutableArray<PropertySchema> Component { get; } =
    [
        new("configs", PropertyType.List)
        {
            Required = true,
            Bounds = (1, long.MaxValue),
            Item = new("config", PropertyType.Map)
            {
                Members =
                [
                    new("actions", PropertyType.List)
                    {
                        Default = new ListValue(["CREATE", "UPDATE"]),
                        Bounds = (1, long.MaxValue),
                        Item = new("action", PropertyType.String),
                    },
                    new("config", PropertyType.String),
                    new("tool", PropertyType.String) { Required = true },
                ],
            },
        },
        Inputs, Outputs, Options,
    ];

    /// <summary>The properties of OS::Heat::MultipartMime.</summary>
    public static ImmutableArray<PropertySchema> Multipart { get; } =
    [
        Group,
        new("parts", PropertyType.List)
        {
            Default = ListValue.Empty,
            Item = new("part", PropertyType.Map)
            {
                Members =
                [
                    new("config", PropertyType.String) { Required = true },
                    new("filename", PropertyType.String),
                    new("type", PropertyType.String) { Default = "text", Allowed = ["text", "multipart"] },
                    new("subtype", PropertyType.String),
                ],
            },
        },
    ];

    /// <summary>The properties of OS::Heat::CloudConfig.</summary>
    public static ImmutableArray<PropertySchema> Cloud { get; } = [new("cloud_config", PropertyType.Map)];
}
