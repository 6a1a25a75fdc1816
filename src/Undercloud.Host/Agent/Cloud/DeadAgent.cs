using System.Text.Json.Nodes;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>An agent of Neutron's whose host has another name now.</summary>
/// <param name="plan">Where the changes go.</param>
/// <param name="agent">The dead one.</param>
/// <param name="successor">The one that runs in its place; null while there is none.</param>
/// <param name="neutron">Where to ask.</param>
internal sealed class DeadAgent(AgentPlan plan, JsonObject agent, JsonObject? successor, RestClient neutron)
{
    private string Id => CloudInventory.Text(agent, "id");

    /// <summary>
    /// Plans to remove it. The networks and routers that it served go to its successor first: removed with them, it would leave them to nobody
    /// until the successor is restarted.
    /// </summary>
    /// <param name="keep">Is told the host and why, when it has to stay.</param>
    /// <param name="stop">Ends the asking.</param>
    public async Task RemoveAsync(Action<string, string> keep, CancellationToken stop)
    {
        var name = $"{CloudInventory.Text(agent, "agent_type")} on {CloudInventory.Text(agent, "host")}";
        var (path, collection, field) = Served();
        var served = path is null ? [] : await neutron.ListAsync($"/v2.0/agents/{Id}/{path}", collection, stop);
        if (served.Count > 0 && successor is null)
        {
            keep(CloudInventory.Text(agent, "host"), $"{name} stays at Neutron: it has {served.Count} {collection}, and there is no agent yet to take them.");
            return;
        }

        var there = served.Count == 0 ? [] : (await neutron.ListAsync($"/v2.0/agents/{successor!["id"]}/{path}", collection, stop)).Select(IdOf).ToHashSet();
        plan.Add(new("agent", name, "remove", successor is null ? "the node has another name now" : $"the node is {successor["host"]} now"), async running =>
        {
            foreach (var id in served.Select(IdOf))
            {
                // Off the old one first: that keeps the address of the port it served a network from, and a router is with one agent alone.
                await neutron.DeleteAsync($"/v2.0/agents/{Id}/{path}/{id}", running);
                if (!there.Contains(id))
                    await neutron.CallAsync(HttpMethod.Post, $"/v2.0/agents/{successor!["id"]}/{path}", new() { [field] = id }, running);
            }

            await neutron.DeleteAsync($"/v2.0/agents/{Id}", running);
        });
    }

    private (string? Path, string Collection, string Field) Served() => CloudInventory.Text(agent, "binary") switch
    {
        "neutron-dhcp-agent" => ("dhcp-networks", "networks", "network_id"),
        "neutron-l3-agent" => ("l3-routers", "routers", "router_id"),
        _ => (null, "", ""),
    };

    private static string IdOf(JsonObject one) => CloudInventory.Text(one, "id");
}
