using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>
/// A TripleODeployment resource, which stands for a software deployment on a server while config-download applies it (source:
/// tripleo-heat-templates, deployed-server and config-download environments).
/// </summary>
/// <param name="Server">The server's id, as ServerIdData has it.</param>
/// <param name="PhysicalName">
/// The resource's physical name, which contains the names of the resources it is nested in: PreNetworkConfig, PostConfig and ExtraConfigPost
/// say when the deployment runs.
/// </param>
/// <param name="Config">The configuration that is deployed; null when this stack action deploys none.</param>
public sealed record ServerDeployment(string Server, string PhysicalName, DeploymentConfig? Config)
{
    /// <summary>The deployment's name property.</summary>
    public string? Name { get; init; }

    /// <summary>The resource that contains this nested stack; the name of a deployment without a name of its own.</summary>
    public string? ParentResource { get; init; }

    /// <summary>The resource above the parent: the name of a deployment that has only a number in its group.</summary>
    public string? GrandparentResource { get; init; }
}

/// <summary>A configuration, as Heat's software configuration API returns it.</summary>
/// <param name="Id">Its id. A node uses the id to know whether it applied the deployment, so a changed configuration needs another id.</param>
/// <param name="Group">The tool that applies it: script, hiera, ansible, puppet.</param>
/// <param name="Config">Text, or data for a tool that takes data.</param>
public sealed record DeploymentConfig(string Id, string? Group, Value Config)
{
    public string? Name { get; init; }

    /// <summary>When it was created; null when that is unknown.</summary>
    public string? CreationTime { get; init; }

    /// <summary>Maps of name, description, type and value; deploy_server_id is one of them.</summary>
    public ImmutableArray<MapValue> Inputs { get; init; } = [];

    /// <summary>Maps of name, description and type.</summary>
    public ImmutableArray<MapValue> Outputs { get; init; } = [];

    public Value Options { get; init; } = MapValue.Empty;
}
