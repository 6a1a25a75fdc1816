using System.Collections.Immutable;
using Undercloud.Deploy.Nodes;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Plans;

/// <summary>Chooses the role of a node.</summary>
internal static class RoleChoice
{
    /// <summary>The role of the inputs' node; null with a finding. A role without ServicesDefault is an error: it would remove all services.</summary>
    public static NodeRole? Of(Inputs inputs, DiagnosticBag diagnostics)
    {
        var file = inputs.Roles;
        var found = new DiagnosticBag();
        var roles = RolesFile.Read(file.Text, file.Path, found);
        var names = string.Join(", ", roles.Select(role => role.Name));
        diagnostics.AddRange(found.All);
        var own = inputs.Node is { } node ? roles.FirstOrDefault(role => role.Name == node.Role) : roles is [var only] ? only : null;
        if (own is { HasServices: true } || (roles.IsEmpty && found.HasErrors))
            return own;
        if (own is not null)
            diagnostics.Error(own.Place, RolesFile.Invalid, $"The role {own.Name} has no ServicesDefault.", RolesFile.Remedy);
        else if (inputs.Node is { } unknown)
            diagnostics.Error(new(file.Path, 0, 0), RolesFile.Unknown, $"The roles file has no role {unknown.Role}, which is the role of the node {unknown.Name}.", $"Add the role, or give the node one of {names}.");
        else if (roles.IsEmpty)
            diagnostics.Error(new(file.Path, 0, 0), RolesFile.NoRole, "The roles file has no role.", RolesFile.Remedy);
        else
            diagnostics.Error(new(file.Path, 0, 0), RolesFile.NoRole, $"The roles file has {roles.Length} roles ({names}), and nothing says which node has which role.", "Name the nodes and their roles in a file, for `undercloud deploy --nodes FILE`; or leave one role in the roles file, for this host.");
        return null;
    }
}
