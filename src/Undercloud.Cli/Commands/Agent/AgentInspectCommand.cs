using System.CommandLine;
using System.Text.Json;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Operations;

namespace Undercloud.Cli.Commands.Agent;

/// <summary><c>undercloud agent inspect state|check|unapplied|containers</c>: this node against its plan, which is read from standard input; the answer is JSON.</summary>
internal static class AgentInspectCommand
{
    public static Command Create(Composition composition)
    {
        var cloud = new Option<bool>("--cloud") { Description = "Also ask the cloud's services for the objects in them." };
        var check = Verb(composition, RemoteNode.Check, "What differs between the plan and the node.", async (agent, node, parsed, stop) =>
            ManifestJson.Write(await agent.CheckAsync(node, parsed.GetValue(cloud), stop)));
        check.Add(cloud);
        return new("inspect", "Compare this node with the plan on standard input. A deploying host calls these over SSH.")
        {
            Verb(composition, RemoteNode.State, "What the node has, as far as an installation depends on it.", async (agent, node, _, stop) => NodeReports.Write(await agent.StateAsync(node, stop))),
            check,
            Verb(composition, RemoteNode.Unapplied, "What applying the plan would do on the node.", async (agent, node, _, stop) => ManifestJson.Write(await agent.UnappliedAsync(node, stop))),
            Verb(composition, RemoteNode.Containers, "How the containers of the plan are.", async (agent, node, _, stop) =>
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
