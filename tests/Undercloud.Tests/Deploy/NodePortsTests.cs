using Undercloud.Deploy.Plans;

namespace Undercloud.Tests.Deploy;

public sealed class NodePortsTests
{
    [Fact]
    public void A_plan_says_where_services_in_containers_listen()
    {
        var ports = StackPlanner.Plan(CollectionPlan.Inputs()).Plan!.Nodes[0].Ports;
        Assert.Contains(new PortEntry("mysql", "tcp", 3306, 3306), ports);
        Assert.Contains(new PortEntry("keystone", "tcp", 13000, 13000), ports);
        Assert.Contains(new PortEntry("ironic_pxe", "udp", 69, 69), ports);
        Assert.Contains(new PortEntry("swift_storage", "tcp", 6200, 6202), ports);
    }

    [Fact]
    public void The_hosts_own_SSH_server_is_no_service_of_the_undercloud() =>
        Assert.DoesNotContain(StackPlanner.Plan(CollectionPlan.Inputs()).Plan!.Nodes[0].Ports, port => port.First == 22);
}
