using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Plans;

/// <summary>Makes one plan of the plans of several nodes.</summary>
internal static class CloudPlanner
{
    // The finding that no service of a node serves the public endpoints: another node may have HAProxy.
    private const string NoFrontend = "PLAN013";

    // Findings that something has no effect: on one node it may have none, and on another one it has.
    private static readonly string[] s_withoutEffect = ["HOT016", "ENV006", "HIERA003"];

    /// <summary>The nodes' plans once more, each with the services of the other nodes, as one plan.</summary>
    /// <param name="nodes">The inputs of each node.</param>
    /// <param name="parts">Its plan by itself.</param>
    public static PlanningResult Merge(ImmutableArray<Inputs> nodes, ImmutableArray<(PlanningResult Result, PlanAttempt? Attempt)> parts)
    {
        var diagnostics = new DiagnosticBag();
        diagnostics.AddRange(Found(parts));
        ImmutableArray<string> secrets = [.. parts.SelectMany(part => part.Result.Secrets).Distinct()];
        ImmutableArray<PlanAttempt> attempts = [.. parts.Where(part => part.Result.Plan is not null).Select(part => part.Attempt).OfType<PlanAttempt>()];
        if (attempts.Length < parts.Length)
            return new(null, diagnostics.All, secrets);

        var owner = attempts.FirstOrDefault(attempt => attempt.Services.Any(service => service.CloudLogin is not null));
        var found = new DiagnosticBag();
        ImmutableArray<DeploymentPlan> plans = [.. nodes.Zip(attempts, (inputs, attempt) => Again(inputs, attempt, owner, nodes, attempts, found))];
        diagnostics.AddRange(found.All.Distinct().Except(diagnostics.All));
        if (diagnostics.HasErrors)
            return new(null, diagnostics.All, secrets);
        var plan = plans[0] with
        {
            Nodes = [.. plans.SelectMany(plan => plan.Nodes)],
            Images = new SortedDictionary<string, string>(plans.SelectMany(plan => plan.Images).DistinctBy(image => image.Key).ToDictionary(image => image.Key, image => image.Value), StringComparer.Ordinal),
            Notes = [.. plans.SelectMany(plan => plan.Notes).Distinct()],
        };
        return new(plan, diagnostics.All, secrets);
    }

    private static DeploymentPlan Again(
        Inputs inputs, PlanAttempt attempt, PlanAttempt? owner, ImmutableArray<Inputs> nodes, ImmutableArray<PlanAttempt> attempts, DiagnosticBag diagnostics)
    {
        // The client's files are for who deploys; where the deploying host is no node, they are where Keystone is.
        var hasClient = inputs.Node is { Connection: null } || (ReferenceEquals(attempt, owner) && nodes.All(other => other.Node is not { Connection: null }));
        return Planner.Plan(
            attempt.Services,
            attempt.Planned! with
            {
                Peers = [.. nodes.Zip(attempts).Where(other => !ReferenceEquals(other.Second, attempt)).Select(other => new PeerNode($"{other.First.Node!.Address.Address}", other.Second.Services))],
                OwnsCloud = ReferenceEquals(attempt, owner),
                ExtraFiles = [.. hasClient ? PlanAttempt.Client([.. attempts.SelectMany(other => other.Services)], inputs) : [], .. inputs.ToolFiles],
            },
            diagnostics);
    }

    private static IEnumerable<Diagnostic> Found(ImmutableArray<(PlanningResult Result, PlanAttempt? Attempt)> parts) => parts
        .SelectMany(part => part.Result.Diagnostics)
        .Distinct()
        .Where(finding => finding.Code != NoFrontend
            && (finding.Severity == Severity.Error || !s_withoutEffect.Contains(finding.Code) || parts.All(part => part.Result.Diagnostics.Any(other => other.Code == finding.Code && other.Location == finding.Location))));
}
