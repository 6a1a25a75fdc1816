using System.Net;
using System.Text.RegularExpressions;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Checks;
using Undercloud.Host.Containers;
using Undercloud.Host.Processes;
using Undercloud.Tests.Deploy;

namespace Undercloud.Tests.Checks;

public sealed class HostChecksTests
{
    private const long GiB = 1L << 30;

    private static readonly HostState s_host = new()
    {
        Interfaces = ["lo", "eth0", "eth1"],
        Room = [new("/", 50 * GiB), new("/var", 100 * GiB)],
        MemoryBytes = 16 * GiB,
    };

    private static readonly HostNeeds s_needs = new()
    {
        Interface = "eth1",
        Addresses = [IPAddress.Parse("192.168.24.1"), IPAddress.Parse("192.168.24.2")],
        Ports = [new("keystone", "tcp", 5000, 5000), new("keystone", "tcp", 13000, 13001)],
        Room = HostNeeds.RoomOf("/var/lib/containers", 12, isFirst: true),
        MemoryBytes = 6 * GiB,
    };

    [Fact]
    public void A_host_that_has_everything_has_no_finding() => Assert.Empty(HostChecks.Find(s_host, s_needs));

    [Fact]
    public void An_interface_that_is_missing_is_named_with_those_there_are()
    {
        var finding = Assert.Single(HostChecks.Find(s_host, s_needs with { Interface = "eht1" }));
        Assert.Equal("HOST001", finding.Code);
        Assert.Equal("This host has no interface eht1. It has: eth0, eth1, lo. Did you mean eth1?", finding.Message);
    }

    [Fact]
    public void The_interface_is_the_operator_s_affair_with_a_network_configuration_of_theirs() =>
        Assert.Empty(HostChecks.Find(s_host, s_needs with { Interface = null }));

    [Theory]
    [InlineData("0.0.0.0", true)]
    [InlineData("::", true)]
    [InlineData("192.168.24.2", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.0.0.1", false)]
    public void A_port_is_taken_by_who_listens_everywhere_or_at_an_address_of_the_undercloud(string address, bool isTaken)
    {
        var host = s_host with { Listeners = [new("tcp", IPAddress.Parse(address), 5000, "nginx (12)"), new("udp", IPAddress.Any, 13000, "other (13)")] };
        var findings = HostChecks.Find(host, s_needs).ToList();
        Assert.Equal(isTaken ? ["HOST002"] : [], findings.Select(finding => finding.Code));
        Assert.All(findings, finding => Assert.StartsWith($"nginx (12) listens at {address} tcp port 5000, which is for keystone.", finding.Message));
    }

    [Fact]
    public void Who_listens_twice_at_one_port_is_one_finding()
    {
        var host = s_host with { Listeners = [new("tcp", IPAddress.Any, 5000, "nginx (12)"), new("tcp", IPAddress.IPv6Any, 5000, "nginx (12)")] };
        Assert.Contains("0.0.0.0 and ::", Assert.Single(HostChecks.Find(host, s_needs)).Message);
    }

    [Fact]
    public void What_lies_in_one_file_system_is_added_up()
    {
        var host = s_host with { Room = [new("/", 50 * GiB), new("/var", 5 * GiB)] };
        var finding = Assert.Single(HostChecks.Find(host, s_needs));
        Assert.Equal("HOST003", finding.Code);
        Assert.StartsWith("The file system at /var has 5120 MiB free, and 6912 MiB are needed: 4864 MiB for images and containers in /var/lib/containers;", finding.Message);
        Assert.Empty(HostChecks.Find(host with { Room = [.. host.Room, new("/var/lib/containers", 20 * GiB)] }, s_needs));
    }

    [Fact]
    public void A_later_run_takes_little_room() =>
        Assert.Empty(HostChecks.Find(s_host with { Room = [new("/", GiB / 2)] }, s_needs with { Room = HostNeeds.RoomOf("/var/lib/containers", 0, isFirst: false) }));

    [Fact]
    public void Little_memory_and_unknown_names_are_reported_beside_the_rest()
    {
        var findings = HostChecks.Find(
            s_host with { MemoryBytes = 4 * GiB, Interfaces = ["lo"] }, s_needs with { UnknownHosts = [("undercloud_public_host", "cloud.example.com")] });
        Assert.Equal(["HOST001", "HOST005", "HOST004"], findings.Select(finding => finding.Code));
    }

    [Fact]
    public void Addresses_at_which_systemd_listens_for_services_are_read_from_systemctl() =>
        Assert.Equal(
            [(IPAddress.Parse("192.168.24.1"), 5000), (IPAddress.IPv6Loopback, 80)],
            HostStateReader.Addresses("Listen=192.168.24.1:5000 (Stream)\nListen=[::1]:80 (Stream)\n\nListen=/run/x (Stream)\n"));

    [Fact]
    public void Listeners_are_read_from_ss_without_those_of_own_processes()
    {
        const string Output = """
            udp   UNCONN 0      0          127.0.0.53%lo:53         0.0.0.0:*    users:(("systemd-resolve",pid=511,fd=13))
            udp   UNCONN 0      0         0.0.0.0%virbr0:67         0.0.0.0:*    users:(("dnsmasq",pid=612,fd=3))
            tcp   LISTEN 0      128              0.0.0.0:22         0.0.0.0:*    users:(("sshd",pid=733,fd=3))
            tcp   LISTEN 0      511                    *:80               *:*    users:(("apache2",pid=900,fd=4),("apache2",pid=901,fd=4))
            tcp   LISTEN 0      80     [fe80::1%eth0]:3306             [::]:*    users:(("mariadbd",pid=77,fd=20))
            tcp   LISTEN 0      100         192.168.24.1:5000       0.0.0.0:*    users:(("uwsgi",pid=1002,fd=3))
            tcp   LISTEN 0      64                  [::]:2049          [::]:*

            """;
        var read = HostStateReader.Listeners(Output, process => process == 1002).Select(l => $"{l.Protocol} {l.Address} {l.Port} {l.Process}".TrimEnd());
        Assert.Equal(["udp 127.0.0.53 53 systemd-resolve (511)", "tcp 0.0.0.0 22 sshd (733)", "tcp :: 80 apache2 (900)", "tcp fe80::1 3306 mariadbd (77)", "tcp :: 2049"], read);
    }

    [Fact]
    public void A_process_is_ours_when_one_it_comes_from_is()
    {
        var parents = new Dictionary<int, int> { [30] = 20, [20] = 10, [10] = 1, [5] = 5 };
        Assert.True(ProcessTree.IsOf(30, new HashSet<int> { 10 }, process => parents.GetValueOrDefault(process)));
        Assert.False(ProcessTree.IsOf(30, new HashSet<int> { 11 }, process => parents.GetValueOrDefault(process)));
        Assert.False(ProcessTree.IsOf(5, new HashSet<int> { 11 }, process => parents.GetValueOrDefault(process)));
    }

    [Fact]
    public void Memory_and_swap_count_together() =>
        Assert.Equal(3072 * 1024, HostStateReader.MemoryOf("MemTotal:           2048 kB\nMemFree:            1 kB\nSwapTotal:          1024 kB\nSwapFree: 5 kB\n"));

    [Fact]
    public void A_process_s_parent_is_read_after_a_name_of_any_letters() => Assert.Equal(7, ProcessTree.ParentIn("12 (a ) S 1 (x) S 7 12 12 0 -1"));

    [Fact]
    public void What_comes_from_a_process_is_found_at_any_depth() =>
        Assert.Equal([1, 2, 4, 3], ProcessTree.AllOf(1, parent => parent switch { 1 => [2, 3], 2 => [4], _ => [] }));

    [Fact]
    public void A_proportional_set_size_is_read_in_bytes() =>
        Assert.Equal(2048 * 1024, ContainerMemory.SizeIn("558c-7ffd ---p 00000000 00:00 0   [rollup]\nRss:                4000 kB\nPss:                2048 kB\nPss_Anon: 1 kB\n"));

    [Fact]
    public void The_memory_of_this_process_is_some_mebibytes() =>
        Assert.InRange(ContainerMemory.Read(new Dictionary<string, int> { ["self"] = Environment.ProcessId })["self"], 1 << 20, 1L << 36);

    [Fact]
    public void Every_code_has_its_row_in_the_documentation_and_no_other()
    {
        var documented = Regex.Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "findings.md")), @"^\| (HOST\d+) \| ", RegexOptions.Multiline)
            .Select(row => row.Groups[1].Value);
        Assert.Equal(typeof(HostCodes).GetFields().Select(code => (string)code.GetRawConstantValue()!), documented);
    }

    [Fact]
    public void A_small_role_needs_less_memory()
    {
        var inputs = CollectionPlan.Inputs();
        var small = inputs.Roles with { Text = "- name: Undercloud\n  ServicesDefault: [OS::TripleO::Services::MySQL, OS::TripleO::Services::Memcached]\n" };
        Assert.Equal((1024 + 2 * 125) * (GiB / 1024), HostNeeds.MemoryOf(StackPlanner.Plan(inputs with { Roles = small }).Plan!));
        Assert.InRange(HostNeeds.MemoryOf(StackPlanner.Plan(inputs).Plan!), 5 * GiB, 6 * GiB);
    }

    [Fact]
    public void A_network_that_cannot_be_made_is_said_before_the_firewall_is_written()
    {
        var finding = Assert.Single(HostChecks.Find(s_host with { NetworkRefusals = ["eth1 carries this node's default route: it would lose it. Set local_interface to another."] }, s_needs));
        Assert.Equal(("HOST006", "eth1 carries this node's default route: it would lose it.", "Set local_interface to another."), (finding.Code, finding.Message, finding.Remedy));
        Assert.Equal(["HOST001"], HostChecks.Find(s_host with { NetworkRefusals = ["There is no interface eht1 on this node for br-ctlplane. Set it."] }, s_needs with { Interface = "eht1" }).Select(one => one.Code));
    }
}
