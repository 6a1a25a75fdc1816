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

    protected override ImmutableArray<PropertySchema>? UpdatePolicySchema => GroupSchema.UpdatePolicy;

    protected override bool CreateContent()
    {
        if (IsTooDeep("its own"))
            return false;
        var properties = Properties();
        var schema = structured ? DeploymentSchema.StructuredGroup : DeploymentSchema.SoftwareGroup;
        OnlyProperties(properties, [.. schema.Select(property => property.Name)]);
        if (properties.Values.Any(given => given.Value is null))
            return false;
        if (!properties.TryGetValue("servers", out var servers))
        {
            Resolution.Error(Declaration.Span, "HOT011", $"The property 'servers' of {Declaration.Type} has no value.");
            return false;
        }

        if ((servers.Value is NullValue ? MapValue.Empty : servers.Value) is not MapValue map)
        {
            Wrong(servers, "servers", $"must be a map of names and servers, not {servers.Value!.TypeName}");
            return false;
        }

        // Heat gives every property of the group to each member, those that nobody set as the group's defaults.
        var shared = schema.Where(property => property.Name != "servers" && (properties.ContainsKey(property.Name) || property.Default is not null))
            .Select(property => properties.TryGetValue(property.Name, out var given)
                ? Declared(property.Name, given)
                : Declared(property.Name, new GivenValue(property.Default, Declaration.Span)))
            .ToList();
        var type = structured ? "OS::Heat::StructuredDeployment" : "OS::Heat::SoftwareDeployment";
        foreach (var (name, server) in map.Entries)
            Add(name, type, Declaration.TypeSpan, [Declared("server", new GivenValue(server, servers.Span)), .. shared]);
        return true;
    }

    private PropertyDeclaration Declared(string name, GivenValue given)
    {
        var span = given.Span ?? Declaration.Span;
        return new(name, span, new Literal(given.Value!, span));
    }
}
