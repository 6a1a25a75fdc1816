using Undercloud.Deploy.Plans;

namespace Undercloud.Tests.Deploy;

public sealed class KeepalivedTests
{
    [Fact]
    public void Virtual_addresses_are_keepaliveds_and_not_the_interfaces()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs());
        Assert.Empty(result.Diagnostics);
        var network = result.Plan!.Nodes[0].Manifest.Network;
        Assert.Equal(["192.168.24.1/24"], network.Interfaces.SelectMany(entry => entry.Addresses));
        var written = result.TextFile("keepalived.conf").Content;
        Assert.Contains("    interface br-ctlplane\n    virtual_router_id 2\n", written);
        Assert.Contains("        192.168.24.2/32\n        192.168.24.3/32\n", written);
        Assert.Equal("1", network.KernelSettings["net.ipv4.ip_nonlocal_bind"]);
    }

    [Fact]
    public void Without_keepalived_the_interface_has_them()
    {
        var without = CollectionPlan.Inputs() with
        {
            Environments = [new("own.yaml", "resource_registry: {'OS::TripleO::Services::Keepalived': OS::Heat::None}\n")],
        };
        var network = StackPlanner.Plan(without).Plan!.Nodes[0].Manifest.Network;
        Assert.Equal(["192.168.24.1/24", "192.168.24.2/32", "192.168.24.3/32"], network.Interfaces.SelectMany(entry => entry.Addresses));
        Assert.DoesNotContain("net.ipv4.ip_nonlocal_bind", network.KernelSettings.Keys);
    }

    [Fact]
    public void Without_a_bridge_they_are_on_the_interface_itself()
    {
        var inputs = CollectionPlan.Inputs("local_interface = eth5\n");
        var roles = inputs.Roles with { Text = "- name: Undercloud\n  ServicesDefault: [OS::TripleO::Services::UndercloudHost, OS::TripleO::Services::Keepalived]\n" };
        Assert.Contains("interface eth5\n", StackPlanner.Plan(inputs with { Roles = roles }).TextFile("keepalived.conf").Content);
    }

    [Fact]
    public void Without_HAProxy_in_the_role_no_public_endpoint_has_TLS()
    {
        var inputs = CollectionPlan.Inputs();
        var roles = inputs.Roles with { Text = "- name: Undercloud\n  ServicesDefault: [OS::TripleO::Services::UndercloudHost, OS::TripleO::Services::Keystone]\n" };
        var service = Assert.Single(StackPlanner.Plan(inputs with { Roles = roles }).Plan!.Nodes[0].Manifest.Cloud.Values.SelectMany(cloud => cloud.Services));
        Assert.Equal("http://192.168.24.2:5000", service.Endpoints["public"]);
    }
}
