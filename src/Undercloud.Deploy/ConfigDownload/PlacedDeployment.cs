using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>When a deployment is applied.</summary>
internal enum DeploymentPhase
{
    PreNetwork,
    Pre,
    Post,
}

/// <summary>A deployment with its server, the name of its file and its time.</summary>
internal sealed partial record PlacedDeployment(Server Server, string Name, DeploymentPhase Phase, SoftwareConfig Config)
{
    /// <summary>The deployments that have something to apply and a server to apply it on, in their order.</summary>
    public static ImmutableArray<PlacedDeployment> Place(ConfigDownloadRequest request, ServerList servers, ConfigDownloadLayout layout, DiagnosticBag diagnostics)
    {
        var placed = ImmutableArray.CreateBuilder<PlacedDeployment>();
        foreach (var deployment in request.Deployments)
        {
            if (deployment.Config is null)
                diagnostics.Warning(null, "DOWNLOAD003", $"The deployment {deployment.PhysicalName} has no configuration on this stack action; it is left out.");
            else if (servers.Of(deployment.Server) is not { } server)
                diagnostics.Warning(null, "DOWNLOAD004", $"The deployment {deployment.PhysicalName} is for server {deployment.Server}, which the outputs do not have (it may be blacklisted); it is left out.");
            else if (NameOf(deployment) is not { } name)
                diagnostics.Error(null, "DOWNLOAD005", $"The deployment {deployment.PhysicalName} has no name.", "Set its name property in the template.");
            else if (WithServer(deployment.Config, server) is not { } config)
                diagnostics.Error(null, "DOWNLOAD006", $"The configuration of deployment {name} has no input deploy_server_id.", "Deploy it through tripleo-heat-templates' config-download resources, which add it.");
            else
                placed.Add(new(server, name, PhaseOf(deployment.PhysicalName, layout), config));
        }

        return placed.ToImmutable();
    }

    /// <summary>The names of one phase's deployments, each once, in their order.</summary>
    public static ListValue Names(IEnumerable<PlacedDeployment> deployments, DeploymentPhase phase) =>
        new([.. deployments.Where(d => d.Phase == phase).Select(d => d.Name).Distinct(StringComparer.Ordinal).Select(TemplateText.Plain)]);

    private static string? NameOf(ServerDeployment deployment)
    {
        var name = string.IsNullOrEmpty(deployment.Name) ? deployment.ParentResource : deployment.Name;
        if (name is not null && PythonInteger().IsMatch(name))
            name = deployment.GrandparentResource;
        return string.IsNullOrEmpty(name) ? null : name;
    }

    private static DeploymentPhase PhaseOf(string physicalName, ConfigDownloadLayout layout) =>
        physicalName.Contains("ExtraConfigPost", StringComparison.Ordinal) || physicalName.Contains("PostConfig", StringComparison.Ordinal) ? DeploymentPhase.Post
        : layout == ConfigDownloadLayout.Train && physicalName.Contains("PreNetworkConfig", StringComparison.Ordinal) ? DeploymentPhase.PreNetwork
        : DeploymentPhase.Pre;

    // The templates deploy on a stand-in for the server.
    private static SoftwareConfig? WithServer(SoftwareConfig config, Server server)
    {
        for (var i = config.Inputs.Length - 1; i >= 0; i--)
        {
            if (config.Inputs[i]["name"] is StringValue { Text: "deploy_server_id" })
                return config with { Inputs = config.Inputs.SetItem(i, config.Inputs[i].With("value", server.Id)) };
        }

        return null;
    }

    // What Python's int() takes.
    [GeneratedRegex(@"^\s*[+-]?\d+(?:_\d+)*\s*\z")]
    private static partial Regex PythonInteger();
}
