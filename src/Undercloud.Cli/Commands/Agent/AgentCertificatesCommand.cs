using System.CommandLine;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Certificates;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Agent;

/// <summary><c>undercloud agent certificates apply</c>. Certificates that are no longer wanted are removed by <c>files prune</c>.</summary>
internal static class AgentCertificatesCommand
{
    public static Command Create(NodeLayout layout, IProcessRunner processes, TimeProvider time)
    {
        var certificates = new NodeCertificates(layout, processes, time);
        return new("certificates", "Certificates of the public endpoints, and the authority that signs them.")
        {
            AgentVerb.Create("apply", "Creates the manifest's certificates, and renews those that expire soon.", layout, [], (request, stop) =>
                certificates.ApplyAsync(request.Manifest, request.Check, stop)),
        };
    }
}
