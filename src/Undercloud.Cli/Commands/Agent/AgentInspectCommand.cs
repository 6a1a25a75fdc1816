using System.CommandLine;
using System.Text.Json;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Operations;

namespace Undercloud.Cli.Commands.Agent;

/// <summary><c>undercloud agent inspect state|check|unapplied|containers|restarts</c>: compares this node with its plan on standard input; prints JSON.</summary>
internal static class AgentInspectCommand
{
    public static Command Create(Composition composition)
    {
        var cloud = new Option<bool>("--cloud") { Description = "Also compare the objects in the cloud." };
        var check = Verb(composition, RemoteNode.Check, "The differences between the plan and the node.", async (agent, node, parsed, stop) =>
            ManifestJson.Write(await agent.CheckAsync(node, parsed.GetValue(cloud), stop)));
        check.Add(cloud);
        return new("inspect", "Compare this node with the plan on standard input. A deploying host calls these over SSH.")
        {
            Verb(composition, RemoteNode.State, "The facts of the node on which an installation depends.", async (agent, node, _, stop) => NodeReports.Write(await agent.StateAsync(node, stop))),
            check,
            Verb(composition, RemoteNode.Unapplied, "What applying the plan would do on the node.", async (agent, node, _, stop) => ManifestJson.Write(await agent.UnappliedAsync(node, stop))),
            Verb(composition, RemoteNode.Restarts, "The restarts that became necessary on the node.", async (agent, node, _, stop) => NodeReports.Write(await agent.RestartsAsync(node, stop))),
            Verb(composition, RemoteNode.Containers, "The state of the plan's containers.", async (agent, node, _, stop) =>
            {
                using var gate = new SemaphoreSlim(EndpointCheck.Parallel);
                return NodeReports.Write(await agent.ContainersAsync(node, gate, stop));
            }),
        };
    }

    private static Command Verb(Composition composition, string name, string description, Func<INodeAgent, NodePlan, ParseResult, CancellationToken, Task<string>> answer)
    {
        var command = new Command(name, description);
        command.SetAction(async (parsed, stop) =>
        {
            NodePlan node;
            try
            {
                node = PlanJson.ReadNode(await Console.In.ReadToEndAsync(stop));
            }
            catch (JsonException mistake)
            {
                await Console.Error.WriteLineAsync($"Standard input holds no node's part of a plan: {mistake.Message} A deploying host of the same version writes it.");
                return ExitCodes.Usage;
            }

            await using var agent = new LocalNode(composition.Runner, Composition.CloudConnection, composition.Time, new(), new());
            Console.Out.Write(await answer(agent, node, parsed, stop));
            return ExitCodes.Done;
        });
        return command;
    }
}
