using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>Properties of software deployments and of their groups; source: Heat 19, software_deployment.py and structured_config.py.</summary>
internal static class DeploymentSchema
{
    public const string NoSignal = "NO_SIGNAL";

    private static readonly ImmutableArray<PropertySchema> s_common =
    [
        new("config", PropertyType.String),
        new("input_values", PropertyType.Map),
        new("actions", PropertyType.List) { Default = new ListValue(["CREATE", "UPDATE"]), Allowed = ["CREATE", "UPDATE", "DELETE", "SUSPEND", "RESUME"] },
        new("name", PropertyType.String),
        new("signal_transport", PropertyType.String)
        {
            Default = "CFN_SIGNAL",
            Allowed = ["CFN_SIGNAL", "TEMP_URL_SIGNAL", "HEAT_SIGNAL", NoSignal, "ZAQAR_SIGNAL"],
        },
    ];

    private static readonly ImmutableArray<PropertySchema> s_structured =
    [
        new("input_key", PropertyType.String) { Default = "get_input" },
        new("input_values_validate", PropertyType.String) { Default = "LAX", Allowed = ["LAX", "STRICT"] },
    ];

    private static readonly PropertySchema s_server = new("server", PropertyType.String) { Required = true };

    private static readonly PropertySchema s_servers = new("servers", PropertyType.Map) { Required = true };

    /// <summary>The properties of OS::Heat::SoftwareDeployment.</summary>
    public static ImmutableArray<PropertySchema> Software { get; } = [s_server, .. s_common];

    /// <summary>The properties of OS::Heat::StructuredDeployment.</summary>
    public static ImmutableArray<PropertySchema> Structured { get; } = [s_server, .. s_common, .. s_structured];

    /// <summary>The properties of OS::Heat::SoftwareDeploymentGroup.</summary>
    public static ImmutableArray<PropertySchema> SoftwareGroup { get; } = [s_servers, .. s_common];

    /// <summary>The properties of OS::Heat::StructuredDeploymentGroup.</summary>
    public static ImmutableArray<PropertySchema> StructuredGroup { get; } = [s_servers, .. s_common, .. s_structured];
}
