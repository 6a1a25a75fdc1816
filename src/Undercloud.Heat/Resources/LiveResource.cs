using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>
/// A placeholder for a resource that only a live cloud could create, e.g. OS::Neutron::Port. Its reference is its physical name,
/// &lt;stack&gt;-&lt;resource&gt;-&lt;12 characters derived from its place&gt;, and every attribute of its type is null. Properties are resolved, and unknown names are errors.
/// </summary>
internal sealed class LiveResource(ResourcePlace place, LiveType type) : Resource(place)
{
    public override Value? Attribute(string name, ImmutableArray<Value> path, Function asker) => type.Attributes.Contains(name)
        ? Value.Null
        : asker.Fail(Stack, $"{Declaration.Type} has no attribute '{name}'.", Suggestion.For(name, type.Attributes), "HOT022");

    // Heat addresses these by their names in the template.
    public override Value Reference() => type.Name is "OS::Heat::Delay" or "OS::Heat::AccessPolicy" ? Declaration.Name : base.Reference();

    public override Value AllAttributes(Function asker) => MapValue.Empty;

    protected override bool TakesSnapshots => type.Name is "OS::Nova::Server" or "OS::Cinder::Volume" or "AWS::EC2::Volume";

    protected override ImmutableArray<PropertySchema>? UpdatePolicySchema =>
        type.Name is "OS::Heat::InstanceGroup" or "AWS::AutoScaling::AutoScalingGroup" ? null : [];

    protected override bool CreateContent()
    {
        // An existing resource is not validated.
        if (Declaration.ExternalId is not null)
            return true;
        var properties = Properties();
        OnlyProperties(properties, [.. type.Properties]);
        return properties.Values.All(given => given.Value is not null);
    }
}
