using System.CommandLine;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Certificates;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Agent;

/// <summary><c>undercloud agent certificates apply</c>; what is no longer wanted goes with the files.</summary>
internal static class AgentCertificatesCommand
{
    public static Command Create(NodeLayout layout, IProcessRunner processes, TimeProvider time)
    {
        var certificates = new NodeCertificates(layout, processes, time);
        return new("certificates", "Certificates of the public endpoints, and the authority that signs them.")
        {
            AgentVerb.Create("apply", "Makes the manifest's certificates, and anew those about to expire.", layout, [], (request, stop) =>
                certificates.ApplyAsync(request.Manifest, request.Check, stop)),
        };
    }
}
