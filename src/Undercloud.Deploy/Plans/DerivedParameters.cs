using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Undercloud.Config;
using Undercloud.Deploy.Nodes;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>Parameters of the templates that follow from the node, the role and the other nodes of the cloud.</summary>
internal static class DerivedParameters
{
    private const string Prefix = "OS::TripleO::Services::";
    private const string HAProxy = Prefix + "HAproxy";

    // Parameters with the address of the node that has a service; the node itself where no node has it.
    private static readonly (string Parameter, string Service)[] s_hosts =
    [
        ("DatabaseHost", Prefix + "MySQL"),
        ("RpcHost", Prefix + "OsloMessagingRpc"),
        ("MemcachedHost", Prefix + "Memcached"),
        ("NovaMetadataHost", Prefix + "NovaMetadata"),
    ];

    /// <summary>The parameters.</summary>
    /// <param name="inputs">The node's inputs.</param>
    /// <param name="input">What follows from undercloud.conf.</param>
    /// <param name="role">The node's role; null when the roles file has errors.</param>
    public static MapValue Of(Inputs inputs, TemplateInput input, NodeRole? role)
    {
        var config = inputs.Config;
        // undercloud_hostname is about a cloud of one node.
        var hostname = inputs.Nodes.IsEmpty ? config.Hostname ?? inputs.Surroundings.HostName : inputs.Surroundings.HostName;
        var local = config.LocalIp;
        var placed = Placed(inputs, role);

        // Of several nodes, the one with HAProxy has the virtual addresses.
        var hosts = config.HasTls && (inputs.Nodes.IsEmpty || role?.Services.Contains(HAProxy) == true) ? new[] { config.PublicHost, config.AdminHost } : [];
        var virtualAddresses = hosts
            .Select(host => inputs.Surroundings.AddressOf(host, local.IsIPv6))
            .OfType<IPAddress>()
            .Where(address => !address.Equals(local.Address))
            .Distinct()
            .ToList();

        // With TLS, HAProxy alone uses the public address, where HAProxy exists.
        var publicAddress = role?.Services.Contains(HAProxy) == true ? input.PublicVirtualIp : null;
        var listening = virtualAddresses.Where(address => !address.Equals(publicAddress) || address.Equals(input.ControlVirtualIp)).Prepend(local.Address);
        var addresses = virtualAddresses.Select(a => $"{a}/{(a.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32)}").ToList();
        return new MapValue(
        [
            new("OpenStackRelease", inputs.Release),
            new("Release", OpenStackRelease.Of(inputs.Release)?.Templates ?? MapValue.Empty),
            new("RoleName", role?.Name ?? ""),
            new("RoleServices", Texts(role?.Services ?? [])),
            new("CloudServices", Texts(inputs.Nodes.IsEmpty ? role?.Services ?? [] : placed.Select(pair => pair.Service).Distinct())),
            new("HostIsContainer", inputs.HostIsContainer),
            new("HostDatapathType", inputs.KernelHasOpenVswitch ? "system" : "netdev"),
            new("HostSshPorts", Texts(inputs.SshPorts.Select(port => $"{port}"))),
            new("UndercloudHostname", hostname),
            new("UndercloudShortHostname", hostname.Split('.')[0]),
            new("ControlPlaneAddresses", Texts(addresses.Prepend($"{local.Address}/{local.PrefixLength}"))),
            new("VirtualAddresses", Texts(addresses)),
            new("KeepalivedVirtualRouterId", Math.Max(1, (int)(virtualAddresses.FirstOrDefault() ?? local.Address).GetAddressBytes()[^1])),
            new("ListenAddresses", Texts(listening.Select(InUrl))),
            new("PublicVirtualIp", publicAddress is not null ? InUrl(publicAddress) : ""),
            new("PeerAddresses", Texts(inputs.Nodes.Where(node => node != inputs.Node).Select(node => $"{node.Address.Address}"))),
            new("EndpointHosts", new MapValue(placed.DistinctBy(pair => pair.Service).Select(pair => KeyValuePair.Create(pair.Service, (Value)$"{pair.Node.Address.Address}")))),
            .. Hosts(inputs, role, $"{local.Address}").Entries,
            // The message queue has one password, under the names that the services use.
            new("RpcPassword", inputs.Passwords["RpcPassword"] ?? inputs.Passwords["RabbitPassword"] ?? ""),
        ]);
    }

    /// <summary>The addresses at which the node finds the services that have no endpoint in the catalogue, such as the database.</summary>
    /// <param name="inputs">The node's inputs.</param>
    /// <param name="role">The node's role; null when the roles file has errors.</param>
    /// <param name="own">The node's own address, where no node has a service.</param>
    public static MapValue Hosts(Inputs inputs, NodeRole? role, string own)
    {
        var placed = Placed(inputs, role);
        return new(s_hosts.Select(host => KeyValuePair.Create(
            host.Parameter, (Value)(placed.Where(pair => pair.Service == host.Service).Select(pair => $"{pair.Node.Address.Address}").FirstOrDefault() ?? own))));
    }

    // Each service with each node that has it, in the order of the nodes; empty for a cloud of one node.
    private static ImmutableArray<(string Service, CloudNode Node)> Placed(Inputs inputs, NodeRole? role)
    {
        if (inputs.Nodes.IsEmpty || role is null)
            return [];
        var roles = RolesFile.Read(inputs.Roles.Text, inputs.Roles.Path, new DiagnosticBag());
        return
        [
            .. from node in inputs.Nodes
               from service in roles.FirstOrDefault(other => other.Name == node.Role)?.Services ?? []
               select (service, node),
        ];
    }

    private static string InUrl(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}";

    private static ListValue Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (Value)text)]);
}
