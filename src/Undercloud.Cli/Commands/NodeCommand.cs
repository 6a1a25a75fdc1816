using System.CommandLine;
using Undercloud.Host.Node;

namespace Undercloud.Cli.Commands;

/// <summary>
/// <c>undercloud node</c>: the operator's verbs on bare metal nodes; and what the installer's plays call on a node, and what its units call at boot.
/// </summary>
internal static class NodeCommand
{
    public static Command Create(Composition composition, NodeLayout layout) =>
        new("node", "Enrols, inspects and provides bare metal nodes; brings this node to what its manifest says.")
        {
            NodeImportCommand.Create(composition),
            NodeStateCommand.Introspect(composition),
            NodeStateCommand.Provide(composition),
            NodeFilesCommand.Create(layout, composition.Runner),
            NodeNetworkCommand.Create(layout, composition.Runner, composition.Time),
            NodeFirewallCommand.Create(layout, composition.Runner),
            NodeCertificatesCommand.Create(layout, composition.Runner, composition.Time),
            NodeCloudCommand.Create(layout, composition.Time),
            NodeRecoverCommand.Create(layout),
        };
}
