using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.HostNetwork;

/// <summary>The operator's network, which replaces the network of the services.</summary>
public static class OperatorNetwork
{
    /// <summary>The parameter with os-net-config's network_config.</summary>
    public const string Parameter = "UndercloudNetConfigOverride";

    private const string Noop = "net-config-noop.yaml";
    private const string Usual = "net-config-undercloud.yaml";
    private const string None = "OS::Heat::None";

    /// <summary>
    /// The operator's network in the environment; null for the services' own. A mapping of OS::TripleO::ROLE::Net::SoftwareConfig to net-config-noop.yaml
    /// leaves the network alone, whatever the parameter's value, since that template does not read it (source: tripleo-heat-templates,
    /// net-config-undercloud.j2.yaml, net-config-noop.yaml).
    /// </summary>
    /// <param name="environment">The merged environment.</param>
    /// <param name="role">The role's name.</param>
    /// <param name="file">The file of net_config_override, for places.</param>
    /// <param name="diagnostics">Takes the findings.</param>
    public static NetworkManifest? Of(HeatEnvironment environment, string role, NetConfigFile? file, DiagnosticBag diagnostics)
    {
        foreach (var type in new[] { $"OS::TripleO::{role}::Net::SoftwareConfig", "OS::TripleO::Undercloud::Net::SoftwareConfig" }.Distinct())
        {
            if (!environment.Registry.Mappings.TryGetValue(type, out var target) || target.EndsWith(Usual, StringComparison.Ordinal))
                continue;
            if (target == None || target.EndsWith(Noop, StringComparison.Ordinal))
                return new() { IsLeftAlone = true };
            diagnostics.Error(
                environment.RegistryLocation(type), NetConfigCodes.OtherTemplate, $"{type} is mapped to {target}, and the host's network is not made by a template here.",
                $"Write what it does as network_config into a file, and name that as net_config_override; {Noop} leaves the network alone.");
        }

        if (environment.ParameterDefaults[Parameter] is not { } value || value is NullValue or MapValue { Entries.IsEmpty: true })
            return null;
        var elsewhere = environment.Location(Parameter);
        if (value is MapValue map)
            return NetworkConfigReader.Read(map, keys => elsewhere ?? file?.PlaceOf(keys), diagnostics);
        diagnostics.Error(elsewhere, NetConfigCodes.NoNetworkConfig, $"{Parameter} is {value.TypeName}, not a map.", "Write a map with the list network_config.");
        return null;
    }

    /// <summary>
    /// The parameters that depend on the interface of the control plane, which carries local_ip. Where only the operator knows this interface, the
    /// bridge is used, and not local_interface, which may then be anything.
    /// </summary>
    public static MapValue Parameters(NetworkManifest network, string localAddress, HeatEnvironment environment)
    {
        var bridge = (environment.ParameterDefaults["NeutronPhysicalBridge"] as StringValue)?.Text ?? "br-ctlplane";
        var hasBridge = environment.ParameterDefaults["RoleServices"] is ListValue services && services.Items.Contains((Value)"OS::TripleO::Services::OpenVswitch");
        return (Carrier(network, localAddress)?.Name ?? (hasBridge ? bridge : null)) is { } carrier
            ? new(new[] { "ControlPlaneInterface", "KeepalivedInterface" }.Where(name => environment.Location(name) is null).Select(name => KeyValuePair.Create(name, (Value)carrier)))
            : MapValue.Empty;
    }

    /// <summary>
    /// The services with the operator's network in place of theirs. Bridges without ports stay: they are Neutron's own, and change no
    /// interface. Virtual addresses that no service sets go on the interface of local_ip.
    /// </summary>
    public static ImmutableArray<ServiceData> In(ImmutableArray<ServiceData> services, NetworkManifest network, string localAddress)
    {
        var host = services.FirstOrDefault(service => !service.Interfaces.IsEmpty) ?? services.FirstOrDefault();
        var set = services.SelectMany(service => service.VirtualAddresses).ToHashSet(StringComparer.Ordinal);
        var datapath = services.SelectMany(service => service.Bridges).Select(bridge => bridge.Datapath).FirstOrDefault(path => path is not null);
        var carrier = Carrier(network, localAddress);
        ImmutableArray<string> beside =
        [
            .. services.SelectMany(service => service.Interfaces).SelectMany(entry => entry.Addresses)
                .Where(address => !set.Contains(address) && AddressOf(address) != localAddress).Distinct(),
        ];
        return
        [
            .. services.Select(service => service with
            {
                Interfaces = service != host ? [] : [.. network.Interfaces.Select(entry => entry != carrier ? entry : entry with { Addresses = [.. entry.Addresses.Union(beside)] })],
                Bridges =
                [
                    .. service != host ? [] : network.Bridges.Select(bridge => bridge.Kind is null ? bridge with { Datapath = datapath } : bridge),
                    .. service.Bridges.Where(bridge => bridge.Ports.Count == 0 && network.Bridges.All(own => own.Name != bridge.Name)),
                ],
                Vlans = service != host ? [] : [.. network.Vlans],
                Nameservers = service != host ? [] : [.. network.Nameservers],
            }),
        ];
    }

    /// <summary>The bridge and the address that must already exist, since the operator's network does not have them.</summary>
    public static NetworkManifest Expecting(NetworkManifest plan, NetworkManifest network, ImmutableArray<ServiceData> services, string localAddress) => plan with
    {
        IsLeftAlone = network.IsLeftAlone,
        ExpectedAddress = Carrier(network, localAddress) is null ? localAddress : null,
        ExpectedBridge = services.SelectMany(service => service.Bridges).FirstOrDefault(bridge => bridge.Ports.Count > 0)?.Name is { } name
            && !network.Bridges.Any(own => own.Name == name && own.Kind is null) ? name : null,
    };

    private static InterfaceEntry? Carrier(NetworkManifest network, string address) => network.Interfaces.FirstOrDefault(entry => entry.Addresses.Any(text => AddressOf(text) == address));

    private static string AddressOf(string text) => text.Split('/')[0];
}
