using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>A resource of a type that Heat itself implements: its properties follow a schema.</summary>
internal abstract class NativeResource(ResourcePlace place, ImmutableArray<PropertySchema> schema) : Resource(place)
{
    /// <summary>The attributes by name, for those who ask for all of them.</summary>
    protected abstract MapValue Attributes { get; }

    /// <summary>A UUID that follows from the resource's place.</summary>
    protected string Id => Stacks.StackIdentity.Id(Place.PhysicalName);

    public override Value? Attribute(string name, ImmutableArray<Value> path, Function asker)
    {
        if (Attributes[name] is { } value)
            return AttributePath.InAttribute(value, path);
        // Every resource has this one: what its API shows, and there is none.
        return name == "show"
            ? Value.Null
            : asker.Fail(Stack, $"{Declaration.Type} has no attribute '{name}'.", Suggestion.For(name, Attributes.Keys), "HOT022");
    }

    public override Value AllAttributes(Function asker) => Attributes;

    protected sealed override bool CreateContent() => Properties(schema) is { } values && Create(values);

    /// <summary>Does what creating this kind of resource takes, with converted properties and defaults; false when it failed.</summary>
    protected abstract bool Create(IReadOnlyDictionary<string, Value> properties);
}
