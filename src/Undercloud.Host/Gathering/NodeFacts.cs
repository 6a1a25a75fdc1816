using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Undercloud.Deploy.Containers;
using Undercloud.Host.Agent.Network;
using Undercloud.Host.Containers;
using Undercloud.Host.Generations;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Gathering;

/// <summary>What the planning needs to know about one node; each node tells it of itself (<c>undercloud agent facts</c>).</summary>
public sealed record NodeFacts
{
    /// <summary>The node's name, fully qualified when the node says so.</summary>
    public required string Hostname { get; init; }

    /// <summary>Whether the node is a container: it then has no clock of its own.</summary>
    public bool IsContainer { get; init; }

    /// <summary>Whether systemd is its PID 1.</summary>
    public bool SystemdRuns { get; init; }

    /// <summary>Whether the kernel has, or can load, Open vSwitch's datapath.</summary>
    public bool KernelHasOpenVswitch { get; init; }

    /// <summary>The ports of its SSH server.</summary>
    public ImmutableArray<int> SshPorts { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The release of the undercloud on it; null for none.</summary>
    public string? Release { get; init; }

    /// <summary>Names of containers that another installer has made.</summary>
    public ImmutableArray<string> ForeignContainers { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The node that this program runs on.</summary>
    public static async Task<NodeFacts> ReadAsync(IProcessRunner runner, InstalledRelease installed, CancellationToken stop)
    {
        var host = await HostFacts.GatherAsync(runner, stop);
        return new()
        {
            Hostname = host.Hostname,
            IsContainer = host.IsContainer,
            SystemdRuns = host.SystemdRuns,
            KernelHasOpenVswitch = KernelModules.Has("openvswitch"),
            SshPorts = await SshServer.PortsAsync(runner, stop),
            Release = installed.Read(),
            ForeignContainers = await ForeignAsync(runner, stop),
        };
    }

    // Every installer of the field labels its containers with managed_by or config_id (paunch, tripleo_ansible, edpm_ansible) or has the label of kolla's images;
    // the parts of a configuration's hash are a label of this tool's.
    private static async Task<ImmutableArray<string>> ForeignAsync(IProcessRunner runner, CancellationToken stop)
    {
        try
        {
            return
            [
                .. (await new Podman(runner).ListAsync(stop))
                    .Where(container => container.Parts is null && (container.ManagedBy ?? container.ConfigId ?? container.Labels.GetValueOrDefault("kolla_version")) is not null)
                    .Select(container => container.Name)
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (HostCommandException)
        {
            // A node without podman has no containers of anybody.
            return [];
        }
    }
}

/// <summary>Facts as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NodeFacts))]
public sealed partial class NodeFactsJson : JsonSerializerContext
{
    public static string Write(NodeFacts facts) => JsonSerializer.Serialize(facts, Default.NodeFacts) + "\n";

    /// <exception cref="JsonException">The text holds no facts.</exception>
    public static NodeFacts Read(string json) => JsonSerializer.Deserialize(json, Default.NodeFacts) ?? throw new JsonException("The facts are null.");
}
