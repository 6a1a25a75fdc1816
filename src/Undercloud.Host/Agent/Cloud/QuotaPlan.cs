using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>Finds out which limits of a project at one service differ. Limits are set, not made: they stay when no configuration names them any more.</summary>
/// <param name="plan">Receives the change.</param>
/// <param name="service">The service.</param>
/// <param name="path">The project's limits there.</param>
/// <param name="resource">The name of the limits in the service's API, e.g. quota_set.</param>
/// <param name="wanted">The desired limits.</param>
internal sealed class QuotaPlan(AgentPlan plan, RestClient service, string path, string resource, IReadOnlyCollection<CloudQuota> wanted)
{
    /// <summary>The limits that the service has. Nothing is asked when no limits are desired.</summary>
    /// <exception cref="CloudException">The request is refused, or nothing answers.</exception>
    public async Task<JsonObject> ReadAsync(CancellationToken stop) =>
        wanted.Count == 0 ? [] : (await service.CallAsync(HttpMethod.Get, path, null, stop))?[resource] as JsonObject ?? [];

    /// <summary>Plans the change of the limits that differ.</summary>
    /// <param name="found">The limits that the service has.</param>
    public void Add(JsonObject found)
    {
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
