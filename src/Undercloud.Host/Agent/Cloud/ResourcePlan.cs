using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>Finds out what has to be made or changed at the services besides Keystone.</summary>
internal sealed class ResourcePlan(AgentPlan plan, KeystoneClient keystone, string region, bool check)
{
    /// <summary>Plans all resources; a service that the catalogue does not have is passed over.</summary>
    public async Task AddAsync(CloudResources wanted, CancellationToken stop)
    {
        // The services are read at the same time. The plan is filled afterwards, always in the same order.
        foreach (var add in await Task.WhenAll(NetworkAsync(wanted, stop), ComputeAsync(wanted, stop)))
            add();
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

    // Each reads its service, and returns what fills the plan.
    private Task<Action> NetworkAsync(CloudResources wanted, CancellationToken stop)
    {
        var quotas = wanted.Quotas.Where(quota => quota.Service == "network").ToList();
        return ReadAsync("network", "Neutron", wanted.Networks.Count > 0 || quotas.Count > 0, async neutron =>
        {
            var quota = new QuotaPlan(plan, neutron, $"/v2.0/quotas/{keystone.ProjectId}", "quota", quotas);
            var (limits, networks) = (quota.ReadAsync(stop), wanted.Networks.Select(network => NetworkAsync(network, neutron, stop)).ToList());
            await Task.WhenAll([limits, .. networks]);
            return () =>
            {
                networks.ForEach(network => network.Result());
                quota.Add(limits.Result);
            };
        });
    }

    private async Task<Action> NetworkAsync(CloudNetwork network, RestClient neutron, CancellationToken stop)
    {
        var owned = plan.Before.Cloud.GetValueOrDefault(CloudKey.Network(network.Name).ToString())?.Id;
        var inventory = await NetworkInventory.ReadAsync(neutron, network, keystone.ProjectId, owned, stop);
        var router = new AdvertisementRouter(plan, network, inventory, neutron);
        await router.ReadAsync(stop);
        return () =>
        {
            new NetworkPlan(plan, network, inventory, neutron).Add();
            router.Add();
        };
    }

    private Task<Action> ComputeAsync(CloudResources wanted, CancellationToken stop)
    {
        var quotas = wanted.Quotas.Where(quota => quota.Service == "compute").ToList();
        return ReadAsync("compute", "Nova", wanted.Flavors.Count > 0 || wanted.KeyPairs.Count > 0 || quotas.Count > 0, async nova =>
        {
            nova.Headers["OpenStack-API-Version"] = ComputePlan.Version;
            var quota = new QuotaPlan(plan, nova, $"/os-quota-sets/{keystone.ProjectId}", "quota_set", quotas);
            var limits = quota.ReadAsync(stop);
            var flavors = wanted.Flavors.Count > 0 ? ComputePlan.FlavorsAsync(nova, stop) : Task.FromResult<List<JsonObject>>([]);
            var pairs = wanted.KeyPairs.Count > 0 ? ComputePlan.KeyPairsAsync(nova, stop) : Task.FromResult<List<JsonObject>>([]);
            await Task.WhenAll(limits, flavors, pairs);
            return () =>
            {
                new ComputePlan(plan, nova).Add(wanted, flavors.Result, pairs.Result);
                quota.Add(limits.Result);
            };
        });
    }

    private async Task<Action> ReadAsync(string type, string name, bool isWanted, Func<RestClient, Task<Action>> read)
    {
        if (!isWanted)
            return () => { };
        if (keystone.Service(type, name, region) is not { } service)
            return () => plan.Notes.Add($"Keystone's catalogue has no internal endpoint of the type {type} in {region}: nothing is made at {name}.");
        try
        {
            return await read(service);
        }
        catch (CloudException exception) when (check && exception.Unreachable)
        {
            return () => plan.Notes.Add($"{name} does not answer, so what it has is not compared: {exception.Message}");
        }
    }
}
