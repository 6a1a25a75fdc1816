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

    protected sealed override bool CreateContent()
    {
        var given = Properties();
        OnlyProperties(given, [.. schema.Select(property => property.Name)]);
        var values = new Dictionary<string, Value>(StringComparer.Ordinal);
        var right = true;
        foreach (var property in schema)
        {
            if (!given.TryGetValue(property.Name, out var own))
                right &= Absent(property, values);
            else if (own.Value is null)
                right = false;
            else if (PropertyConversion.Convert(property, own.Value) is var (value, problem) && value is not null)
                values[property.Name] = value;
            else
                right = Reject(own, property.Name, problem!);
        }

        return right && Create(values);
    }

    /// <summary>Does what creating this kind of resource takes, with converted properties and defaults; false when it failed.</summary>
    protected abstract bool Create(IReadOnlyDictionary<string, Value> properties);

    /// <summary>Reports a property and gives false.</summary>
    protected bool Reject(GivenValue property, string name, string problem)
    {
        Wrong(property, name, problem);
        return false;
    }

    private bool Absent(PropertySchema property, Dictionary<string, Value> values)
    {
        if (property.Default is { } general)
            values[property.Name] = general;
        if (!property.Required || property.Default is not null)
            return true;
        Resolution.Error(Declaration.Span, "HOT011", $"The property '{property.Name}' of {Declaration.Type} has no value.");
        return false;
    }
}
