using Undercloud.Config;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Checks;

namespace Undercloud.Host.Gathering;

/// <summary>What an installed undercloud cannot change: its own address, which is in databases, certificates and the nodes' configuration.</summary>
public static class InstalledAddress
{
    /// <summary>
    /// The finding about a local_ip that is not the installed one, prefix length included; null when it is the same, or when the tool does not
    /// configure the interface (source: _validate_no_ip_change of python-tripleoclient's undercloud_preflight.py, which reads the
    /// interface's address in os-net-config's file).
    /// </summary>
    /// <param name="config">undercloud.conf, effective.</param>
    /// <param name="wanted">The node's plan.</param>
    /// <param name="applied">The node's plan that was applied last.</param>
    public static Diagnostic? Change(UndercloudConfig config, NodePlan wanted, NodePlan applied)
    {
        var address = config.LocalIp.ToString();
        var link = Links(wanted).FirstOrDefault(link => link.Addresses.Contains(address))?.Name;
        var before = Links(applied).Where(other => other.Name == link).SelectMany(other => other.Addresses).ToList();
        return link is null || before.Count == 0 || before.Contains(address)
            ? null
            : new(
                Severity.Error, HostCodes.OtherAddress, $"Changing the local_ip is not allowed. The installed undercloud has {before[0]}, and undercloud.conf says {address}.",
                config[AddressOptions.LocalIp].Location, $"Write local_ip = {before[0]}. For another address: undercloud uninstall --purge, and then undercloud install.");
    }

    private static IEnumerable<Deploy.Manifests.InterfaceEntry> Links(NodePlan node) => node.Manifest.Network.Interfaces;
}
