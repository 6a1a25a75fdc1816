using System.CommandLine;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Network;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Agent;

/// <summary><c>undercloud agent network apply|restore|revert|prune</c>.</summary>
internal static class AgentNetworkCommand
{
    public static Command Create(NodeLayout layout, IProcessRunner processes, TimeProvider time)
    {
        var network = new NodeNetwork(layout, processes, time);
        var wait = new Option<int>("--wait")
        {
            Description = "Seconds to wait for an interface that does not exist yet, as at boot.",
            DefaultValueFactory = _ => 30,
        };
        return new("network", "Bridges, and addresses of interfaces.")
        {
            AgentVerb.Create("apply", "Creates the manifest's bridges and sets the addresses of its interfaces.", layout, [wait], (request, stop) =>
                network.ApplyAsync(request.Manifest, TimeSpan.FromSeconds(request.Parsed.GetValue(wait)), request.Check, stop)),
            AgentVerb.Create("restore", "Restores the bridges and addresses that were confirmed last, as at a reboot.", layout, [wait], (request, stop) =>
                network.RestoreAsync(request.Manifest, TimeSpan.FromSeconds(request.Parsed.GetValue(wait)), request.Check, stop)),
            AgentVerb.Create("revert", "Rolls back a network change that no run confirmed.", layout, [], (request, _) =>
                network.RevertAsync(request.Check)),
            AgentVerb.Create("prune", "Removes owned bridges and addresses that are no longer in the manifest.", layout, [], (request, stop) =>
                network.PruneAsync(request.Manifest, request.Check, stop)),
        };
    }
}
