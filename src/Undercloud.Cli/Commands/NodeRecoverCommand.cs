using System.CommandLine;
using Undercloud.Host.Node;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud node recover</c>: the record of what is ours, made anew when it is damaged.</summary>
internal static class NodeRecoverCommand
{
    public static Command Create(NodeLayout layout) => NodeVerb.Create(
        "recover", "Makes a damaged owned.json anew from the manifest that was applied last.", layout, [], (request, _) =>
            Task.FromResult(new OwnedRecovery(layout).Run(request.Manifest, request.Check)));
}
