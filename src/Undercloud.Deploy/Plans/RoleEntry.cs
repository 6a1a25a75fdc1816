using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.Plans;

/// <summary>A role of the roles file.</summary>
/// <param name="Name">Its name, e.g. Undercloud.</param>
/// <param name="Services">Its services, OS::TripleO::Services::NAME each.</param>
internal sealed record RoleEntry(string Name, ImmutableArray<string> Services)
{
    /// <summary>The role of the inputs' node; null with a finding.</summary>
    public static RoleEntry? Of(Inputs inputs, DiagnosticBag diagnostics)
    {
        var file = inputs.Roles;
        var roles = Read(file, diagnostics);
        if (inputs.Node is { } node)
        {
            if (roles.FirstOrDefault(role => role.Name == node.Role) is { } own)
                return own;
            diagnostics.Error(new(file.Path, 0, 0), "ROLE003", $"The roles file has no role {node.Role}, which is the role of the node {node.Name}.", $"Add the role, or give the node one of {string.Join(", ", roles.Select(role => role.Name))}.");
            return null;
        }

        if (roles is [var only])
            return only;
        diagnostics.Error(
            new(file.Path, 0, 0),
            "ROLE001",
            roles.IsEmpty ? "The roles file has no role." : $"The roles file has {roles.Length} roles ({string.Join(", ", roles.Select(role => role.Name))}), and nothing says which node has which role.",
            roles.IsEmpty ? "Give it a list of roles, each with name and ServicesDefault; roles_data_undercloud.yaml is an example."
                : "Name the nodes and their roles in a file, for `undercloud deploy --nodes FILE`; or leave one role in the roles file, for this host.");
        return null;
    }

    /// <summary>All roles of a roles file.</summary>
    public static ImmutableArray<RoleEntry> Read(InputFile file, DiagnosticBag diagnostics)
    {
        var roles = ImmutableArray.CreateBuilder<RoleEntry>();
        foreach (var role in (YamlReader.Read(file.Text, file.Path, diagnostics)?.ToValue() as ListValue)?.Items.OfType<MapValue>() ?? [])
        {
            if (role["name"] is StringValue name && role["ServicesDefault"] is ListValue services)
                roles.Add(new(name.Text, [.. services.Items.OfType<StringValue>().Select(s => s.Text)]));
            else
                diagnostics.Error(new(file.Path, 0, 0), "ROLE002", "A role has no name or no ServicesDefault.", "Write both; roles_data_undercloud.yaml is an example.");
        }

        return roles.DrainToImmutable();
    }
}
