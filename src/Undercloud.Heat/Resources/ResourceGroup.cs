using Undercloud.Heat.Functions;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary><c>OS::Heat::ResourceGroup</c>: a number of resources from one definition, the index put into their properties.</summary>
internal sealed class ResourceGroup(ResourcePlace place) : MemberResource(place)
{
    protected override bool CreateContent()
    {
        var properties = Properties();
        OnlyProperties(properties, "count", "index_var", "resource_def", "removal_policies", "removal_policies_mode");
        if (properties.Values.Any(given => given.Value is null))
            return false;
        if (Count(properties.GetValueOrDefault("count")) is not { } count || IndexVariable(properties.GetValueOrDefault("index_var")) is not { } variable)
            return false;
        if (!properties.TryGetValue("resource_def", out var given))
        {
            Resolution.Error(Declaration.Span, "HOT011", $"The property 'resource_def' of {Declaration.Type} has no value.");
            return false;
        }

        if (given.Value is not MapValue definition || definition["type"] is not StringValue { Text: var type })
        {
            Wrong(given, "resource_def", "must be a map with a type");
            return false;
        }

        var removed = Removed(properties.GetValueOrDefault("removal_policies").Value);
        var names = Enumerable.Range(0, int.MaxValue).Select(i => i.ToString()).Where(name => !removed.Contains(name)).Take(count);
        foreach (var name in names)
            Add(name, type, given, definition, variable);
        return true;
    }

    private void Add(string name, string type, GivenValue given, MapValue definition, string variable)
    {
        var span = given.Span ?? Declaration.Span;
        // Heat drops properties that are null here, unlike everywhere else.
        var values = (definition["properties"] as MapValue ?? MapValue.Empty).Entries.Where(entry => entry.Value is not NullValue);
        var metadata = definition["metadata"] is { } data ? new Literal(data, span) : null;
        Add(name, type, span, values.Select(entry => new PropertyDeclaration(entry.Key, span, new Literal(Indexed(entry.Value, variable, name), span))), metadata);
    }

    private int? Count(GivenValue given)
    {
        switch (given.Value is null or NullValue ? 1 : ParameterValue.Convert(ParameterType.Number, given.Value).Value)
        {
            case IntegerValue { Number: var number } when number >= 0 && number <= Resolution.ResourceLimit:
                return (int)number;
            case FloatValue { Number: >= 0 and <= Resolution.ResourceLimit } number:
                return (int)number.Number;
            default:
                Wrong(given, "count", $"must be a number from 0 to {Resolution.ResourceLimit}, not {given.Value}");
                return null;
        }
    }

    private string? IndexVariable(GivenValue given)
    {
        if (given.Value is null or NullValue)
            return "%index%";
        if (given.Value is StringValue { Text.Length: >= 3 } text)
            return text.Text;
        Wrong(given, "index_var", "must be a string of at least three characters");
        return null;
    }

    private static HashSet<string> Removed(Value? policies) =>
    [
        .. (policies as ListValue)?.Items.OfType<MapValue>()
            .SelectMany(policy => policy["resource_list"] is ListValue list ? list.Items : [])
            .Select(PythonText.Str) ?? [],
    ];

    private static Value Indexed(Value value, string variable, string index) => value switch
    {
        StringValue text => text.Text.Replace(variable, index, StringComparison.Ordinal),
        ListValue list => new ListValue([.. list.Items.Select(item => Indexed(item, variable, index))]),
        MapValue map => new MapValue(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Indexed(entry.Value, variable, index)))),
        _ => value,
    };
}
