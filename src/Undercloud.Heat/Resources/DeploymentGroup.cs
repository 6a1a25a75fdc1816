using System.Collections.Immutable;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>
/// <c>OS::Heat::SoftwareDeploymentGroup</c> and <c>StructuredDeploymentGroup</c>: one deployment for each entry of <c>servers</c>, named by
/// its key. The members' type goes through the registry like any other.
/// </summary>
internal sealed class DeploymentGroup(ResourcePlace place, bool structured) : MemberResource(place)
{
    private static readonly ImmutableDictionary<string, string> s_plurals = new Dictionary<string, string>
    {
        ["deploy_stdouts"] = "deploy_stdout",
        ["deploy_stderrs"] = "deploy_stderr",
        ["deploy_status_codes"] = "deploy_status_code",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public override Value? Attribute(string name, ImmutableArray<Value> path, Function asker)
    {
        if (Map(s_plurals.GetValueOrDefault(name, name), [], asker) is not { } values)
            return null;
        return AttributePath.InAttribute(values, path);
    }

    public override Value? AllAttributes(Function asker)
    {
        var all = s_plurals.Keys.Select(name => KeyValuePair.Create(name, Attribute(name, [], asker))).ToList();
        return all.Exists(pair => pair.Value is null) ? null : new MapValue(all.Select(pair => KeyValuePair.Create(pair.Key, pair.Value!)));
    }

    protected override ImmutableArray<PropertySchema>? UpdatePolicySchema => GroupSchema.UpdatePolicy;

    protected override bool CreateContent()
    {
        if (IsTooDeep("its own"))
            return false;
        var schema = structured ? DeploymentSchema.StructuredGroup : DeploymentSchema.SoftwareGroup;
        if (Properties(schema) is not { } properties)
            return false;
        // Heat passes every property of the group to each member; an unset one has the group's default or null.
        var shared = schema.Where(property => property.Name != "servers")
            .Select(property => Declared(property.Name, properties.GetValueOrDefault(property.Name, Value.Null), property.Name)).ToList();
        var type = structured ? "OS::Heat::StructuredDeployment" : "OS::Heat::SoftwareDeployment";
        foreach (var (name, server) in ((MapValue)properties["servers"]).Entries)
            Add(name, type, Declaration.TypeSpan, [Declared("server", server, "servers"), .. shared]);
        return true;
    }

    private PropertyDeclaration Declared(string name, Value value, string source)
    {
        var span = Declaration.Properties.FirstOrDefault(property => property.Name == source)?.Span ?? Declaration.Span;
        return new(name, span, new Literal(value, span));
    }
}
