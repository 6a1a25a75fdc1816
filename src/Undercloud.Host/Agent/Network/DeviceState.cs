using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>An interface with its kind.</summary>
/// <param name="Name">e.g. vlan16.</param>
/// <param name="Kind">bridge, bond, vlan, openvswitch, veth ...; null for a card.</param>
/// <param name="Master">The interface of which it is a port.</param>
/// <param name="Parent">The parent interface of a VLAN.</param>
/// <param name="VlanId">The id of a VLAN.</param>
internal sealed record DeviceState(string Name, string? Kind, string? Master, string? Parent, int? VlanId)
{
    /// <summary>
    /// Reads the interfaces when the kernel's bridges, bonds or VLANs are wanted or owned; else empty. For a prune, which does not need foreign interfaces.
    /// </summary>
    public static Task<ImmutableArray<DeviceState>> ForAsync(OwnedState before, NetworkManifest wanted, IProcessRunner processes, CancellationToken stop) =>
        wanted.Vlans.Count > 0 || wanted.Bridges.Any(bridge => bridge.Kind is not null) || !before.Vlans.IsEmpty || before.Bridges.Values.Any(bridge => bridge.Kind is not null)
            ? ReadAsync(processes, stop)
            : Task.FromResult(ImmutableArray<DeviceState>.Empty);

    /// <summary>Reads the interfaces from the kernel.</summary>
    /// <exception cref="HostCommandException">The command failed, or did not print a list of interfaces.</exception>
    public static async Task<ImmutableArray<DeviceState>> ReadAsync(IProcessRunner processes, CancellationToken stop) =>
    [
        .. (await processes.RunAsync(CommandLine.Of("ip", "-j", "-d", "link", "show") with { Timeout = TimeSpan.FromSeconds(20) }, stop)).Json(DeviceJson.Default.IpDeviceArray)
            .Where(link => link.Ifname is not null)
            .Select(link => new DeviceState(link.Ifname!, link.Linkinfo?.InfoKind, link.Master, link.Link, link.Linkinfo?.InfoData?.Id)),
    ];

    /// <summary>The kernel's bridges and bonds.</summary>
    public static ImmutableArray<BridgeState> Bridges(ImmutableArray<DeviceState> devices) =>
    [
        .. devices.Where(device => device.Kind is "bridge" or "bond").Select(device => new BridgeState(device.Name, [.. devices.Where(port => port.Master == device.Name).Select(port => port.Name)])
        {
            Kind = device.Kind == "bridge" ? BridgeEntry.Linux : BridgeEntry.Bond,
        }),
    ];
}

internal sealed record IpDevice
{
    public string? Ifname { get; init; }

    public string? Master { get; init; }

    public string? Link { get; init; }

    public IpDeviceKind? Linkinfo { get; init; }
}

internal sealed record IpDeviceKind
{
    public string? InfoKind { get; init; }

    public IpDeviceData? InfoData { get; init; }
}

internal sealed record IpDeviceData
{
    // A number for a VLAN, a text for other kinds, e.g. the id of a bridge.
    [JsonPropertyName("id")]
    public JsonElement? Raw { get; init; }

    [JsonIgnore]
    public int? Id => Raw is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var id) ? id : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IpDevice[]))]
internal sealed partial class DeviceJson : JsonSerializerContext;
