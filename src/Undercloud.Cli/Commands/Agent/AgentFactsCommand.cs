using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Host.Gathering;

namespace Undercloud.Cli.Commands.Agent;

/// <summary><c>undercloud agent facts</c>: what the planning needs to know about this node, as JSON.</summary>
internal static class AgentFactsCommand
{
    public static Command Create(Composition composition)
    {
        var command = new Command("facts", "Print what a deploying host has to know about this node, as JSON.");
        command.SetAction(async (_, stop) =>
        {
            Console.Out.Write(NodeFactsJson.Write(await NodeFacts.ReadAsync(composition.Runner, composition.Installed, stop)));
            return ExitCodes.Done;
        });
        return command;
    }
}
