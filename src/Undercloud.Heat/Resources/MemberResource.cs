using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>A resource that consists of several others: a chain or a group. Its attributes are lists over its members.</summary>
internal abstract class MemberResource(ResourcePlace place) : Resource(place)
{
    private readonly List<KeyValuePair<string, Resource?>> _members = [];
    private readonly Dictionary<string, Resource?> _byName = new(StringComparer.Ordinal);

    /// <summary>The members in their order; a failed one is null.</summary>
    public IReadOnlyList<KeyValuePair<string, Resource?>> Members => _members;

    public override Value? Attribute(string name, ImmutableArray<Value> path, Function asker)
    {
        if (name.StartsWith("resource.", StringComparison.Ordinal))
            return Member(name["resource.".Length..], path, asker);
        return name switch
        {
            "refs" => References() is { } all ? AttributePath.InAttribute(new ListValue([.. all.Select(pair => pair.Value)]), path) : null,
            "attributes" when path is [StringValue attribute, .. var inner] => Map(attribute.Text, inner, asker),
            "attributes" => Missing(asker, "'attributes' needs the name of an attribute after it."),
            _ when Has(name) => Own(name, path),
            _ => List(name, path, asker),
        };
    }

    public override Value? AllAttributes(Function asker) =>
        References() is { } all ? new MapValue([new("refs", new ListValue([.. all.Select(pair => pair.Value)]))]) : null;

    public override Value Reference() => StackIdentity.Id(Place.PhysicalName);

    /// <summary>Whether the group itself has an attribute besides refs and attributes.</summary>
    protected virtual bool Has(string name) => false;

    /// <summary>An attribute of the group itself; null when it failed.</summary>
    protected virtual Value? Own(string name, ImmutableArray<Value> path) => null;

    /// <summary>Creates one member of a type, with already evaluated property values.</summary>
    protected void Add(string name, string type, SourceSpan span, IEnumerable<PropertyDeclaration> properties, Expression? metadata = null) =>
        Add(new(name, Declaration.Span, type, span) { Properties = [.. properties], Metadata = metadata });

    /// <summary>Creates one member from its declaration.</summary>
    protected void Add(ResourceDeclaration declaration)
    {
        var name = declaration.Name;
        var previous = Resolution.Enter(Place.Path.Add(name));
        var member = Of(Stack, declaration, Place.Path, Place.PhysicalName, Place.Registry, $"'{Declaration.Name}'");
        member?.Create();
        Resolution.Enter(previous);
        _members.Add(new(name, member));
        _byName.TryAdd(name, member);
    }

    private Value? Member(string rest, ImmutableArray<Value> path, Function asker)
    {
        var dot = rest.IndexOf('.');
        var name = dot < 0 ? rest : rest[..dot];
        if (!_byName.TryGetValue(name, out var found))
        {
            // A stack without resources is false to Heat ("heat/common/grouputils.py", get_resource), which then ignores it.
            return _members.Count == 0 && (dot >= 0 || !path.IsEmpty)
                ? Value.Null
                : Missing(asker, $"the resource '{Declaration.Name}' has no member '{name}'.", $"It has {_members.Count} members, counted from 0.");
        }

        if (found is not { } member || !member.Create())
            return null;
        if (dot >= 0)
            return member.Attribute(rest[(dot + 1)..], path, asker);
        return path is [StringValue attribute, .. var inner] ? member.Attribute(attribute.Text, inner, asker) : member.Reference();
    }

    /// <summary>The members' references by their names; null when one of them failed.</summary>
    protected List<KeyValuePair<string, Value>>? References() =>
        Members.Any(pair => pair.Value?.Create() != true) ? null : [.. Members.Select(pair => KeyValuePair.Create(pair.Key, pair.Value!.Reference()))];

    // Members without the attribute fail; OS::Heat::None has every attribute, null, and stays in the list.
    private List<KeyValuePair<string, Value>>? Each(string attribute, ImmutableArray<Value> path, Function asker)
    {
        var values = new List<KeyValuePair<string, Value>>(_members.Count);
        foreach (var (name, member) in Members)
        {
            if (member?.Create() == true && member.Attribute(attribute, path, asker) is { } value)
                values.Add(new(name, value));
        }

        return values.Count == _members.Count ? values : null;
    }

    private ListValue? List(string attribute, ImmutableArray<Value> path, Function asker) =>
        Each(attribute, path, asker) is { } values ? new([.. values.Select(pair => pair.Value)]) : null;

    /// <summary>An attribute of every member, by the members' names.</summary>
    protected MapValue? Map(string attribute, ImmutableArray<Value> path, Function asker) =>
        Each(attribute, path, asker) is { } values ? new(values) : null;
}
