using System.CommandLine;
using Undercloud.Host.Node;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud node</c>: what the installer's plays call on a node, and what its units call at boot.</summary>
internal static class NodeCommand
{
    public static Command Create(NodeLayout layout, IProcessRunner processes, TimeProvider time) =>
        new("node", "Brings this node to what its manifest says.")
        {
            NodeFilesCommand.Create(layout, processes),
            NodeNetworkCommand.Create(layout, processes, time),
            NodeFirewallCommand.Create(layout, processes),
            NodeCertificatesCommand.Create(layout, processes, time),
            NodeCloudCommand.Create(layout, time),
        };
}
