using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>
/// A resource that only a live cloud could make, e.g. OS::Neutron::Port. It stands for itself: its reference is its physical
/// name, &lt;stack&gt;-&lt;resource&gt;-&lt;12 characters that follow from its place&gt;, and every attribute its type has is null. Properties are resolved, and names it does not have are errors.
/// </summary>
internal sealed class LiveResource(ResourcePlace place, LiveType type) : Resource(place)
{
    private Value _size = Value.Null;

    public override Value? Attribute(string name, ImmutableArray<Value> path, Function asker) => type.Attributes.Contains(name)
        ? name == "current_size" ? AttributePath.InAttribute(_size, path) : Value.Null
        : asker.Fail(Stack, $"{Declaration.Type} has no attribute '{name}'.", Suggestion.For(name, type.Attributes), "HOT022");

    public override Value AllAttributes(Function asker) => MapValue.Empty;

    protected override bool TakesSnapshots => type.Name is "OS::Nova::Server" or "OS::Cinder::Volume" or "AWS::EC2::Volume";

    protected override ImmutableArray<PropertySchema>? UpdatePolicySchema =>
        type.Name is "OS::Heat::InstanceGroup" or "OS::Heat::AutoScalingGroup" or "AWS::AutoScaling::AutoScalingGroup" ? null : [];

    // Heat makes as many members as are desired, else the fewest that there may be.
    private static Value Size(Dictionary<string, GivenValue> properties)
    {
        var wanted = new[] { "desired_capacity", "min_size" }.Select(name => properties.GetValueOrDefault(name).Value).FirstOrDefault(value => value is not (null or NullValue));
        return wanted is null ? Value.Null
            : PropertyConversion.Convert(new("min_size", PropertyType.Integer), wanted) is (IntegerValue size, _) ? size
            : Value.Null;
    }

    protected override bool CreateContent()
    {
        // What is there already is not looked at.
        if (Declaration.ExternalId is not null)
            return true;
        var properties = Properties();
        OnlyProperties(properties, [.. type.Properties]);
        if (type.Name == "OS::Heat::AutoScalingGroup")
            _size = Size(properties);
        return properties.Values.All(given => given.Value is not null);
    }
}
