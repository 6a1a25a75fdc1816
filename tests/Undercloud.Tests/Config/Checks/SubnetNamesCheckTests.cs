namespace Undercloud.Tests.Config.Checks;

public sealed class SubnetNamesCheckTests
{
    private const string Leaf1 = "[leaf1]\ncidr = 10.0.1.0/24\ngateway = 10.0.1.1\ninspection_iprange = 10.0.1.100,10.0.1.120\n";

    [Fact]
    public void Subnets_with_a_section_each_are_right() => Findings.None(
        $"[DEFAULT]\nsubnets = ctlplane-subnet, leaf1\nenable_routed_networks = true\n[ctlplane-subnet]\ngateway = 192.168.24.254\n{Leaf1}");

    [Theory]
    [InlineData("ctlplane-subnet, leaf1, leaf1", "leaf1")]
    [InlineData("ctlplane-subnet, leaf1, Leaf1", "leaf1")]
    public void A_subnet_is_named_once(string subnets, string name) => Assert.Equal(
        $"f:2:11: error CFG022: subnets names {name} more than once.\n  Name each subnet once.",
        Findings.Only($"[DEFAULT]\nsubnets = {subnets}\nenable_routed_networks = true\n[ctlplane-subnet]\ngateway = 192.168.24.254\n{Leaf1}"));

    [Fact]
    public void A_subnet_needs_its_section() => Assert.Equal(
        "f:2:11: error CFG023: The subnet leaf2 has no section.\n"
            + "  Write a section [leaf2] with cidr, gateway and inspection_iprange, or take leaf2 out of subnets.",
        Findings.Only($"[DEFAULT]\nsubnets = ctlplane-subnet, leaf1, leaf2\nenable_routed_networks = true\n[ctlplane-subnet]\ngateway = 192.168.24.254\n{Leaf1}"));

    [Fact]
    public void The_default_subnet_needs_none() => Findings.None("[DEFAULT]\nsubnets = ctlplane-subnet\n");

    [Fact]
    public void A_local_subnet_of_another_name_without_its_section_has_the_defaults_and_a_warning_says_so() => Assert.StartsWith(
        "f:2:11: warning CFG023: The local subnet leaf0 has no section; every option of it has its default.",
        Findings.Only("[DEFAULT]\nsubnets = leaf0\nlocal_subnet = leaf0\n"), StringComparison.Ordinal);

    [Fact]
    public void Flat_options_stand_for_the_local_subnets_section() => Findings.None(
        "[DEFAULT]\nsubnets = leaf0\nlocal_subnet = leaf0\nnetwork_cidr = 192.168.24.0/24\n");

    [Theory]
    [InlineData("subnets = leaf1", "f:2:11: error CFG025: local_subnet is 'ctlplane-subnet', which is none of the subnets; that is its default.\n"
        + "  Set local_subnet = leaf1, or name ctlplane-subnet in subnets.")]
    [InlineData("subnets = leaf1\nlocal_subnet = leaf2", "f:3:16: error CFG025: local_subnet is 'leaf2', which is none of the subnets.\n"
        + "  Set local_subnet = leaf1, or name leaf2 in subnets.")]
    [InlineData("subnets =", "f:2:10: error CFG025: subnets names no subnet, so there is none that local_ip is in.\n  Set subnets = ctlplane-subnet.")]
    public void The_local_subnet_is_one_of_them(string options, string error) =>
        Assert.Contains(error, Findings.Text($"[DEFAULT]\n{options}\n{Leaf1}"), StringComparison.Ordinal);

    [Fact]
    public void A_local_subnet_named_in_other_letters_is_the_same_section() => Findings.None(
        "[DEFAULT]\nsubnets = Leaf0\nlocal_subnet = leaf0\n[LEAF0]\ncidr = 192.168.24.0/24\n");

    [Fact]
    public void A_section_that_is_not_named_is_pointed_out() => Assert.Equal(
        "f:2:1: warning CFG024: [leaf1] is a subnet's section, but subnets does not name it; what it sets has no effect.\n"
            + "  Set subnets = ctlplane-subnet, leaf1, or take the section out.",
        Findings.Only($"[DEFAULT]\n{Leaf1}"));

    [Fact]
    public void The_default_section_may_be_one_that_is_not_named() => Assert.StartsWith("f:6:1: warning CFG024: [ctlplane-subnet] is a subnet's section",
        Findings.Only("[DEFAULT]\nsubnets = leaf0\nlocal_subnet = leaf0\n[leaf0]\ncidr = 192.168.24.0/24\n[ctlplane-subnet]\ngateway = 192.168.24.1\n"), StringComparison.Ordinal);

    [Fact]
    public void A_misspelled_section_of_a_subnet_without_one_is_meant_for_it() => Assert.Contains(
        "f:4:1: error CFG003: There is no section [leaf-1].\n  Did you mean [leaf1]?",
        Findings.Text("[DEFAULT]\nsubnets = ctlplane-subnet, leaf1\nenable_routed_networks = true\n[leaf-1]\ncidr = 10.0.1.0/24\n"), StringComparison.Ordinal);

    [Fact]
    public void Names_that_cannot_be_read_bring_no_other_finding() => Assert.StartsWith("f:2:11: error CFG008: subnets is 'a b'",
        Findings.Only("[DEFAULT]\nsubnets = a b\n"), StringComparison.Ordinal);

    [Fact]
    public void Several_subnets_need_routed_networks() => Assert.Equal(
        "f:2:11: error CFG026: subnets names 2 subnets, but enable_routed_networks is false.\n"
            + "  Set enable_routed_networks = true, or name one subnet only.",
        Findings.Only($"[DEFAULT]\nsubnets = ctlplane-subnet, leaf1\n[ctlplane-subnet]\ngateway = 192.168.24.254\n{Leaf1}"));

    [Fact]
    public void One_subnet_may_be_routed() => Findings.None("[DEFAULT]\nenable_routed_networks = true\n");

    [Fact]
    public void Routed_networks_that_cannot_be_read_bring_no_other_finding() => Assert.StartsWith("f:3:26: error CFG008: enable_routed_networks",
        Findings.Only($"[DEFAULT]\nsubnets = ctlplane-subnet, leaf1\nenable_routed_networks = maybe\n[ctlplane-subnet]\ngateway = 192.168.24.254\n{Leaf1}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "f:4:1: error CFG016: [leaf1] does not set cidr, gateway and inspection_iprange.\n  Only the local subnet has defaults for them.")]
    [InlineData("cidr = 10.0.1.0/24", "f:4:1: error CFG016: [leaf1] does not set gateway and inspection_iprange.\n"
        + "  Set gateway = 10.0.1.1 and inspection_iprange = 10.0.1.100,10.0.1.120.")]
    [InlineData("cidr = fd01::/64", "f:4:1: error CFG016: [leaf1] does not set gateway.\n  Set gateway = fd01::1.")]
    public void A_remote_subnet_has_no_defaults(string options, string error) => Assert.Contains(error,
        Findings.Text($"[DEFAULT]\nsubnets = ctlplane-subnet, leaf1\nenable_routed_networks = true\n[leaf1]\n{options}\n"), StringComparison.Ordinal);

    [Fact]
    public void Very_many_unknown_names_are_found_in_bounded_time() => Assert.Equal(10_000 + 10_001,
        Findings.All(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"[s{i}]\n")) + "[DEFAULT]\n"
            + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"o{i} = 1\n")) + "[x]\n").Count);
}
