using System.Collections.Immutable;
using Undercloud.Heat.Resources;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>
/// Finds in a resolved stack the data that its outputs lack: deployments, as the TripleODeployment resources of tripleo-heat-templates'
/// config-download templates describe them, and the texts of network configurations.
/// </summary>
public static class ResolvedDeployments
{
    private const string Description = "TripleODeployment";
    private const string Deployment = "TripleOSoftwareDeployment";

    /// <summary>The request for a stack's project.</summary>
    public static ConfigDownloadRequest Request(string stack, StackResult result, MapValue parameterDefaults) => new(stack, result.Outputs)
    {
        Deployments = Deployments(result),
        NetworkConfigs = result.Configs.Values
            .Where(config => config.Config is StringValue)
            .ToImmutableDictionary(config => config.Id, config => ((StringValue)config.Config).Text),
        Inventory = new() { ParameterDefaults = parameterDefaults },
    };

    private static ImmutableArray<ServerDeployment> Deployments(StackResult result)
    {
        var made = Made(result.Deployments);
        return
        [
            .. (result.Tree?.Value.All() ?? [])
                // The inner of two such templates describes a deployment on the outer template's stand-in for the server.
                .Where(resource => resource.Name == Description && resource.Path.Length > 2 && resource.Path[^2] != Deployment)
                .Select(resource => (Resource: resource, Place: Stack(resource.Path, resource.Path.Length - 1)))
                .OrderBy(pair => made.TryGetValue(pair.Place, out var one) ? one.Order : int.MaxValue)
                .Select(pair => Describe(pair.Resource, made.TryGetValue(pair.Place, out var one) ? one.Config : null)),
        ];
    }

    // Keyed by the stack that describes the deployment. A deployment's type may be mapped twice, as in queens' NetworkDeployment: then the template
    // creates another template for its deployment, and that template has the deployment.
    private static Dictionary<string, (SoftwareConfig Config, int Order)> Made(ImmutableArray<SoftwareDeployment> deployments)
    {
        var made = new Dictionary<string, (SoftwareConfig Config, int Order)>(StringComparer.Ordinal);
        foreach (var deployment in deployments)
        {
            var path = deployment.ResourcePath;
            for (var length = path.Length; length > 0 && path[length - 1] == Deployment; length--)
                made[Stack(path, length - 1)] = (deployment.Config, made.Count);
        }

        return made;
    }

    private static ServerDeployment Describe(ResolvedResource resource, SoftwareConfig? config)
    {
        var value = resource.Value as MapValue ?? MapValue.Empty;
        return new((value["server"] as StringValue)?.Text ?? "", resource.PhysicalName, config is null ? null : Config(config))
        {
            Name = (value["name"] as StringValue)?.Text,
            ParentResource = resource.Path[^2],
            GrandparentResource = resource.Path[^3],
        };
    }

    private static DeploymentConfig Config(SoftwareConfig config) => new(config.Id, config.Group, config.Config)
    {
        Name = config.Name,
        Inputs = [.. config.Inputs.Items.OfType<MapValue>()],
        Outputs = [.. config.Outputs.Items.OfType<MapValue>()],
        Options = config.Options,
    };

    private static string Stack(ImmutableArray<string> path, int length) => string.Join('\n', path.Take(length));
}
