using System.CommandLine;
using Undercloud.Host.Agent;

namespace Undercloud.Cli.Commands.Agent;

/// <summary>
/// <c>undercloud agent</c>: the verbs that the playbook runs on every node, and that the node's units run at boot. Each verb reconciles one part of the
/// node with its manifest.
/// </summary>
internal static class AgentCommand
{
    public static Command Create(Composition composition, NodeLayout layout) =>
        new("agent", "Reconcile this host with its manifest. The playbook and the node's units run these verbs.")
        {
            AgentFilesCommand.Create(layout, composition.Runner),
            AgentNetworkCommand.Create(layout, composition.Runner, composition.Time),
            AgentFirewallCommand.Create(layout, composition.Runner),
            AgentCertificatesCommand.Create(layout, composition.Runner, composition.Time),
            AgentCloudCommand.Create(layout, Composition.CloudConnection, composition.Time),
            AgentRecoverCommand.Create(layout),
            AgentFactsCommand.Create(composition),
            AgentInspectCommand.Create(composition),
        };
}
