using Undercloud.Deploy.Firewall;
using Undercloud.Deploy.Plans;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Deploy;

/// <summary>The host's firewall and masquerading, with the tool's own templates.</summary>
public sealed class FirewallTests
{
    [Theory]
    [InlineData("")]
    [InlineData("generate_service_certificate = false\n")]
    public void The_port_of_every_endpoint_is_open_to_all(string config)
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs(config));
        var open = Lines(result, "input").Where(line => line.StartsWith("tcp dport", StringComparison.Ordinal) && line.Contains(" accept", StringComparison.Ordinal))
            .SelectMany(line => line[..line.IndexOf(" accept", StringComparison.Ordinal)].Split(' ', '{', '}', ',')).ToHashSet();
        var urls = result.Plan!.Nodes[0].Manifest.Cloud.Values.SelectMany(cloud => cloud.Services).SelectMany(service => service.Endpoints.Values).ToList();
        Assert.True(urls.Count >= 21);
        Assert.All(urls, url => Assert.Contains($"{new Uri(url.Split('%')[0]).Port}", open));
    }

    [Fact]
    public void What_is_for_the_node_alone_is_closed_on_every_interface_and_the_rest_on_the_control_planes()
    {
        var lines = Lines(StackPlanner.Plan(CollectionPlan.Inputs()), "input");
        Assert.Equal(
            [
                "iifname \"eth1\" drop", "iifname \"lo\" accept", "ct state established,related accept", "meta l4proto { icmp, ipv6-icmp } accept",
                "tcp dport 22 accept comment \"003 accept ssh from all\"",
            ],
            lines.Skip(1).Take(5));
        Assert.Equal(
            [
                "tcp dport { 3306, 4369, 5672, 6200-6202, 8775, 11211, 25672 } drop",
                "iifname { \"br-ctlplane\", \"eth1\" } limit rate 20/minute burst 15 packets log prefix \"undercloud dropped: \"",
                "iifname { \"br-ctlplane\", \"eth1\" } drop",
            ],
            lines.TakeLast(3));
        Assert.DoesNotContain(lines, line => line.Contains("3306", StringComparison.Ordinal) && line.Contains("accept", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_of_the_operators_stands_for_one_of_the_same_name_and_others_come_in_their_order()
    {
        var result = Own("{'104 mysql': {dport: 3306, source: [10.0.0.0/8, 10.1.2.3, 'fd00::1/64']}, '300 web': {dport: [80, '443', '8000-8080', '8080:8090']}, '000 vrrp': {proto: vrrp, interface: eth7, action: drop}, '400 friends': {proto: all, source: 10.9.0.0/16}, '401 lab': {proto: all, interface: eth8}}");
        Assert.Empty(result.Findings());
        var lines = Lines(result, "input");
        Assert.Contains("ip saddr 10.0.0.0/8 tcp dport 3306 accept comment \"104 mysql\"", lines);
        Assert.Contains("ip6 saddr fd00::/64 tcp dport 3306 accept comment \"104 mysql\"", lines);
        Assert.Contains("tcp dport { 80, 443, 8000-8090 } accept comment \"300 web\"", lines);
        Assert.Contains("ip saddr 10.9.0.0/16 accept comment \"400 friends\"", lines);
        Assert.Contains("iifname \"eth8\" accept comment \"401 lab\"", lines);
        Assert.Equal("iifname \"eth7\" meta l4proto 112 drop comment \"000 vrrp\"", lines[5]);
    }

    [Theory]
    [InlineData("{'1': {dport: 70000}}", "no port")]
    [InlineData("{'1': {dport: '22 accept; drop'}}", "no port")]
    [InlineData("{'1': {dport: 22, source: eth0}}", "no network")]
    [InlineData("{'1': {dport: 22, proto: vrrp}}", "has ports")]
    [InlineData("{'1': {dports: 22}}", "Did you mean 'dport'?")]
    [InlineData("{'1': {dport: 22, interface: 'eth0\" drop'}}", "not a name an interface can have")]
    [InlineData("{'a\"b': {dport: 22}}", "name that nftables does not take")]
    [InlineData("{'1': {dport: 22, action: reject}}", "is reject")]
    [InlineData("{'1': {proto: 'tcp accept'}}", "no protocol")]
    [InlineData("{'1': {dport: 22, users: [nobody-we-know]}}", "no user of a service")]
    [InlineData("{'1': {dport: 22, users: [-1]}}", "no user of a service")]
    [InlineData("{'1': {users: [glance]}}", "needs ports")]
    public void A_rule_that_cannot_be_is_refused(string rules, string finding)
    {
        var result = Own(rules);
        Assert.Null(result.Plan);
        Assert.Contains(result.Findings(), text => text.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public void Services_without_passwords_are_closed_to_other_users_of_the_host()
    {
        // memcached takes everybody's word, and Keystone unpickles what memcached holds; so do Swift's storage servers.
        Assert.Equal(
            [
                "oifname \"lo\" tcp dport 11211 meta skuid != { 0, 42415, 42418, 42422, 42425, 42435, 42436, 42445, 42457, 42461, 42482 } reject with tcp reset comment \"121 memcached\"",
                "oifname \"lo\" tcp dport 6200-6202 meta skuid != { 0, 42445 } reject with tcp reset comment \"123 swift storage\"",
            ],
            Lines(StackPlanner.Plan(CollectionPlan.Inputs()), "output").Skip(1));
    }

    [Fact]
    public void An_operator_gives_another_user_the_cache() => Assert.Contains(
        "oifname \"lo\" tcp dport 11211 meta skuid != { 0, 1000, 42425 } reject with tcp reset comment \"121 memcached\"",
        Lines(Own("{'121 memcached': {dport: 11211, source: [], users: [keystone, '1000']}}"), "output"));

    [Fact]
    public void A_strict_firewall_drops_what_no_rule_names_on_every_interface()
    {
        var lines = Lines(StackPlanner.Plan(CollectionPlan.Inputs() with { Environments = [new("own.yaml", "parameter_defaults: {FirewallStrict: true}\n")], SshPorts = [22, 2222] }), "input");
        Assert.Equal("drop", lines[^1]);
        Assert.Contains("tcp dport { 22, 2222 } accept comment \"003 accept ssh from all\"", lines);
    }

    [Fact]
    public void Without_a_firewall_there_is_nothing_of_it()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs() with { Environments = [new("own.yaml", "parameter_defaults: {ManageFirewall: false}\n")] });
        Assert.Empty(result.Findings());
        Assert.Null(result.Plan!.Nodes[0].Manifest.Firewall);
        Assert.DoesNotContain("nft", PlanJson.Write(result.Plan), StringComparison.Ordinal);
    }

    [Fact]
    public void A_masqueraded_subnet_keeps_its_addresses_towards_the_other_subnets_alone()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs("""
            subnets = ctlplane-subnet, far
            enable_routed_networks = true
            [ctlplane-subnet]
            masquerade = true
            [far]
            cidr = 10.5.0.0/24
            gateway = 10.5.0.1
            dhcp_start = 10.5.0.10
            dhcp_end = 10.5.0.20
            inspection_iprange = 10.5.0.30,10.5.0.40
            """));
        Assert.Equal(
            "oifname != \"lo\" ip saddr 192.168.24.0/24 ip daddr != { 10.5.0.0/24, 192.168.24.0/24, 224.0.0.0/4, 255.255.255.255 } masquerade",
            Assert.Single(Lines(result, "postrouting").Skip(1)));
        Assert.Contains("ip daddr 192.168.24.0/24 ip saddr != { 10.5.0.0/24, 192.168.24.0/24 } drop", Lines(result, "forward"));
        Assert.Equal("1", result.Plan!.Nodes[0].Manifest.Network.KernelSettings["net.ipv4.ip_forward"]);
        Assert.Contains("net.ipv4.ip_forward = 1\n", result.TextFile("60-undercloud.conf").Content);
    }

    [Fact]
    public void Masquerading_is_there_without_the_firewall_too()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs("[ctlplane-subnet]\nmasquerade = true\n") with { Environments = [new("own.yaml", "parameter_defaults: {ManageFirewall: false}\n")] });
        Assert.Empty(Lines(result, "input"));
        Assert.Contains("masquerade", Lines(result, "postrouting")[^1], StringComparison.Ordinal);
        Assert.NotNull(result.Plan!.Nodes[0].Manifest.Firewall);
    }

    [Fact]
    public void Masquerading_of_IPv6_has_its_own_setting_of_the_kernel()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs() with { Environments = [new("own.yaml", "parameter_defaults: {MasqueradeNetworks: {'fd12::/64': ['fd12::/64']}}\n")] });
        Assert.Equal("oifname != \"lo\" ip6 saddr fd12::/64 ip6 daddr != { fd12::/64, fe80::/10, ff00::/8 } masquerade", Lines(result, "postrouting")[^1]);
        var settings = result.Plan!.Nodes[0].Manifest.Network.KernelSettings;
        Assert.Equal("1", settings["net.ipv6.conf.all.forwarding"]);
        Assert.DoesNotContain("net.ipv4.ip_forward", settings.Keys);
    }

    [Fact]
    public void A_setting_of_the_kernel_cannot_lead_out_of_its_directory()
    {
        var diagnostics = new DiagnosticBag();
        var role = new ListValue([new MapValue([new("service_name", "x"), new("sysctl", new MapValue([new("../../etc/passwd", "1"), new("net..x", "1")]))])]);
        Assert.Empty(RoleDataReader.Read(role, diagnostics)[0].KernelSettings);
        Assert.Equal(2, diagnostics.All.Length);
    }

    [Theory]
    [InlineData("ControlPlaneInterface", "eth1\\\" accept #", "closed_interfaces[0]")]
    [InlineData("ControlPlaneInterface", "eth1 drop", "closed_interfaces[0]")]
    [InlineData("ControlPlaneInterface", "../eth1", "closed_interfaces[0]")]
    [InlineData("ControlPlaneInterface", "an-interface-of-16", "closed_interfaces[0]")]
    [InlineData("ControlPlaneInterface", "eth*", "closed_interfaces[0]")]
    [InlineData("ControlPlaneInterface", "--help", "closed_interfaces[0]")]
    [InlineData("NeutronPhysicalBridge", "br\\nctlplane", "network.bridges[0].name")]
    public void A_name_that_no_interface_can_have_gets_into_no_rule(string parameter, string name, string place)
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs() with { Environments = [new("own.yaml", $"parameter_defaults: {{{parameter}: \"{name}\"}}\n")] });
        Assert.Null(result.Plan);
        Assert.Contains(result.Findings(), finding => finding.Contains("error PLAN001", StringComparison.Ordinal) && finding.Contains(place, StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_with_such_a_name_is_never_written() =>
        Assert.Throws<InvalidOperationException>(() => new FirewallTable { Ports = ["eth1\" accept"] }.Write());

    [Fact]
    public void Ranges_that_touch_are_one() => Assert.Equal(["1-5", "7", "9-12"], PortRange.Merged([new(7, 7), new(3, 5), new(1, 3), new(11, 12), new(9, 10)]).Select(range => $"{range}"));

    private static PlanningResult Own(string rules) =>
        StackPlanner.Plan(CollectionPlan.Inputs() with { Environments = [new("own.yaml", $"parameter_defaults: {{ExtraFirewallRules: {rules}}}\n")] });

    private static string[] Lines(PlanningResult result, string chain)
    {
        Assert.True(result.Plan is not null, string.Join('\n', result.Findings()));
        return [.. result.TextFile("firewall.nft").Content.Split('\n').SkipWhile(line => line != $"    chain {chain} {{").Skip(1).TakeWhile(line => line != "    }").Select(line => line.Trim())];
    }
}
