using Undercloud.Config;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Deploy;

public sealed class CloudResourcesTests
{
    [Fact]
    public void The_control_planes_network_comes_from_the_options_without_any_set()
    {
        var network = Network("");
        Assert.Equal(("ctlplane", "ctlplane", 1500, false), (network.Name, network.PhysicalNetwork, network.Mtu, network.Routed));
        var subnet = Assert.Single(network.Subnets);
        Assert.Equal(("ctlplane-subnet", "192.168.24.0/24", "192.168.24.1", true), (subnet.Name, subnet.Cidr, subnet.Gateway, subnet.Local));
        Assert.Equal([new("192.168.24.5", "192.168.24.24")], subnet.AllocationPools);
        Assert.Null(subnet.Ipv6AddressMode);
    }

    [Fact]
    public void Every_option_of_a_subnet_reaches_it()
    {
        var network = Network("""
            local_mtu = 1400
            undercloud_nameservers = 192.168.24.8
            [ctlplane-subnet]
            dhcp_start = 192.168.24.10,192.168.24.200
            dhcp_end = 192.168.24.90,192.168.24.210
            dhcp_exclude = 192.168.24.30-192.168.24.39
            gateway = 192.168.24.254
            host_routes = [{destination: 10.0.0.0/8, nexthop: 192.168.24.254}]
            """);
        Assert.Equal(1400, network.Mtu);
        var subnet = Assert.Single(network.Subnets);
        Assert.Equal("192.168.24.254", subnet.Gateway);
        Assert.Equal(["192.168.24.10-192.168.24.29", "192.168.24.40-192.168.24.90", "192.168.24.200-192.168.24.210"], subnet.AllocationPools.Select(pool => $"{pool.Start}-{pool.End}"));
        Assert.Equal([new("10.0.0.0/8", "192.168.24.254")], subnet.HostRoutes);
        Assert.Equal(["192.168.24.8"], subnet.DnsNameservers);
    }

    [Fact]
    public void With_routed_networks_the_local_subnet_comes_first()
    {
        var network = Network("""
            subnets = leaf1,ctlplane-subnet
            enable_routed_networks = true
            [ctlplane-subnet]
            dns_nameservers = 192.168.24.8
            [leaf1]
            cidr = 192.168.34.0/24
            gateway = 192.168.34.254
            dhcp_start = 192.168.34.5
            dhcp_end = 192.168.34.24
            inspection_iprange = 192.168.34.100,192.168.34.120
            dns_nameservers = 192.168.34.9
            """);
        Assert.True(network.Routed);
        Assert.Equal(["ctlplane-subnet", "leaf1"], network.Subnets.Select(subnet => subnet.Name));
        Assert.Equal(["192.168.34.9"], network.Subnets[1].DnsNameservers);
        Assert.False(network.Subnets[1].Local);
    }

    [Theory]
    [InlineData("", "dhcpv6-stateless")]
    [InlineData("ipv6_address_mode = dhcpv6-stateful", "dhcpv6-stateful")]
    public void An_IPv6_subnet_has_the_mode_that_is_set(string line, string mode)
    {
        var subnet = Assert.Single(Network($"""
            local_ip = fd12:3456::1/64
            undercloud_public_host = fd12:3456::2
            undercloud_admin_host = fd12:3456::3
            {line}
            [ctlplane-subnet]
            cidr = fd12:3456::/64
            gateway = fd12:3456::1
            dhcp_start = fd12:3456::10
            dhcp_end = fd12:3456::20
            inspection_iprange = fd12:3456::100,fd12:3456::120
            """).Subnets);
        Assert.Equal(mode, subnet.Ipv6AddressMode);
        Assert.Equal([new("fd12:3456::10", "fd12:3456::20")], subnet.AllocationPools);
    }

    [Fact]
    public void Limits_of_the_administrators_project_are_lifted()
    {
        var quotas = Resources("").Quotas.Where(quota => quota.Service == "network");
        Assert.Equal(["network", "port", "subnet"], quotas.Select(quota => quota.Name));
        Assert.All(quotas, quota => Assert.Equal(-1, quota.Limit));
    }

    [Fact]
    public void Each_profile_has_a_flavor_that_takes_a_whole_node()
    {
        var flavors = Resources("").Flavors;
        Assert.Equal(["baremetal", "block-storage", "ceph-storage", "compute", "control", "swift-storage"], flavors.Select(flavor => flavor.Name).Order());
        Assert.All(flavors, flavor =>
        {
            Assert.Equal((4096, 1, 40), (flavor.Ram, flavor.Vcpus, flavor.Disk));
            Assert.Equal(("1", "0", "0", "0"), (flavor.ExtraSpecs["resources:CUSTOM_BAREMETAL"], flavor.ExtraSpecs["resources:VCPU"], flavor.ExtraSpecs["resources:MEMORY_MB"], flavor.ExtraSpecs["resources:DISK_GB"]));
            Assert.Equal(flavor.Name == "baremetal" ? null : flavor.Name, flavor.ExtraSpecs.GetValueOrDefault("capabilities:profile"));
            Assert.Equal([new("capabilities:boot_option", "local")], flavor.ObsoleteExtraSpecs);
        });
        Assert.Equal([new("default", "/home/stack/.ssh/id_rsa")], Resources("").KeyPairs);
        Assert.Equal([new("compute", "cores", -1), new("compute", "instances", -1), new("compute", "ram", -1)], Resources("").Quotas.Where(quota => quota.Service == "compute"));
    }

    [Fact]
    public void Without_Nova_there_is_nothing_to_make_at_it()
    {
        var resources = Resources("enable_nova = false");
        Assert.Equal((0, 0), (resources.Flavors.Count, resources.KeyPairs.Count));
        Assert.DoesNotContain(resources.Quotas, quota => quota.Service == "compute");
        Assert.Single(resources.Networks);
    }

    [Theory]
    [InlineData("""{"network": {}}""", "x.cloud_resources.network is no key of cloud_resources")]
    [InlineData("""{"networks": {"n": {"physical_network": "p", "mtu": "large"}}}""", "x.cloud_resources.networks.n.mtu must be a whole number from 0")]
    [InlineData("""{"networks": {"n": {"physical_network": "p", "mtu": 1500, "local_subnet": "b", "subnets": {"a": {"NetworkCidr": "10.0.0.0/8"}}}}}""", "local_subnet is b, which is none of its subnets")]
    [InlineData("""{"networks": {"n": {"physical_network": "p", "mtu": 1500, "local_subnet": "a", "subnets": {"a": {"NetworkCidr": "10.0.0.0"}}}}}""", "subnets.a.NetworkCidr is no network")]
    [InlineData("""{"quotas": {"image": {"images": 1}}}""", "quotas.image is no service with quotas")]
    [InlineData("""{"key_pairs": {"default": {}}}""", "key_pairs.default.key_file is missing")]
    [InlineData("""{"flavors": {"f": {"ram": 1, "vcpus": 1, "disk": 1, "extra_specs": ["a"]}}}""", "flavors.f.extra_specs must be a map, not list")]
    public void What_does_not_fit_is_reported(string resources, string expected)
    {
        var diagnostics = new DiagnosticBag();
        RoleDataReader.Read(new ListValue([CanonicalJson.Read($$"""{"service_name": "x", "cloud_resources": {{resources}}}""")]), diagnostics);
        Assert.Contains(diagnostics.All, finding => finding.ToString().Contains(expected, StringComparison.Ordinal));
    }

    private static CloudNetwork Network(string config) => Assert.Single(Resources(config).Networks);

    private static CloudResources Resources(string config)
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs(config));
        Assert.NotNull(result.Plan);
        return result.Plan.Nodes[0].Manifest.Cloud[Planner.ResourceStep].Resources;
    }
}
