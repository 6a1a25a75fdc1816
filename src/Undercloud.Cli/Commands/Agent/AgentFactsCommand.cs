using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Host.Gathering;

namespace Undercloud.Cli.Commands.Agent;

/// <summary><c>undercloud agent facts</c>: the facts of this node that planning needs, as JSON.</summary>
internal static class AgentFactsCommand
{
    public static Command Create(Composition composition)
    {
        var command = new Command("facts", "Print the facts of this node for the deploying host, as JSON.");
        command.SetAction(async (_, stop) =>
        {
            Console.Out.Write(NodeFactsJson.Write(await NodeFacts.ReadAsync(composition.Runner, composition.Installed, stop)));
            return ExitCodes.Done;
        });
        return command;
    }
}
