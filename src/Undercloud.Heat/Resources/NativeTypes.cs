using System.Collections.Frozen;

namespace Undercloud.Heat.Resources;

/// <summary>The resource types that need no mapping: those that the engine implements, and placeholders for those that only a live cloud could create.</summary>
internal static class NativeTypes
{
    private static readonly FrozenDictionary<string, Func<ResourcePlace, Resource>> s_made = new Dictionary<string, Func<ResourcePlace, Resource>>
    {
        ["OS::Heat::None"] = place => new NoneResource(place),
        // Heat 19: types of retired services are its None under another name.
        ["OS::Designate::Domain"] = place => new NoneResource(place),
        ["OS::Designate::Record"] = place => new NoneResource(place),
        ["OS::Magnum::Bay"] = place => new NoneResource(place),
        ["OS::Aodh::CombinationAlarm"] = place => new NoneResource(place),
        ["OS::Heat::Value"] = place => new ValueResource(place),
        ["OS::Heat::RandomString"] = place => new RandomStringResource(place),
        ["OS::Heat::ResourceChain"] = place => new ResourceChain(place),
        ["OS::Heat::ResourceGroup"] = place => new ResourceGroup(place),
        ["OS::Heat::AutoScalingGroup"] = place => new AutoScalingGroup(place),
        ["OS::Heat::SoftwareConfig"] = ConfigResource.Software,
        ["OS::Heat::StructuredConfig"] = ConfigResource.Structured,
        ["OS::Heat::SoftwareComponent"] = ConfigResource.Component,
        ["OS::Heat::CloudConfig"] = ConfigResource.Cloud,
        ["OS::Heat::MultipartMime"] = MultipartMimeResource.Create,
        ["OS::Heat::SoftwareDeployment"] = place => new DeploymentResource(place, structured: false),
        ["OS::Heat::StructuredDeployment"] = place => new DeploymentResource(place, structured: true),
        ["OS::Heat::SoftwareDeploymentGroup"] = place => new DeploymentGroup(place, structured: false),
        ["OS::Heat::SoftwareDeployments"] = place => new DeploymentGroup(place, structured: false),
        ["OS::Heat::StructuredDeploymentGroup"] = place => new DeploymentGroup(place, structured: true),
        ["OS::Heat::StructuredDeployments"] = place => new DeploymentGroup(place, structured: true),
        ["OS::Heat::DeployedServer"] = place => new DeployedServerResource(place),
        ["OS::Heat::TestResource"] = place => new TestResource(place),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => s_made.Keys.Concat(LiveType.Names);

    public static bool Has(string type) => s_made.ContainsKey(type) || LiveType.Find(type) is not null;

    /// <summary>Whether a resource of this type is a mere placeholder.</summary>
    public static bool IsLive(string type) => !s_made.ContainsKey(type) && LiveType.Find(type) is not null;

    /// <summary>The resource of an existing type.</summary>
    public static Resource Create(string type, ResourcePlace place) =>
        s_made.TryGetValue(type, out var make) ? make(place) : new LiveResource(place, LiveType.Find(type)!);
}
