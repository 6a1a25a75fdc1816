using System.Collections.Immutable;
using System.Numerics;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>
/// <c>OS::Heat::AutoScalingGroup</c> in its initial state: the desired number of members of one definition, else the minimum.
/// Heat names the members at random; here their names are derived from the group's place. Source: Heat 19, autoscaling_group.py.
/// </summary>
internal sealed class AutoScalingGroup(ResourcePlace place) : MemberResource(place)
{
    private static readonly ImmutableArray<string> s_attributes = ["outputs", "outputs_list", "current_size", "refs", "refs_map"];

    // Heat uses a path only after "outputs", "outputs_list" and "resource.N".
    public override Value? Attribute(string name, ImmutableArray<Value> path, Function asker) => (name, path) switch
    {
        ("current_size", _) => Members.Count,
        ("refs", _) => References() is { } all ? Ids(all) : null,
        ("refs_map", _) => References() is { } all ? new MapValue(all) : null,
        ("outputs", [StringValue attribute, .. var inner]) => Map(attribute.Text, inner, asker),
        ("outputs_list", [StringValue attribute, .. var inner]) => Map(attribute.Text, inner, asker) is { } map ? new ListValue([.. map.Entries.Select(entry => entry.Value)]) : null,
        ("outputs" or "outputs_list", _) => Missing(asker, $"'{name}' needs the name of an attribute after it."),
        _ when name.StartsWith("resource.", StringComparison.Ordinal) => Member(name["resource.".Length..], path, asker),
        _ => Missing(asker, $"{Declaration.Type} has no attribute '{name}'.", Suggestion.For(name, s_attributes)),
    };

    public override Value? AllAttributes(Function asker) =>
        References() is { } all ? new MapValue([new("refs_map", new MapValue(all)), new("current_size", Members.Count), new("refs", Ids(all))]) : null;

    protected override bool CreateContent()
    {
        if (IsTooDeep("its own") || Properties(GroupSchema.Scaling) is not { } properties)
            return false;
        var resource = (MapValue)properties["resource"];
        if (Size(properties) is not { } size || !IsDefinition(resource))
            return false;
        // Heat orders members by their creation time, then by name; here all are created at the same time.
        foreach (var name in Enumerable.Range(0, size).Select(i => StackIdentity.ShortId(Place.PhysicalName, i.ToString())).Order(StringComparer.Ordinal))
            Add(name, resource);
        return true;
    }

    private static ListValue Ids(List<KeyValuePair<string, Value>> members) => new([.. members.Select(pair => pair.Value)]);

    // The initial number of members; null, and reported, when it is invalid.
    private int? Size(Dictionary<string, Value> properties)
    {
        BigInteger Number(string name) => ((IntegerValue)properties[name]).Number;
        var (least, most) = (Number("min_size"), Number("max_size"));
        var desired = properties.ContainsKey("desired_capacity") ? Number("desired_capacity") : (BigInteger?)null;
        if (most < least)
            return Wrong("min_size", $"is {least}, and max_size is {most}");
        if (desired < least || desired > most)
            return Wrong("desired_capacity", $"must be from min_size, {least}, to max_size, {most}");
        // Python: zero desired members count as unset.
        var size = desired is { IsZero: false } ? desired.Value : least;
        return size <= Resolution.ResourceLimit ? (int)size : Wrong("desired_capacity", $"is more than {Resolution.ResourceLimit}");
    }

    private int? Wrong(string property, string problem)
    {
        Wrong(Given(property), property, problem);
        return null;
    }

    // The definition is that of a template's resource: its other keys, condition and depends_on among them, have no effect.
    private bool IsDefinition(MapValue resource)
    {
        var problem = resource["type"] is not StringValue ? "needs a 'type', the name of a resource type"
            : resource["properties"] is not (null or NullValue or MapValue) ? "must have a map as its 'properties'"
            : resource["metadata"] is not (null or NullValue or MapValue) ? "must have a map as its 'metadata'"
            : resource["depends_on"] is not (null or NullValue or StringValue or ListValue) ? "must have a name or a list of names as its 'depends_on'"
            : null;
        return problem is null || Reject(Given("resource"), "resource", problem);
    }

    private void Add(string name, MapValue resource)
    {
        var span = SpanOf("resource");
        Expression? Literal(string key) => resource[key] is { } value and not NullValue ? new Literal(value, span) : null;
        var properties = resource["properties"] as MapValue ?? MapValue.Empty;
        Add(new(name, Declaration.Span, ((StringValue)resource["type"]!).Text, span)
        {
            Properties = [.. properties.Entries.Select(entry => new PropertyDeclaration(entry.Key, span, new Literal(entry.Value, span)))],
            Metadata = Literal("metadata"),
            DeletionPolicy = Literal("deletion_policy"),
            UpdatePolicy = Literal("update_policy"),
        });
    }

    private SourceSpan SpanOf(string property) => Declaration.Properties.FirstOrDefault(given => given.Name == property)?.Span ?? Declaration.Span;

    private GivenValue Given(string property) => new(Value.Null, SpanOf(property));

    // A member by its number; Python counts negative numbers from the end.
    private Value? Member(string rest, ImmutableArray<Value> path, Function asker)
    {
        var dot = rest.IndexOf('.');
        var index = dot < 0 ? rest : rest[..dot];
        var number = PythonNumber.Integer(index) is { } given ? (given < 0 ? given + Members.Count : given) : -1;
        if (number < 0 || number >= Members.Count)
            return Missing(asker, $"the resource '{Declaration.Name}' has no member '{index}'.", $"It has {Members.Count} members, counted from 0.");
        if (Members[(int)number].Value is not { } member || !member.Create())
            return null;
        return dot >= 0 ? member.Attribute(rest[(dot + 1)..], path, asker)
            : path is [StringValue attribute, .. var inner] ? member.Attribute(attribute.Text, inner, asker)
            : member.Reference();
    }
}
