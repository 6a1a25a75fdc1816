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
            Description = "Seconds to wait for an interface that is not there yet, as at boot.",
            DefaultValueFactory = _ => 30,
        };
        return new("network", "Bridges, and addresses on interfaces.")
        {
            AgentVerb.Create("apply", "Makes the manifest's bridges and puts its addresses on their interfaces.", layout, [wait], (request, stop) =>
                network.ApplyAsync(request.Manifest, TimeSpan.FromSeconds(request.Parsed.GetValue(wait)), request.Check, stop)),
            AgentVerb.Create("restore", "Brings bridges and addresses back to what was confirmed last, as at a start of the host.", layout, [wait], (request, stop) =>
                network.RestoreAsync(request.Manifest, TimeSpan.FromSeconds(request.Parsed.GetValue(wait)), request.Check, stop)),
            AgentVerb.Create("revert", "Puts the network back to before a change that no run confirmed.", layout, [], (request, _) =>
                network.RevertAsync(request.Check)),
            AgentVerb.Create("prune", "Removes the bridges and addresses that are ours and no longer in the manifest.", layout, [], (request, stop) =>
                network.PruneAsync(request.Manifest, request.Check, stop)),
        };
    }
}
