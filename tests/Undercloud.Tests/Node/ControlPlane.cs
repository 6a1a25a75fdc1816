using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Tests.Node;

/// <summary>The network that an undercloud wants at Neutron, in the shapes that tests of it need.</summary>
internal static class ControlPlane
{
    public static CloudSubnet Local { get; } = new("ctlplane-subnet", "192.168.24.0/24", "192.168.24.1")
    {
        Local = true,
        AllocationPools = [new("192.168.24.5", "192.168.24.24")],
    };

    public static CloudSubnet Leaf { get; } = new("leaf1", "192.168.34.0/24", "192.168.34.254")
    {
        AllocationPools = [new("192.168.34.5", "192.168.34.24")],
        HostRoutes = [new("10.0.0.0/8", "192.168.34.254")],
    };

    public static CloudResources Wanted(params CloudSubnet[] subnets) => Wanted(1500, subnets);

    public static CloudResources Wanted(int mtu, params CloudSubnet[] subnets) => new() { Networks = [new("ctlplane", "ctlplane", mtu) { Subnets = subnets }] };

    public static CloudResources Routed(params CloudSubnet[] subnets) => Routed(1500, subnets);

    public static CloudResources Routed(int mtu, params CloudSubnet[] subnets) =>
        new() { Networks = [new("ctlplane", "ctlplane", mtu) { Routed = true, Subnets = subnets }] };

    public static string Text(JsonObject from, string name) => from[name]?.ToString() ?? "";

    public static IEnumerable<string> Said(NodeResult result) => result.Changes.Select(change => $"{change.Action} {change.Kind} {change.Name}");
}
