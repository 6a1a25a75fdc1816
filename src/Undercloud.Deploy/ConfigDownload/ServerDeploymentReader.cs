using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>
/// Reads from data what the outputs lack: a map of deployments (a list), network_configs (texts by id) and parameter_defaults, with the
/// keys of Heat's interfaces.
/// </summary>
public static class ServerDeploymentReader
{
    /// <summary>The request with this data added; data of a wrong shape becomes a finding.</summary>
    public static ConfigDownloadRequest Read(ConfigDownloadRequest request, MapValue data, DiagnosticBag diagnostics)
    {
        var root = new OutputNode(data, "", diagnostics);
        var deployments = root["deployments"];
        return request with
        {
            Deployments = [.. deployments.List().Items.Select((item, index) => Deployment(new OutputNode(item, $"deployments[{index}]", diagnostics)))],
            NetworkConfigs = root["network_configs"].Entries()
                .Select(entry => (entry.Key, Text: entry.Item.Text()))
                .Where(entry => entry.Text is not null)
                .ToImmutableDictionary(entry => entry.Key, entry => entry.Text!),
            Inventory = request.Inventory with { ParameterDefaults = root["parameter_defaults"].Map() },
        };
    }

    private static ServerDeployment Deployment(OutputNode node) => new(
        node["server"].Text() ?? "",
        node["physical_resource_id"].Text() ?? "",
        node["config"].IsNull ? null : Config(node["config"]))
    {
        Name = Optional(node["name"]),
        ParentResource = Optional(node["parent_resource"]),
        GrandparentResource = Optional(node["grandparent_resource"]),
    };

    private static DeploymentConfig Config(OutputNode node) => new(node["id"].Text() ?? "", Optional(node["group"]), node["config"].Value)
    {
        Name = Optional(node["name"]),
        CreationTime = Optional(node["creation_time"]),
        Inputs = [.. node["inputs"].List().Items.OfType<MapValue>()],
        Outputs = [.. node["outputs"].List().Items.OfType<MapValue>()],
        Options = node["options"].Value,
    };

    private static string? Optional(OutputNode node) => node.IsNull ? null : node.Text();
}
