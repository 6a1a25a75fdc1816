using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>The place of a resource.</summary>
/// <param name="Stack">The stack that is the scope of its properties.</param>
/// <param name="Declaration">Its declaration in the template.</param>
/// <param name="Path">The enclosing resources, and itself last.</param>
/// <param name="PhysicalName">The generated name of what it creates.</param>
/// <param name="Registry">The registry inside of it.</param>
internal sealed record ResourcePlace(
    Stack Stack, ResourceDeclaration Declaration, ImmutableArray<string> Path, string PhysicalName, ResourceRegistry Registry);

/// <summary>A resource of a stack.</summary>
internal abstract partial class Resource(ResourcePlace place)
{
    private enum State
    {
        Declared,
        Creating,
        Created,
        Failed,
    }

    private State _state;

    public ResourcePlace Place { get; } = place;

    public ResourceDeclaration Declaration => Place.Declaration;

    protected Stack Stack => Place.Stack;

    protected Resolution Resolution => Place.Stack.Resolution;

    // An attribute that a group or a template does not have gives no value.
    protected Value? Missing(Function asker, string message, string? remedy = null)
    {
        Resolution.Missing(asker, message, remedy);
        return null;
    }

    /// <summary>The resource of a declaration; null, and reported, when its type maps to nothing.</summary>
    /// <param name="stack">The stack it is declared in.</param>
    /// <param name="declaration">The declaration.</param>
    /// <param name="path">The enclosing resources.</param>
    /// <param name="physicalName">The name of the enclosing stack or group.</param>
    /// <param name="registry">The registry there.</param>
    /// <param name="group">The chain or group that contains it.</param>
    public static Resource? Of(
        Stack stack, ResourceDeclaration declaration, ImmutableArray<string> path, string physicalName, ResourceRegistry registry, string? group)
    {
        if (!stack.Resolution.CountResource())
        {
            stack.Resolution.Error(declaration.Span, "HOT024", $"There are more than {Resolution.ResourceLimit} resources.");
            return null;
        }

        var place = new ResourcePlace(
            stack, declaration, path.Add(declaration.Name), StackIdentity.PhysicalName(physicalName, declaration.Name), registry.Inside(declaration.Name));
        if (TemplatePath.IsTemplate(declaration.Type))
            return new TemplateResource(place, TemplatePath.Resolve(stack.Template.Path, declaration.Type));
        stack.Resolution.Use(declaration.Type, registry);
        switch (registry.Find(declaration.Type, declaration.Name, NativeTypes.Has))
        {
            case { IsTemplate: true } nested:
                return new TemplateResource(place with { Registry = place.Registry.Without(nested.Key) }, nested.Name)
                {
                    Mapped = stack.Resolution.Request.Environment.RegistryLocation(nested.Key ?? ""),
                    Facade = registry.FindFacade(declaration.Type, declaration.Name, NativeTypes.Has, nested),
                };
            case { } native:
                return NativeTypes.Create(native.Name, place);
            default:
                stack.Resolution.Report(UnknownType.Finding(declaration, registry, stack.Resolution.Request.Environment, group));
                return null;
        }
    }

    /// <summary>Creates the resource unless it exists; false when it failed. Everything that its properties need is created first.</summary>
    public bool Create()
    {
        switch (_state)
        {
            case State.Created:
                return true;
            case State.Failed:
                return false;
            case State.Creating:
                ReportCycle();
                return false;
            default:
                return CreateNow();
        }
    }

    /// <summary>An attribute and the part at a path into it; null when that failed.</summary>
    public abstract Value? Attribute(string name, ImmutableArray<Value> path, Function asker);

    /// <summary>All attributes as a map.</summary>
    public abstract Value? AllAttributes(Function asker);

    /// <summary>The result of <c>get_resource</c>.</summary>
    public virtual Value Reference() =>
        Declaration.ExternalId?.Resolve(Stack) is StringValue { Text.Length: > 0 } external ? external : Place.PhysicalName;

    /// <summary>The result of <c>resource_facade</c> in the template that implements this resource.</summary>
    public Value? Aspect(string aspect) => aspect switch
    {
        "metadata" => Declaration.Metadata is null ? MapValue.Empty : Declaration.Metadata.Resolve(Stack),
        "update_policy" => Declaration.UpdatePolicy is null ? MapValue.Empty : Declaration.UpdatePolicy.Resolve(Stack),
        _ => Declaration.DeletionPolicy is null ? DeletionPolicy.Delete : OwnDeletionPolicy(),
    };

    /// <summary>Creates a resource of this kind; false when it failed and has no attributes.</summary>
    protected abstract bool CreateContent();

    /// <summary>The properties' values; a property that an <c>if</c> omits is missing, a failed one has no value.</summary>
    protected Dictionary<string, GivenValue> Properties()
    {
        var properties = new Dictionary<string, GivenValue>(StringComparer.Ordinal);
        foreach (var property in Declaration.Properties)
        {
            var value = property.Value.Resolve(Stack, OmittedValue.Instance);
            if (value is not null && !property.Value.Validate(Stack))
                value = null;
            if (value is not OmittedValue)
                properties[property.Name] = new(value, property.Span);
        }

        return properties;
    }

    /// <summary>The properties converted by a schema, defaults included; null, and reported, when one is wrong.</summary>
    protected Dictionary<string, Value>? Properties(ImmutableArray<PropertySchema> schema)
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

        return right ? values : null;
    }

    /// <summary>Whether the stack of this resource would be nested too deeply, which is reported.</summary>
    protected bool IsTooDeep(string what)
    {
        // The root's name comes first, the resource itself last.
        if (Place.Path.Length - 1 <= Resolution.DepthLimit)
            return false;
        Resolution.Error(Declaration.Span, "HOT024", $"Stacks are nested more than {Resolution.DepthLimit} deep; the next one is {what}.");
        return true;
    }

    /// <summary>Reports a property and returns false.</summary>
    protected bool Reject(GivenValue property, string name, string problem)
    {
        Wrong(property, name, problem);
        return false;
    }

    /// <summary>Reports a property that is wrong.</summary>
    protected void Wrong(GivenValue property, string name, string problem) =>
        Resolution.Error(property.Span ?? Declaration.Span, "HOT025", $"The property '{name}' of {Declaration.Type} {problem}.");

    /// <summary>Reports properties that this native type does not have.</summary>
    protected void OnlyProperties(Dictionary<string, GivenValue> properties, params string[] names)
    {
        foreach (var (name, given) in properties.Where(pair => !names.Contains(pair.Key)))
            Resolution.Error(given.Span, "HOT015", $"unknown property '{name}': {Declaration.Type} has none of that name.", Suggestion.For(name, names));
    }

    private bool CreateNow()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Resolution.Error(Declaration.Span, "HOT024", $"The resource '{Declaration.Name}' needs too long a chain of other resources.");
            _state = State.Failed;
            return false;
        }

        _state = State.Creating;
        Stack.Creating.Add(this);
        var previous = Resolution.Enter(Place.Path);
        var created = CreateDependencies();
        created &= Declaration.Metadata is null || Declaration.Metadata.Resolve(Stack) is not null;
        created &= HasRightPolicies();
        created &= CreateContent();
        Resolution.Enter(previous);
        Stack.Creating.RemoveAt(Stack.Creating.Count - 1);
        // A cycle that was found meanwhile has failed this resource already.
        _state = created && _state == State.Creating ? State.Created : State.Failed;
        return _state == State.Created;
    }

    private bool CreateDependencies()
    {
        var created = true;
        foreach (var (name, span) in Declaration.DependsOn)
        {
            if (Stack.Find(name) is { } resource)
            {
                created &= resource.Create();
            }
            else if (!Stack.Template.Resources.Any(declared => declared.Name == name))
            {
                Resolution.Error(
                    span, "HOT021", $"depends_on: there is no resource '{name}'.",
                    Suggestion.For(name, [.. Stack.Template.Resources.Select(declared => declared.Name)]));
            }
        }

        return created;
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

    private void ReportCycle()
    {
        var cycle = Stack.Creating.SkipWhile(resource => resource != this).Append(this).Select(resource => resource.Declaration.Name);
        Resolution.Report(new(
            Severity.Error, "HOT023", $"Resources wait for each other: {string.Join(" -> ", cycle)}.", Declaration.Span,
            "Break the cycle: one of them must do without the other's attributes or depends_on.")
        { ResourcePath = Stack.Path });
        foreach (var resource in Stack.Creating.SkipWhile(resource => resource != this))
            resource._state = State.Failed;
    }
}
