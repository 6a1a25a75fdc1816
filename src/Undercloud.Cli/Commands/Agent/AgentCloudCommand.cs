using System.CommandLine;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Cloud;

namespace Undercloud.Cli.Commands.Agent;

/// <summary><c>undercloud agent cloud apply|prune --step N</c>.</summary>
internal static class AgentCloudCommand
{
    public static Command Create(NodeLayout layout, Func<HttpMessageHandler> connection, TimeProvider time)
    {
        var cloud = new NodeCloud(layout, connection, LocalAddresses.Has, time);
        var step = new Option<int>("--step") { Description = "The deployment step of the objects.", Required = true };
        return new("cloud", "Users, services and endpoints in Keystone; networks in Neutron; flavors in Nova.")
        {
            AgentVerb.Create("apply", "Creates and updates the step's objects.", layout, [step], (request, stop) =>
                cloud.ApplyAsync(request.Manifest, request.Parsed.GetValue(step), request.Check, stop)),
            AgentVerb.Create("prune", "Removes owned objects that no step wants any more.", layout, [step], (request, stop) =>
                cloud.PruneAsync(request.Manifest, request.Parsed.GetValue(step), request.Check, stop)),
        };
    }
}
