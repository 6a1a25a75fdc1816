using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Analysis;

/// <summary>Walks through every part of a template that may contain functions, and records the names in them.</summary>
internal sealed class TemplateWalk
{
    private readonly HotTemplate _template;
    private readonly CallChecks _calls;
    private readonly ImmutableArray<NameReference>.Builder _parameters = ImmutableArray.CreateBuilder<NameReference>();
    private readonly ImmutableArray<ResourceReference>.Builder _resources = ImmutableArray.CreateBuilder<ResourceReference>();
    private readonly ImmutableArray<NameReference>.Builder _conditions = ImmutableArray.CreateBuilder<NameReference>();
    private readonly ImmutableArray<NameReference>.Builder _files = ImmutableArray.CreateBuilder<NameReference>();
    private readonly ImmutableHashSet<string>.Builder _given = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
    private bool _anyParameter;
    private string? _owner;
    private int _arms;

    private TemplateWalk(HotTemplate template)
    {
        _template = template;
        _calls = new(template.Version);
    }

    /// <summary>The names in a template.</summary>
    /// <param name="root">The template as written.</param>
    /// <param name="template">The same, parsed.</param>
    public static TemplateReferences Of(YamlMapping root, HotTemplate template)
    {
        var walk = new TemplateWalk(template);
        foreach (var entry in Entries(root["conditions"]))
            walk.Root(entry.Value, condition: true);
        foreach (var entry in Entries(root["resources"]))
            walk.Resource(entry);
        foreach (var entry in Entries(root["outputs"]).Where(entry => entry.Value is YamlMapping))
        {
            var output = (YamlMapping)entry.Value;
            walk.Root(output["value"], condition: false);
            walk.ConditionOf(output);
        }

        return new()
        {
            Parameters = walk._parameters.DrainToImmutable(),
            AnyParameter = walk._anyParameter,
            Resources = walk._resources.DrainToImmutable(),
            Conditions = walk._conditions.DrainToImmutable(),
            Files = walk._files.DrainToImmutable(),
            Calls = walk._calls.Findings,
            Given = walk._given.ToImmutable(),
        };
    }

    private static ImmutableArray<YamlEntry> Entries(YamlNode? node) => node is YamlMapping map ? map.Entries : [];

    private void Resource(YamlEntry entry)
    {
        if (entry.Value is not YamlMapping map)
            return;
        _owner = entry.Key;
        foreach (var property in Entries(map["properties"]))
        {
            _given.Add(property.Key);
            if (property.Key == "resource_properties")
                _given.UnionWith(Entries(property.Value).Select(shared => shared.Key));
            if (property.Key == "resource_def" && property.Value is YamlMapping member)
                _given.UnionWith(Entries(member["properties"]).Select(shared => shared.Key));
            Root(property.Value, condition: false);
        }

        foreach (var key in (string[])["metadata", "deletion_policy", "update_policy", "external_id"])
            Root(map[key], condition: false);
        ConditionOf(map);
        foreach (var node in map["depends_on"] is YamlSequence list ? list.Items : map["depends_on"] is { } only ? [only] : [])
        {
            if (node is YamlScalar { Value: StringValue { Text: var name } })
                _resources.Add(new("depends_on", name, null, null, _owner, Certain: true, node.Span));
        }

        _owner = null;
    }

    private void ConditionOf(YamlMapping map)
    {
        if (_template.Version < HotVersion.Newton || map["condition"] is not { } node)
            return;
        Name(node, node.Span);
        Root(node, condition: true);
    }

    // The start of an expression.
    private void Root(YamlNode? node, bool condition)
    {
        if (node is null)
            return;
        _calls.CheckShapes(node, condition);
        Visit(node, condition);
    }

    private void Visit(YamlNode node, bool condition)
    {
        switch (node)
        {
            case YamlSequence list:
                foreach (var item in list.Items)
                    Visit(item, condition);
                break;
            case YamlMapping { Entries: [var call] } when _calls.IsFunction(call.Key, condition):
                Call(call, condition);
                break;
            case YamlMapping map:
                if (map.Entries is [var only])
                    _calls.CheckName(only, condition);
                foreach (var entry in map.Entries)
                    Visit(entry.Value, condition);
                break;
        }
    }

    private void Call(YamlEntry call, bool condition)
    {
        switch (call.Key)
        {
            case "get_param" or "Ref":
                Parameter(call);
                break;
            case "get_attr" or "get_resource":
                ResourceCall(call);
                break;
            case "get_file" when call.Value is YamlScalar { Value: StringValue { Text: var path } }:
                _files.Add(new(TemplatePath.Resolve(_template.Path, path), call.KeySpan));
                break;
            case "if" when call.Value is YamlSequence { Items: [var test, .. var arms] }:
                If(call, test, arms);
                return;
            case "and" or "or" or "not" when condition:
                foreach (var item in call.Value is YamlSequence list ? list.Items : [call.Value])
                    Name(item, call.KeySpan);
                break;
            case "str_replace" or "str_replace_strict" or "str_replace_vstrict":
                _calls.CheckReplacements(call);
                break;
        }

        // A map of named arguments is no call itself.
        if (call.Value is YamlMapping named && !(named.Entries is [var inner] && _calls.IsFunction(inner.Key, condition)))
        {
            foreach (var entry in named.Entries)
                Visit(entry.Value, condition);
        }
        else
        {
            Visit(call.Value, condition);
        }
    }

    private void If(YamlEntry call, YamlNode test, ImmutableArray<YamlNode> arms)
    {
        Name(test, call.KeySpan);
        _calls.CheckShapes(test, condition: true);
        Visit(test, condition: true);
        _arms++;
        foreach (var arm in arms)
            Visit(arm, condition: false);
        _arms--;
    }

    private void Name(YamlNode node, SourceSpan place)
    {
        if (node is YamlScalar { Value: StringValue { Text: var name } })
            _conditions.Add(new(name, place));
    }

    private void Parameter(YamlEntry call)
    {
        if (Literal(call.Value is YamlSequence { Items: [var first, ..] } ? first : call.Value) is { } name)
            _parameters.Add(new(name, call.KeySpan));
        else
            _anyParameter = true;
    }

    private void ResourceCall(YamlEntry call)
    {
        var path = call.Value is YamlSequence list ? list.Items : [call.Value];
        // get_attr of a string is malformed, and reported as such.
        if (path.IsEmpty || Literal(path[0]) is not { } name || (call.Key == "get_attr") != (call.Value is YamlSequence))
            return;
        _resources.Add(new(
            call.Key, name, path.Length > 1 ? Literal(path[1]) : null, path.Length > 2 ? Literal(path[2]) : null, _owner, _arms == 0, call.KeySpan));
    }

    private static string? Literal(YamlNode node) => node is YamlScalar { Value: StringValue { Text: var text } } ? text : null;
}
