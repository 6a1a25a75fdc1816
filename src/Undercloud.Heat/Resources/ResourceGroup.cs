using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary><c>OS::Heat::ResourceGroup</c>: a number of resources from one definition, with the index inserted into their properties.</summary>
internal sealed class ResourceGroup(ResourcePlace place) : MemberResource(place)
{
    private ListValue _removed = ListValue.Empty;

    protected override ImmutableArray<PropertySchema>? UpdatePolicySchema => GroupSchema.UpdatePolicy;

    // Heat ignores the path after the last two.
    protected override Value? Own(string name, ImmutableArray<Value> path) => name switch
    {
        "refs_map" => References() is { } all ? new MapValue(all) : null,
        "removed_rsrc_list" => _removed,
        _ => null,
    };

    protected override bool Has(string name) => name is "refs_map" or "removed_rsrc_list";

    public override Value? AllAttributes(Function asker) => References() is { } all
        ? new MapValue([new("refs", new ListValue([.. all.Select(pair => pair.Value)])), new("refs_map", new MapValue(all)), new("removed_rsrc_list", _removed)])
        : null;

    protected override bool CreateContent()
    {
        if (IsTooDeep("its own") || Properties(GroupSchema.Group) is not { } properties)
            return false;
        if (properties["count"] is not IntegerValue { Number: var count } || count > Resolution.ResourceLimit)
        {
            Resolution.Error(Declaration.Span, "HOT024", $"The group '{Declaration.Name}' has more than {Resolution.ResourceLimit} resources.");
            return false;
        }

        var removed = Removed((ListValue)properties["removal_policies"]);
        // Heat keeps the names as one text with commas.
        _removed = new([.. string.Join(',', removed.Order(CodePointOrder.Comparer)).Split(',', StringSplitOptions.None).Where(_ => removed.Count > 0).Select(name => (Value)name)]);
        var span = Declaration.Properties.FirstOrDefault(property => property.Name == "resource_def")?.Span ?? Declaration.Span;
        var names = Enumerable.Range(0, int.MaxValue).Select(i => i.ToString()).Where(name => !removed.Contains(name)).Take((int)count);
        foreach (var name in names)
            Add(name, span, (MapValue)properties["resource_def"], ((StringValue)properties["index_var"]).Text);
        return true;
    }

    private void Add(string name, SourceSpan span, MapValue definition, string variable)
    {
        // Heat drops properties that are null here, unlike everywhere else.
        var values = (definition["properties"] as MapValue ?? MapValue.Empty).Entries.Where(entry => entry.Value is not NullValue);
        var metadata = definition["metadata"] is MapValue data ? new Literal(data, span) : null;
        var type = ((StringValue)definition["type"]!).Text;
        Add(name, type, span, values.Select(entry => new PropertyDeclaration(entry.Key, span, new Literal(Indexed(entry.Value, variable, name), span))), metadata);
    }

    private static HashSet<string> Removed(ListValue policies) =>
        [.. policies.Items.OfType<MapValue>().SelectMany(policy => ((ListValue)policy["resource_list"]!).Items).Select(PythonText.Str)];

    private static Value Indexed(Value value, string variable, string index) => value switch
    {
        StringValue text => text.Text.Replace(variable, index, StringComparison.Ordinal),
        ListValue list => new ListValue([.. list.Items.Select(item => Indexed(item, variable, index))]),
        MapValue map => new MapValue(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Indexed(entry.Value, variable, index)))),
        _ => value,
    };
}
