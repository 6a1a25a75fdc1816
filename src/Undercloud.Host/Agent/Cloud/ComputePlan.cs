using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>Finds out which flavors and key pairs have to be made or changed at Nova.</summary>
internal sealed class ComputePlan(AgentPlan plan, RestClient nova)
{
    /// <summary>The version of Nova's API since which a list of flavors has their extra specs (rocky).</summary>
    public const string Version = "compute 2.61";

    private readonly CloudOwnership _ownership = new(plan);

    /// <summary>Plans the flavors and key pairs.</summary>
    /// <param name="wanted">The desired ones.</param>
    /// <param name="flavors">The flavors that Nova has.</param>
    /// <param name="pairs">The key pairs that Nova has.</param>
    public void Add(CloudResources wanted, List<JsonObject> flavors, List<JsonObject> pairs)
    {
        foreach (var flavor in wanted.Flavors)
            Flavor(flavor, flavors.Find(found => CloudInventory.Text(found, "name") == flavor.Name));
        foreach (var pair in wanted.KeyPairs)
            KeyPair(pair, pairs.Find(found => CloudInventory.Text(found, "name") == pair.Name));
    }

    public static Task<List<JsonObject>> FlavorsAsync(RestClient nova, CancellationToken stop) =>
        nova.ListAsync("/flavors/detail?is_public=None", "flavors", stop);

    public static async Task<List<JsonObject>> KeyPairsAsync(RestClient nova, CancellationToken stop) =>
        [.. (await nova.ListAsync("/os-keypairs", "keypairs", stop)).Select(entry => entry["keypair"]).OfType<JsonObject>()];

    private void Flavor(CloudFlavor wanted, JsonObject? found)
    {
        var key = CloudKey.Flavor(wanted.Name);
        if (found is not null)
        {
            _ownership.Adopt(key, CloudInventory.Text(found, "id"));
            Update(wanted, found);
            return;
        }

        _ownership.Own(key, id: null);
        plan.Add(new("flavor", wanted.Name, "create"), async stop =>
        {
            var made = await nova.CreateAsync("/flavors", "flavor", new()
            {
                ["name"] = wanted.Name,
                ["ram"] = wanted.Ram,
                ["vcpus"] = wanted.Vcpus,
                ["disk"] = wanted.Disk,
            }, stop);
            _ownership.Own(key, CloudInventory.Text(made, "id"));
            await SetAsync(CloudInventory.Text(made, "id"), wanted.ExtraSpecs, stop);
        });
    }

    private void Update(CloudFlavor wanted, JsonObject found)
    {
        var id = CloudInventory.Text(found, "id");
        var specs = found["extra_specs"] as JsonObject ?? [];
        var differing = wanted.ExtraSpecs.Where(spec => specs[spec.Key]?.ToString() != spec.Value).ToDictionary();
        var obsolete = wanted.ObsoleteExtraSpecs.Where(spec => specs[spec.Key]?.ToString() == spec.Value).Select(spec => spec.Key).ToList();
        if (differing.Count == 0 && obsolete.Count == 0)
            return;
        var reasons = differing.Select(spec => $"{spec.Key} {spec.Value}, was {specs[spec.Key]?.ToString() ?? "none"}")
            .Concat(obsolete.Select(spec => $"{spec} is obsolete"));
        plan.Add(new("flavor", wanted.Name, "update", string.Join("; ", reasons)), async stop =>
        {
            await SetAsync(id, differing, stop);
            foreach (var spec in obsolete)
                await nova.DeleteAsync($"/flavors/{Uri.EscapeDataString(id)}/os-extra_specs/{Uri.EscapeDataString(spec)}", stop);
        });
    }

    private async Task SetAsync(string id, IReadOnlyDictionary<string, string> specs, CancellationToken stop)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in specs)
            fields[name] = value;
        if (fields.Count > 0)
            await nova.CallAsync(HttpMethod.Post, $"/flavors/{Uri.EscapeDataString(id)}/os-extra_specs", new() { ["extra_specs"] = fields }, stop);
    }

    // One that is there is never another's to change: servers have been given it.
    private void KeyPair(CloudKeyPair wanted, JsonObject? found)
    {
        var key = CloudKey.KeyPair(wanted.Name);
        if (found is not null)
        {
            _ownership.Adopt(key, CloudInventory.Text(found, "fingerprint"));
            return;
        }

        var file = new OperatorKey(plan, wanted.KeyFile);
        if (!file.Add())
            return;
        _ownership.Own(key, id: null);
        plan.Add(
            new("key-pair", wanted.Name, "create"),
            CloudRefusal.Explained(nova.Service, $"the public key {wanted.KeyFile}.pub", "Is it one that ssh-keygen made?", async stop =>
            {
                var made = await nova.CreateAsync("/os-keypairs", "keypair", new() { ["name"] = wanted.Name, ["public_key"] = file.Read() }, stop);
                _ownership.Own(key, CloudInventory.Text(made, "fingerprint"));
            }));
    }
}
