using System.CommandLine;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Files;

namespace Undercloud.Cli.Commands.Agent;

/// <summary><c>undercloud agent recover</c>: recovers a damaged ownership record.</summary>
internal static class AgentRecoverCommand
{
    public static Command Create(NodeLayout layout) => AgentVerb.Create(
        "recover", "Recovers a damaged owned.json from the manifest that was applied last.", layout, [], (request, _) =>
            Task.FromResult(new OwnedRecovery(layout).Run(request.Manifest, request.Check)));
}
