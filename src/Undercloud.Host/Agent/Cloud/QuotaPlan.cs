using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>Finds out which limits of a project at one service differ. Limits are set, not made: they stay when nobody wants them any more.</summary>
internal static class QuotaPlan
{
    /// <param name="plan">Where the change goes.</param>
    /// <param name="service">Whose limits.</param>
    /// <param name="path">The project's limits.</param>
    /// <param name="resource">What the service calls them, e.g. quota_set.</param>
    /// <param name="wanted">The limits.</param>
    /// <param name="stop">Ends the asking.</param>
    public static async Task AddAsync(
        AgentPlan plan, RestClient service, string path, string resource, IReadOnlyCollection<CloudQuota> wanted, CancellationToken stop)
    {
        if (wanted.Count == 0)
            return;
        var found = (await service.CallAsync(HttpMethod.Get, path, null, stop))?[resource] as JsonObject ?? [];
        var differing = wanted.Where(quota => found[quota.Name]?.ToString() != $"{quota.Limit}").ToList();
        if (differing.Count == 0)
            return;
        var fields = new JsonObject();
        foreach (var quota in differing)
            fields[quota.Name] = quota.Limit;
        var reasons = differing.Select(quota => $"{quota.Name} {quota.Limit}, was {found[quota.Name]?.ToString() ?? "none"}");
        plan.Add(
            new("quota", differing[0].Service, "update", string.Join("; ", reasons)),
            CloudRefusal.Explained(service.Service, $"the limits {string.Join(", ", differing.Select(quota => quota.Name))}", "Does it know them all?",
                running => service.CallAsync(HttpMethod.Put, path, new() { [resource] = fields }, running)));
    }
}
