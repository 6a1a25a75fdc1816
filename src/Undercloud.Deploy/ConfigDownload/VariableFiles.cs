using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>The files of group_vars and host_vars.</summary>
internal static class VariableFiles
{
    /// <summary>Queens: the names of a role's deployments, for roles that have any.</summary>
    public static void AddDeploymentsByRole(ProjectFiles files, ImmutableArray<PlacedDeployment> deployments)
    {
        foreach (var role in deployments.GroupBy(deployment => deployment.Server.Role, StringComparer.Ordinal))
        {
            var names = Names(role.Key, role, [("pre_deployments", DeploymentPhase.Pre), ("post_deployments", DeploymentPhase.Post)]);
            files.AddYaml(names, "group_vars", role.Key);
        }
    }

    /// <summary>Train: the variables of roles that have a server, and those of each server with the names of its deployments.</summary>
    public static void AddFromOutputs(ProjectFiles files, OutputNode outputs, ServerList servers, ImmutableArray<PlacedDeployment> deployments)
    {
        foreach (var role in servers.All.Select(server => server.Role).Distinct(StringComparer.Ordinal))
            files.AddYaml(GroupVars(outputs, role), "group_vars", role);
        var hostVars = outputs["AnsibleHostVarsMap"];
        foreach (var server in servers.All)
        {
            var names = Names(
                server.Role,
                deployments.Where(deployment => deployment.Server.Name == server.Name),
                [("pre_network", DeploymentPhase.PreNetwork), ("pre_deployments", DeploymentPhase.Pre), ("post_deployments", DeploymentPhase.Post)]);
            var own = hostVars.Map().Count == 0 ? MapValue.Empty : hostVars[server.Role][server.Name].Required().Map();
            files.AddYaml(new MapValue(names.Entries.Concat(own.Entries)), "host_vars", server.Name);
        }
    }

    // The role's variables override those of the services.
    private static MapValue GroupVars(OutputNode outputs, string role)
    {
        var ofServices = outputs["RoleData"][role]["ansible_group_vars"].Map();
        return new MapValue(ofServices.Entries.Concat(outputs["RoleGroupVars"][role].Required().Map().Entries));
    }

    private static MapValue Names(string role, IEnumerable<PlacedDeployment> deployments, (string Name, DeploymentPhase Phase)[] phases) =>
        new(phases.Select(phase => KeyValuePair.Create($"{phase.Name}_{role}", (Value)PlacedDeployment.Names(deployments, phase.Phase))));
}
