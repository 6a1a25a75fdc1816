using Undercloud.Deploy.Manifests;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>Finds out what has to be made or changed at the services besides Keystone.</summary>
internal sealed class ResourcePlan(AgentPlan plan, KeystoneClient keystone, string region, bool check)
{
    /// <summary>Plans all resources; a service that the catalogue does not have is passed over.</summary>
    public async Task AddAsync(CloudResources wanted, CancellationToken stop)
    {
        var quotas = wanted.Quotas.ToLookup(quota => quota.Service);
        if (wanted.Networks.Count > 0 || quotas.Contains("network"))
        {
            await AskAsync("network", "Neutron", async neutron =>
            {
                foreach (var network in wanted.Networks)
                    await NetworkAsync(network, neutron, stop);
                await QuotaPlan.AddAsync(plan, neutron, $"/v2.0/quotas/{keystone.ProjectId}", "quota", [.. quotas["network"]], stop);
            });
        }

        if (wanted.Flavors.Count > 0 || wanted.KeyPairs.Count > 0 || quotas.Contains("compute"))
        {
            await AskAsync("compute", "Nova", async nova =>
            {
                await new ComputePlan(plan, nova).AddAsync(wanted, stop);
                await QuotaPlan.AddAsync(plan, nova, $"/os-quota-sets/{keystone.ProjectId}", "quota_set", [.. quotas["compute"]], stop);
            });
        }
    }

    /// <summary>What a preview says where there is no cloud yet: everything is made.</summary>
    public static void AddAll(AgentPlan plan, CloudResources wanted)
    {
        foreach (var network in wanted.Networks)
        {
            Add("network", network.Name);
            foreach (var subnet in network.Subnets)
                Add("subnet", subnet.Name);
        }

        foreach (var flavor in wanted.Flavors)
            Add("flavor", flavor.Name);
        foreach (var pair in wanted.KeyPairs)
            Add("key-pair", pair.Name);

        void Add(string kind, string name) => plan.Add(new(kind, name, "create"), () => throw new InvalidOperationException("A preview is not carried out."));
    }

    private async Task NetworkAsync(CloudNetwork network, RestClient neutron, CancellationToken stop)
    {
        var owned = plan.Before.Cloud.GetValueOrDefault(CloudKey.Network(network.Name).ToString())?.Id;
        var inventory = await NetworkInventory.ReadAsync(neutron, network, keystone.ProjectId, owned, stop);
        new NetworkPlan(plan, network, inventory, neutron).Add();
        await new AdvertisementRouter(plan, network, inventory, neutron).AddAsync(stop);
    }

    private async Task AskAsync(string type, string name, Func<RestClient, Task> ask)
    {
        if (keystone.Service(type, name, region) is not { } service)
        {
            plan.Notes.Add($"Keystone's catalogue has no internal endpoint of the type {type} in {region}: nothing is made at {name}.");
            return;
        }

        try
        {
            await ask(service);
        }
        catch (CloudException exception) when (check && exception.Unreachable)
        {
            plan.Notes.Add($"{name} does not answer, so what it has is not compared: {exception.Message}");
        }
    }
}
