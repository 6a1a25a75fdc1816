using System.Collections.Immutable;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary><c>OS::Heat::None</c>: accepts any properties, ignores them, and has every attribute, all of them null.</summary>
internal sealed class NoneResource(ResourcePlace place) : Resource(place)
{
    public override Value Attribute(string name, ImmutableArray<Value> path, Function asker) => Value.Null;

    public override Value AllAttributes(Function asker) => MapValue.Empty;

    protected override bool TakesSnapshots => true;

    protected override ImmutableArray<PropertySchema>? UpdatePolicySchema => null;

    public override Value Reference() => StackIdentity.Id(Place.PhysicalName);

    protected override bool CreateContent() => true;
}
