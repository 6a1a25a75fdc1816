using System.CommandLine;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Files;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Agent;

/// <summary><c>undercloud agent files apply|prune</c>.</summary>
internal static class AgentFilesCommand
{
    public static Command Create(NodeLayout layout, IProcessRunner processes)
    {
        var files = new NodeFiles(layout, processes);
        var purge = new Option<bool>("--purge") { Description = "Also remove state directories and kept files, with their content." };
        return new("files", "Directories, files, blocks in shared files, the host name and units.")
        {
            AgentVerb.Create("apply", "Creates and updates what the manifest contains.", layout, [], (request, stop) =>
                files.ApplyAsync(request.Manifest, request.Check, stop)),
            AgentVerb.Create("prune", "Removes what is owned and no longer in the manifest.", layout, [purge], (request, stop) =>
                files.PruneAsync(request.Manifest, request.Parsed.GetValue(purge), request.Check, stop)),
        };
    }
}
