using System.CommandLine;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Network;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Agent;

/// <summary><c>undercloud agent firewall apply|prune</c>.</summary>
internal static class AgentFirewallCommand
{
    public static Command Create(NodeLayout layout, IProcessRunner processes)
    {
        var firewall = new NodeFirewall(layout, processes);
        return new("firewall", "The node's own table of nftables.")
        {
            AgentVerb.Create("apply", "Loads the manifest's table.", layout, [], (request, stop) =>
                firewall.ApplyAsync(request.Manifest, request.Check, stop)),
            AgentVerb.Create("prune", "Removes the table when it is owned and no longer in the manifest.", layout, [], (request, stop) =>
                firewall.PruneAsync(request.Manifest, request.Check, stop)),
        };
    }
}
