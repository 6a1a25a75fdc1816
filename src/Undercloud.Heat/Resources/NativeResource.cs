using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>A resource of a type that Heat itself implements: its properties follow a schema.</summary>
internal abstract class NativeResource(ResourcePlace place, ImmutableArray<PropertySchema> schema) : Resource(place)
{
    /// <summary>The attributes by name, for requests of all attributes.</summary>
    protected abstract MapValue Attributes { get; }

    /// <summary>A UUID derived from the resource's place.</summary>
    protected string Id => Stacks.StackIdentity.Id(Place.PhysicalName);

    public override Value? Attribute(string name, ImmutableArray<Value> path, Function asker)
    {
        if (Attributes[name] is { } value)
            return AttributePath.InAttribute(value, path);
        // Every resource has this attribute: the answer of its API, and there is no API here.
        return name == "show"
            ? Value.Null
            : asker.Fail(Stack, $"{Declaration.Type} has no attribute '{name}'.", Suggestion.For(name, Attributes.Keys), "HOT022");
    }

    public override Value AllAttributes(Function asker) => Attributes;

    protected sealed override bool CreateContent() => Properties(schema) is { } values && Create(values);

    /// <summary>Creates a resource of this kind from converted properties and defaults; false when it failed.</summary>
    protected abstract bool Create(IReadOnlyDictionary<string, Value> properties);
}
