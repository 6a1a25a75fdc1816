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
internal sealed partial record PlacedDeployment(Server Server, string Name, DeploymentPhase Phase, DeploymentConfig Config)
{
    /// <summary>The deployments that have a configuration and a server to apply it on, in their order.</summary>
    public static ImmutableArray<PlacedDeployment> Place(
        ConfigDownloadRequest request, ServerList servers, ConfigDownloadLayout layout, DiagnosticBag diagnostics) =>
        [.. request.Deployments.Select(deployment => Place(deployment, servers, layout, diagnostics)).OfType<PlacedDeployment>()];

    /// <summary>The names of one phase's deployments, each once, in their order.</summary>
    public static ListValue Names(IEnumerable<PlacedDeployment> deployments, DeploymentPhase phase) =>
        new([.. deployments.Where(d => d.Phase == phase).Select(d => d.Name).Distinct(StringComparer.Ordinal).Select(TemplateText.Plain)]);

    private static PlacedDeployment? Place(ServerDeployment deployment, ServerList servers, ConfigDownloadLayout layout, DiagnosticBag diagnostics)
    {
        var subject = $"The deployment {deployment.PhysicalName}";
        if (deployment.Config is null)
            diagnostics.Warning(null, "DOWNLOAD003", $"{subject} has no configuration on this stack action; it is left out.");
        else if (servers.Of(deployment.Server) is not { } server)
            diagnostics.Warning(null, "DOWNLOAD004", $"{subject} is for server {deployment.Server}, which is not in the outputs (blacklisted?); it is left out.");
        else if (NameOf(deployment) is not { } name)
            diagnostics.Error(null, "DOWNLOAD005", $"{subject} has no name.", "Set its name property in the template.");
        else if (WithServer(deployment.Config, server) is not { } config)
            diagnostics.Error(null, "DOWNLOAD006", $"{subject} has no input deploy_server_id.", "Deploy it through the config-download templates.");
        else
            return new(server, name, PhaseOf(deployment.PhysicalName, layout), config);
        return null;
    }

    private static string? NameOf(ServerDeployment deployment)
    {
        var name = string.IsNullOrEmpty(deployment.Name) ? deployment.ParentResource : deployment.Name;
        if (name is not null && PythonInteger().IsMatch(name))
            name = deployment.GrandparentResource;
        return string.IsNullOrEmpty(name) ? null : name;
    }

    private static DeploymentPhase PhaseOf(string physicalName, ConfigDownloadLayout layout) =>
        Has(physicalName, "ExtraConfigPost") || Has(physicalName, "PostConfig") ? DeploymentPhase.Post
        : layout == ConfigDownloadLayout.Train && Has(physicalName, "PreNetworkConfig") ? DeploymentPhase.PreNetwork
        : DeploymentPhase.Pre;

    private static bool Has(string physicalName, string resource) => physicalName.Contains(resource, StringComparison.Ordinal);

    // The templates deploy on a stand-in for the server.
    private static DeploymentConfig? WithServer(DeploymentConfig config, Server server)
    {
        for (var i = config.Inputs.Length - 1; i >= 0; i--)
        {
            if (config.Inputs[i]["name"] is StringValue { Text: "deploy_server_id" })
                return config with { Inputs = config.Inputs.SetItem(i, config.Inputs[i].With("value", server.Id)) };
        }

        return null;
    }

    // The numbers that Python's int() accepts.
    [GeneratedRegex(@"^\s*[+-]?\d+(?:_\d+)*\s*\z")]
    private static partial Regex PythonInteger();
}
