using System.Net;
using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>What Neutron holds of one network; objects made later are added.</summary>
internal sealed class NetworkInventory
{
    /// <summary>Null when it is not there.</summary>
    public JsonObject? Network { get; set; }

    /// <summary>Null when Neutron does not have the plugin for them.</summary>
    public List<JsonObject>? Segments { get; set; } = [];

    public List<JsonObject> Subnets { get; private set; } = [];

    /// <summary>The id of a network that is there or was just made.</summary>
    public string NetworkId => Network is { } network ? CloudInventory.Text(network, "id") : throw new CloudException("The network is not at Neutron any more.");

    /// <summary>Reads it in three requests.</summary>
    /// <param name="neutron">Where to ask.</param>
    /// <param name="wanted">Which network is meant.</param>
    /// <param name="project">The administrator's project: others' networks may have the same name.</param>
    /// <param name="ownedId">The id of the one that was made here.</param>
    /// <param name="stop">Ends the asking.</param>
    public static async Task<NetworkInventory> ReadAsync(
        RestClient neutron, CloudNetwork wanted, string project, string? ownedId, CancellationToken stop)
    {
        var named = await neutron.ListAsync($"/v2.0/networks?name={Uri.EscapeDataString(wanted.Name)}", "networks", stop);
        var inventory = new NetworkInventory
        {
            Network = named.Where(network => CloudInventory.Text(network, "project_id") == project || IsOn(network, wanted.PhysicalNetwork))
                .OrderByDescending(network => CloudInventory.Text(network, "id") == ownedId)
                .ThenByDescending(network => IsOn(network, wanted.PhysicalNetwork))
                .ThenBy(network => CloudInventory.Text(network, "id"), StringComparer.Ordinal)
                .FirstOrDefault(),
        };
        if (inventory.Network is not null)
        {
            var subnets = neutron.ListAsync($"/v2.0/subnets?network_id={inventory.NetworkId}", "subnets", stop);
            await Task.WhenAll(inventory.ReadSegmentsAsync(neutron, stop), subnets);
            inventory.Subnets = await subnets;
        }

        return inventory;
    }

    /// <summary>Reads the segments, of which Neutron makes the first one with the network.</summary>
    public async Task ReadSegmentsAsync(RestClient neutron, CancellationToken stop)
    {
        try
        {
            Segments = await neutron.ListAsync($"/v2.0/segments?network_id={NetworkId}", "segments", stop);
        }
        catch (CloudException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            Segments = null;
        }
    }

    public JsonObject? Segment(string physicalNetwork) => Segments?.Find(segment => CloudInventory.Text(segment, "physical_network") == physicalNetwork);

    public JsonObject? Subnet(string cidr) => Subnets.Find(subnet => NeutronText.Network(CloudInventory.Text(subnet, "cidr")) == cidr);

    /// <summary>Whether a network is on a physical one; one with several segments says so of each.</summary>
    public static bool IsOn(JsonObject network, string physicalNetwork) => PhysicalNetworks(network).Contains(physicalNetwork);

    public static IEnumerable<string> PhysicalNetworks(JsonObject network) =>
        (network["segments"] as JsonArray ?? [network.DeepClone()]).OfType<JsonObject>().Select(segment => CloudInventory.Text(segment, "provider:physical_network"));
}
