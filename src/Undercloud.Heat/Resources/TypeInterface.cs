using System.Collections.Frozen;
using System.Collections.Immutable;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>A property in the interface of a type.</summary>
/// <param name="Type">Its type, one of the parameter types.</param>
/// <param name="Required">Whether it is required.</param>
internal readonly record struct InterfaceProperty(PropertyType Type, bool Required);

/// <summary>The interface of a resource type.</summary>
/// <param name="Properties">Its properties; null when their types are not known.</param>
/// <param name="Attributes">The names of its attributes.</param>
internal sealed record TypeInterface(IReadOnlyDictionary<string, InterfaceProperty>? Properties, IReadOnlyCollection<string> Attributes)
{
    private static readonly string[] s_deployment = ["deploy_stdout", "deploy_stderr", "deploy_status_code"];
    private static readonly string[] s_deployments = ["deploy_stdouts", "deploy_stderrs", "deploy_status_codes"];

    private static readonly FrozenDictionary<string, TypeInterface> s_native = new Dictionary<string, TypeInterface>
    {
        ["OS::Heat::None"] = Native([]),
        ["OS::Designate::Domain"] = Native([]),
        ["OS::Designate::Record"] = Native([]),
        ["OS::Magnum::Bay"] = Native([]),
        ["OS::Aodh::CombinationAlarm"] = Native([]),
        ["OS::Heat::Value"] = Native([new("value", PropertyType.Any) { Required = true }, new("type", PropertyType.String)], "value"),
        ["OS::Heat::RandomString"] = Native(RandomStringResource.Schema, "value"),
        ["OS::Heat::ResourceChain"] = Native(GroupSchema.Chain, "refs", "attributes"),
        ["OS::Heat::ResourceGroup"] = Native(GroupSchema.Group, "refs", "refs_map", "attributes", "removed_rsrc_list"),
        ["OS::Heat::AutoScalingGroup"] = Native(GroupSchema.Scaling, "outputs", "outputs_list", "current_size", "refs", "refs_map"),
        ["OS::Heat::SoftwareConfig"] = Native(ConfigSchema.Software, "config"),
        ["OS::Heat::StructuredConfig"] = Native(ConfigSchema.Structured, "config"),
        ["OS::Heat::SoftwareComponent"] = Native(ConfigSchema.Component, "config"),
        ["OS::Heat::CloudConfig"] = Native(ConfigSchema.Cloud, "config"),
        ["OS::Heat::MultipartMime"] = Native(ConfigSchema.Multipart, "config"),
        ["OS::Heat::SoftwareDeployment"] = Native(DeploymentSchema.Software, s_deployment),
        ["OS::Heat::StructuredDeployment"] = Native(DeploymentSchema.Structured, s_deployment),
        ["OS::Heat::SoftwareDeploymentGroup"] = Native(DeploymentSchema.SoftwareGroup, s_deployments),
        ["OS::Heat::SoftwareDeployments"] = Native(DeploymentSchema.SoftwareGroup, s_deployments),
        ["OS::Heat::StructuredDeploymentGroup"] = Native(DeploymentSchema.StructuredGroup, s_deployments),
        ["OS::Heat::StructuredDeployments"] = Native(DeploymentSchema.StructuredGroup, s_deployments),
        ["OS::Heat::DeployedServer"] = Native(DeployedServerResource.Schema, "name", "os_collect_config"),
        ["OS::Heat::TestResource"] = Native(TestResource.Schema, "output"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The interface of a type that needs no mapping.</summary>
    public static TypeInterface OfNative(string type) =>
        s_native.GetValueOrDefault(type) ?? new(null, LiveType.Find(type)?.Attributes ?? ImmutableArray<string>.Empty);

    /// <summary>The interface of a template. The environment's defaults count as its own, and so does a null among them.</summary>
    public static TypeInterface OfTemplate(HotTemplate template, MapValue defaults) => new(
        template.Parameters.Values.ToDictionary(
            parameter => parameter.Name,
            parameter => new InterfaceProperty(Type(parameter.Type), (defaults[parameter.Name] ?? parameter.Default) is null or NullValue),
            StringComparer.Ordinal),
        [.. template.Outputs.Select(output => output.Name)]);

    private static TypeInterface Native(ImmutableArray<PropertySchema> schema, params string[] attributes) => new(
        schema.ToDictionary(
            property => property.Name,
            property => new InterfaceProperty(property.Type == PropertyType.Integer ? PropertyType.Number : property.Type, property.Required),
            StringComparer.Ordinal),
        attributes);

    private static PropertyType Type(ParameterType type) => type switch
    {
        ParameterType.Number => PropertyType.Number,
        ParameterType.Boolean => PropertyType.Boolean,
        ParameterType.CommaDelimitedList => PropertyType.List,
        ParameterType.Json => PropertyType.Map,
        _ => PropertyType.String,
    };
}
