namespace Undercloud.Scenarios;

// The control plane, its neighbours and the firewall.
public abstract partial class UndercloudContainersSteps
{
    private const string Asking = "--max-time 3 --silent --output /dev/null --write-out '%{http_code}'";

    [Fact]
    public void A_neighbour_reaches_the_control_plane_through_its_bridge() => Step(() =>
    {
        Assert.Contains("eth1", SandboxHost.Bash("ovs-vsctl list-ports br-ctlplane").Expect().Output.Split('\n'));
        var answer = Neighbour("ip address add 192.168.24.250/24 dev eth1p; curl --max-time 10 --silent --output /dev/null --write-out '%{http_code}' https://192.168.24.2:13000/v3");
        Assert.Equal("200", answer);
    });

    [Fact]
    public void The_firewall_lets_a_neighbour_to_the_services_and_to_nothing_else() => Step(() =>
    {
        // Different listeners: the database, a foreign web server, Keystone's internal endpoint.
        SandboxHost.Bash("systemd-run --quiet --collect --unit=web python3 -m http.server 8999").Expect();
        Assert.Equal("200", Until($"curl {Asking} http://192.168.24.1:8999", "200"));
        Assert.Equal(
            "000 000 300",
            Neighbour($"""
                ip address add 192.168.24.250/24 dev eth1p
                curl {Asking} http://192.168.24.1:3306; echo -n ' '; curl {Asking} http://192.168.24.1:8999; echo -n ' '; curl {Asking} http://192.168.24.3:5000
                """));
        SandboxHost.Bash("systemctl stop web; nft add rule inet undercloud input tcp dport 8999 accept").Expect();
        Assert.Contains("changed since it was loaded", SandboxHost.Exec("undercloud", "status", "-f", "json").Expect(1).Output);
        SandboxHost.Exec("undercloud", "agent", "firewall", "apply").Expect();
        SandboxHost.Bash("! nft list table inet undercloud | grep 8999").Expect();
    });

    [Fact]
    public void A_plain_user_of_the_host_reaches_neither_the_cache_nor_Swifts_storage() => Step(() =>
    {
        // The same request as root and as keystone shows that the rule causes the refusal.
        const string Ask = "timeout 5 bash -c 'exec 3<>/dev/tcp/192.168.24.1/PORT'";
        var asked = new[] { "11211", "6200", "6201", "6202" }.Select(port => (Port: port, Ask: Ask.Replace("PORT", port, StringComparison.Ordinal))).ToList();
        Assert.All(asked, ask => SandboxHost.Bash(ask.Ask).Expect());
        Assert.All(asked, ask => Assert.Contains("refused", SandboxHost.Bash($"setpriv --reuid=65534 --regid=65534 --clear-groups {ask.Ask}").Expect(1).Error));
        SandboxHost.Bash($"setpriv --reuid=42425 --regid=42425 --clear-groups {asked[0].Ask}").Expect();
    });

    [Fact]
    public void Every_agent_of_Neutron_is_alive() => Step(() =>
        Assert.Equal("4", Until("openstack network agent list -f value -c Alive | grep -c True", "4")));

    [Fact]
    public void The_control_planes_network_is_there() => Step(() =>
    {
        var subnet = SandboxHost.Json(SandboxHost.Exec("openstack", "subnet", "show", "ctlplane-subnet", "-f", "json").Expect());
        Assert.Equal(("192.168.24.0/24", "192.168.24.1"), (subnet.GetProperty("cidr").GetString(), subnet.GetProperty("gateway_ip").GetString()));
        Assert.Equal("[{\"start\":\"192.168.24.5\",\"end\":\"192.168.24.24\"}]", Compact(subnet.GetProperty("allocation_pools")));
        SandboxHost.Remember("subnet", subnet.GetProperty("id").GetString()!);
        var network = SandboxHost.Json(SandboxHost.Exec("openstack", "network", "show", "ctlplane", "-f", "json").Expect());
        Assert.Equal(("flat", "ctlplane"), (network.GetProperty("provider:network_type").GetString(), network.GetProperty("provider:physical_network").GetString()));
        Assert.Equal("ctlplane-subnet", SandboxHost.Exec("openstack", "network", "segment", "list", "-f", "value", "-c", "Name").Expect().Output.Trim());
    });

    [Fact]
    public void A_port_gets_its_address_from_DHCP() => Step(() =>
    {
        SandboxHost.Bash("""
            set -e
            ip link set eth1p address 52:54:00:12:34:56
            openstack port create neighbour --network ctlplane --mac-address 52:54:00:12:34:56 --fixed-ip ip-address=192.168.24.20 >/dev/null
            printf '#!/bin/sh\n[ "$1" != bound ] || ip address replace "$ip/$mask" dev "$interface"\n' > /var/tmp/lease
            chmod +x /var/tmp/lease
            """).Expect();
        Assert.Equal("192.168.24.20/24 200", Leased());
    });

    [Fact]
    public void A_router_reaches_the_control_plane() => Step(() =>
    {
        SandboxHost.Bash("""
            set -e
            openstack network create inner >/dev/null
            openstack subnet create inner-subnet --network inner --subnet-range 10.5.0.0/24 >/dev/null
            openstack network set --external ctlplane
            openstack router create inner-router >/dev/null
            openstack router set --external-gateway ctlplane inner-router
            openstack router add subnet inner-router inner-subnet
            """).Expect();
        Assert.Equal("200", Until(
            "ip netns exec \"$(ls /run/netns | grep qrouter)\" curl --max-time 10 --silent --output /dev/null --write-out '%{http_code}' https://192.168.24.2:13000/v3", "200"));
    });

    [Fact]
    public void A_masqueraded_neighbour_reaches_a_network_that_does_not_know_it() => Step(() =>
    {
        SandboxHost.Bash("""
            ip netns add outside
            ip link add outside0 type veth peer name outside1 netns outside
            ip address add 203.0.113.1/24 dev outside0; ip link set outside0 up
            ip -n outside address add 203.0.113.9/24 dev outside1; ip -n outside link set outside1 up
            """).Expect();
        Assert.Contains(" 0% packet loss", Neighbour("""
            ip address add 192.168.24.250/24 dev eth1p
            ip route add default via 192.168.24.1
            ping -n -c 2 -W 3 203.0.113.9
            """));
        SandboxHost.Bash("ip netns delete outside; ip link delete outside0 2>/dev/null || true").Expect();
    });

    // The output of a line in a namespace at the other end of the control plane's link, like another machine there.
    private static string Neighbour(string line) => SandboxHost.Bash($"""
        set -e
        ip netns add neighbour
        ip link set eth1p netns neighbour
        ip -n neighbour link set eth1p up
        ip netns exec neighbour bash -c '{line.Replace("'", "'\\''")}' || true
        ip -n neighbour link set eth1p netns 1
        ip netns delete neighbour
        ip link set eth1p up
        """).Expect().Output.Trim();

    // The neighbour's address, and Keystone's answer to it.
    private static string Leased()
    {
        var said = Neighbour("""
            udhcpc -i eth1p -n -q -f -t 240 -T 1 -s /var/tmp/lease >/dev/null 2>&1
            ip -o -4 address show dev eth1p | tr -s ' ' | cut -d ' ' -f 4
            curl --max-time 10 --silent --output /dev/null --write-out '%{http_code}' https://192.168.24.2:13000/v3
            """);
        return said.Replace('\n', ' ');
    }
}
