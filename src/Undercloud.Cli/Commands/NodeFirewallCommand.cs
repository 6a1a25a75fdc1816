using System.CommandLine;
using Undercloud.Host.Node;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud node firewall apply|prune</c>.</summary>
internal static class NodeFirewallCommand
{
    public static Command Create(NodeLayout layout, IProcessRunner processes)
    {
        var firewall = new NodeFirewall(layout, processes);
        return new("firewall", "The node's own table of nftables.")
        {
            NodeVerb.Create("apply", "Loads the table as the manifest has it.", layout, [], (request, stop) =>
                firewall.ApplyAsync(request.Manifest, request.Check, stop)),
            NodeVerb.Create("prune", "Removes the table when it is ours and no longer in the manifest.", layout, [], (request, stop) =>
                firewall.PruneAsync(request.Manifest, request.Check, stop)),
        };
    }
}
