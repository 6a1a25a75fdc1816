using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>A resource that a template implements: its properties are the nested stack's parameters, its attributes the stack's outputs.</summary>
internal sealed class TemplateResource(ResourcePlace place, string template) : Resource(place)
{
    private const string StackIdOutput = "OS::stack_id";
    private Stack? _nested;

    /// <summary>The nested stack, once it is created.</summary>
    public Stack? Nested => _nested;

    /// <summary>The implementation of its type without this template.</summary>
    public ResourceImplementation? Facade { get; init; }

    /// <summary>The place of the registry's mapping to the template, when that is in a file: a missing template is reported there.</summary>
    public SourceSpan? Mapped { get; init; }

    public override Value? Attribute(string name, ImmutableArray<Value> path, Function asker)
    {
        if (name.StartsWith("resource.", StringComparison.Ordinal))
            return Member(name["resource.".Length..], path, asker);
        if (_nested!.Template.Outputs.Any(output => output.Name == name))
            return _nested.Output(name) is { } value ? AttributePath.InAttribute(value, path) : null;
        var outputs = _nested.Template.Outputs.Select(output => output.Name).ToList();
        return Missing(asker, $"the resource '{Declaration.Name}' ({template}) has no attribute '{name}'.", Suggestion.For(name, outputs));
    }

    public override Value? AllAttributes(Function asker)
    {
        var values = _nested!.Template.Outputs.Select(output => KeyValuePair.Create(output.Name, _nested.Output(output.Name))).ToList();
        return values.Exists(pair => pair.Value is null) ? null : new MapValue(values.Select(pair => KeyValuePair.Create(pair.Key, pair.Value!)));
    }

    public override Value Reference() =>
        Resolution.Leniently(() => _nested!.Output(StackIdOutput)) ?? StackIdentity.Reference(Resolution.Request.ProjectId, Place.PhysicalName);

    protected override bool CreateContent()
    {
        if (IsTooDeep(template))
            return false;
        if (Declaration.ExternalId is not null)
        {
            Resolution.Error(Declaration.Span, "HOT025", $"The resource '{Declaration.Name}' is made of a template and cannot have an external_id.");
            return false;
        }

        var properties = Properties();
        if (Resolution.Templates.Find(template, Mapped ?? Declaration.TypeSpan) is not { } parsed)
            return false;
        if (Facade is { } facade && FacadeCheck.Problem(facade, parsed, Resolution) is { } problem)
        {
            Resolution.Error(Declaration.TypeSpan, "HOT027", $"{template} cannot stand for {Declaration.Type}: {problem}.");
            return false;
        }

        _nested = new(Resolution, parsed, Place.PhysicalName, Place.Path, Place.Registry, this);
        Resolution.Add(_nested);
        _nested.Create(properties.ToDictionary(pair => pair.Key, pair => Given(parsed, pair.Key, pair.Value), StringComparer.Ordinal));
        return true;
    }

    private GivenValue Given(HotTemplate parsed, string name, GivenValue given)
    {
        if (given.Value is null || !parsed.Parameters.TryGetValue(name, out var parameter))
            return given;
        if (parameter.Hidden)
            Resolution.Hide(given.Value);
        var (value, problem) = PropertyValue.For(parameter.Type, given.Value);
        if (value is null)
            Wrong(given, name, parameter.Hidden ? problem!.Replace(given.Value.ToString(), "***", StringComparison.Ordinal) : problem!);
        return given with { Value = value };
    }

    // resource.<name> is a reference; resource.<name>.<attribute> or a longer path an attribute of a resource in the nested stack.
    private Value? Member(string rest, ImmutableArray<Value> path, Function asker)
    {
        var dot = rest.IndexOf('.');
        var name = dot < 0 ? rest : rest[..dot];
        if (_nested!.Template.Resources.IsEmpty)
            return Value.Null; // As for a group without members.
        if (_nested.Find(name) is not { } resource)
        {
            return Missing(
                asker, $"there is no resource '{name}' in the resource '{Declaration.Name}' ({template}).",
                Suggestion.For(name, [.. _nested.Template.Resources.Select(declared => declared.Name)]));
        }

        if (!resource.Create())
            return null;
        if (dot >= 0)
            return resource.Attribute(rest[(dot + 1)..], path, asker);
        return path switch
        {
            [] => resource.Reference(),
            [StringValue attribute, .. var inner] => resource.Attribute(attribute.Text, inner, asker),
            _ => asker.Fail(Stack, "the attribute's name must be a string."),
        };
    }
}
