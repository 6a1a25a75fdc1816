using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Nodes;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>
/// Everything that a run will create, as data. It can be printed, compared, stored and applied. A plan whose nodes have no content is
/// an uninstalled cloud.
/// </summary>
public sealed record DeploymentPlan
{
    /// <summary>The stack's name, e.g. undercloud.</summary>
    public required string Stack { get; init; }

    /// <summary>The OpenStack release, e.g. zed.</summary>
    public required string Release { get; init; }

    public IReadOnlyList<NodePlan> Nodes { get; init; } = [];

    /// <summary>Image names to the ids they had when the plan was made.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new SortedDictionary<string, string>();

    /// <summary>What the operator should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The plan's fingerprint: equal plans have equal fingerprints.</summary>
    [JsonIgnore]
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PlanJson.Write(this))));
}

/// <summary>One node's part of the plan.</summary>
public sealed record NodePlan
{
    /// <summary>The role of the node, which is its group in the inventory, e.g. Undercloud.</summary>
    public required string Role { get; init; }

    public required NodeManifest Manifest { get; init; }

    /// <summary>How the node is reached; null for the deploying host itself.</summary>
    public SshConnection? Connection { get; init; }

    /// <summary>How the node's databases are dumped and loaded; null for a node without a database server.</summary>
    public DatabaseServer? DatabaseServer { get; init; }

    /// <summary>The names of the databases of the node's services, on whichever node they are.</summary>
    public IReadOnlyList<string> Databases { get; init => field = value ?? []; } = [];

    /// <summary>The files of the node that a backup keeps.</summary>
    public IReadOnlyList<BackupPart> Backup { get; init => field = value ?? []; } = [];

    /// <summary>Names of all services of the role, for lists and for status.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The ports at which the services' containers listen.</summary>
    public IReadOnlyList<PortEntry> Ports { get; init; } = [];

    /// <summary>The Debian packages that the node needs.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Ansible tasks before step 1.</summary>
    public Value HostPrepTasks { get; init; } = ListValue.Empty;

    /// <summary>Ansible tasks on the node, by step.</summary>
    public IReadOnlyDictionary<int, Value> DeployStepsTasks { get; init; } = new SortedDictionary<int, Value>();

    /// <summary>Ansible tasks on the deploying host, by step.</summary>
    public IReadOnlyDictionary<int, Value> ExternalDeployTasks { get; init; } = new SortedDictionary<int, Value>();

    /// <summary>Ansible tasks on the node that an update runs before everything else of a step, by step; step 0 is the host preparation.</summary>
    public IReadOnlyDictionary<int, Value> UpdateTasks { get; init => field = value ?? new SortedDictionary<int, Value>(); } = new SortedDictionary<int, Value>();

    /// <summary>Ansible tasks on the node that an update runs after all steps, by their own steps.</summary>
    public IReadOnlyDictionary<int, Value> PostUpdateTasks { get; init => field = value ?? new SortedDictionary<int, Value>(); } = new SortedDictionary<int, Value>();

    /// <summary>The containers by step, in the order of their names; a step without containers may be missing.</summary>
    [JsonConverter(typeof(StepContainersConverter))]
    public IReadOnlyDictionary<int, ImmutableArray<ContainerSpec>> Containers { get; init; } = new SortedDictionary<int, ImmutableArray<ContainerSpec>>();

    /// <summary>The node's name.</summary>
    [JsonIgnore]
    public string Name => Manifest.Node;

    /// <summary>The containers of a step; empty for a step without containers.</summary>
    public ImmutableArray<ContainerSpec> ContainersOf(int step) => Containers.GetValueOrDefault(step, []);

    /// <summary>The containers of all steps.</summary>
    [JsonIgnore]
    public IEnumerable<ContainerSpec> AllContainers => Containers.OrderBy(step => step.Key).SelectMany(step => step.Value);
}

/// <summary>Ports at which a service listens.</summary>
/// <param name="Service">Its name, e.g. keystone.</param>
/// <param name="Protocol">tcp or udp.</param>
/// <param name="First">The first one.</param>
/// <param name="Last">The last one.</param>
public sealed record PortEntry(string Service, string Protocol, int First, int Last);

/// <summary>Plans as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(DeploymentPlan))]
[JsonSerializable(typeof(NodePlan))]
public sealed partial class PlanJson : JsonSerializerContext
{
    /// <summary>The plan as JSON, byte-stable. It holds secrets: write it 0600.</summary>
    public static string Write(DeploymentPlan plan) => JsonSerializer.Serialize(plan, Default.DeploymentPlan) + "\n";

    /// <summary>One node's part as JSON. It holds secrets.</summary>
    public static string Write(NodePlan node) => JsonSerializer.Serialize(node, Default.NodePlan) + "\n";

    /// <exception cref="JsonException">The text is no node's part of a plan.</exception>
    public static NodePlan ReadNode(string json) =>
        JsonSerializer.Deserialize(json, Default.NodePlan) is { Manifest: not null } node ? node : throw new JsonException("It is no node's part of a plan.");

    /// <exception cref="JsonException">The text is no plan of a node.</exception>
    public static DeploymentPlan Read(string json)
    {
        var plan = JsonSerializer.Deserialize(json, Default.DeploymentPlan);
        return plan is { Nodes: [{ Manifest: not null }, ..], Images: not null, Notes: not null } ? plan : throw new JsonException("It is the plan of no node.");
    }
}
