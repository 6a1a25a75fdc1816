namespace Undercloud.Tests.Config.Checks;

public sealed class RangeCheckTests
{
    [Theory]
    [InlineData("dhcp_start = 192.168.24.5\ndhcp_end = 192.168.24.99")]
    [InlineData("dhcp_start = 192.168.24.5, 192.168.24.40\ndhcp_end = 192.168.24.30, 192.168.24.50")]
    [InlineData("dhcp_start = 192.168.24.121\ndhcp_end =")]
    [InlineData("dhcp_start =\ndhcp_end = 192.168.24.99")]
    [InlineData("dhcp_start = 192.168.24.5\ndhcp_end = 192.168.24.99\ninspection_iprange = 192.168.24.100,192.168.24.101")]
    public void Ranges_apart_from_each_other_are_right(string options) =>
        Assert.DoesNotContain(Findings.All($"[ctlplane-subnet]\n{options}\n"), finding => finding.Code != "CFG019" || !finding.Message.Contains("holds"));

    [Theory]
    [InlineData("192.168.24.5, 192.168.24.40", "192.168.24.30", "dhcp_start of [ctlplane-subnet] has 2 addresses and dhcp_end has 1 address.")]
    [InlineData("192.168.24.5", "192.168.24.30, 192.168.24.50", "dhcp_start of [ctlplane-subnet] has 1 address and dhcp_end has 2 addresses.")]
    [InlineData("", "192.168.24.30, 192.168.24.50", "dhcp_start of [ctlplane-subnet] has 0 addresses and dhcp_end has 2 addresses.")]
    public void Starts_and_ends_pair_up(string starts, string ends, string message) => Assert.StartsWith($"f:2:{(starts.Length == 0 ? 13 : 14)}: error CFG018: {message}",
        Findings.Only($"[ctlplane-subnet]\ndhcp_start = {starts}\ndhcp_end = {ends}\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("192.168.24.50", "192.168.24.30", "Exchange them: dhcp_start = 192.168.24.30 and dhcp_end = 192.168.24.50.")]
    [InlineData("192.168.24.50", "192.168.24.50", "Set dhcp_start = 192.168.24.5 and dhcp_end = 192.168.24.24.")]
    public void A_DHCP_range_begins_before_it_ends(string start, string end, string remedy) => Assert.Equal(
        $"f:2:14: error CFG017: dhcp_start {start} of [ctlplane-subnet] does not come before dhcp_end {end}.\n  {remedy}",
        Findings.Only($"[ctlplane-subnet]\ndhcp_start = {start}\ndhcp_end = {end}\n"));

    [Fact]
    public void Addresses_are_compared_as_numbers() => Findings.None("[ctlplane-subnet]\ndhcp_start = 192.168.24.9\ndhcp_end = 192.168.24.80\n");

    [Fact]
    public void An_inspection_range_has_several_addresses() => Assert.Equal(
        "f:2:22: error CFG017: inspection_iprange of [ctlplane-subnet] does not begin before it ends: it is 192.168.24.100 alone.\n"
            + "  Set inspection_iprange = 192.168.24.100,192.168.24.120.",
        Findings.Only("[ctlplane-subnet]\ninspection_iprange = 192.168.24.100,192.168.24.100\n"));

    [Fact]
    public void An_inspection_range_the_wrong_way_round_is_a_wrong_value() => Assert.Contains("error CFG008: inspection_iprange is '192.168.24.120,192.168.24.100', which begins after it ends.",
        Findings.Only("[ctlplane-subnet]\ninspection_iprange = 192.168.24.120,192.168.24.100\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("dhcp_end = 192.168.24.100", "f:2:12: error CFG019: inspection_iprange 192.168.24.100-192.168.24.120 of [ctlplane-subnet] overlaps the DHCP range "
        + "192.168.24.5-192.168.24.100.\n  Set inspection_iprange = 192.168.24.101,192.168.24.121.")]
    [InlineData("inspection_iprange = 192.168.24.24,192.168.24.30", "f:2:22: error CFG019: inspection_iprange 192.168.24.24-192.168.24.30 of [ctlplane-subnet] "
        + "overlaps the DHCP range 192.168.24.5-192.168.24.24.\n  Set inspection_iprange = 192.168.24.100,192.168.24.120.")]
    [InlineData("inspection_iprange = 192.168.24.10,192.168.24.12", "error CFG019: inspection_iprange 192.168.24.10-192.168.24.12 of [ctlplane-subnet] overlaps")]
    public void Inspection_and_DHCP_share_no_address(string options, string error) => Assert.Contains(error,
        Findings.Only($"[ctlplane-subnet]\n{options}\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("local_ip = 192.168.24.110/24", "holds local_ip 192.168.24.110.")]
    [InlineData("undercloud_admin_host = 192.168.24.100", "holds undercloud_admin_host 192.168.24.100.")]
    [InlineData("undercloud_public_host = 192.168.24.120", "holds undercloud_public_host 192.168.24.120.")]
    [InlineData("[ctlplane-subnet]\ngateway = 192.168.24.105", "holds gateway 192.168.24.105.")]
    public void An_inspection_range_holds_no_address_that_is_used(string options, string what) => Assert.Contains(
        $"error CFG019: inspection_iprange 192.168.24.100-192.168.24.120 of [ctlplane-subnet] {what}\n  Set inspection_iprange = 192.168.24.",
        Findings.Only($"[DEFAULT]\n{options}\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("local_ip = 192.168.24.10/24", "f:2:12: warning CFG019: The DHCP range 192.168.24.5-192.168.24.24 of [ctlplane-subnet] holds local_ip 192.168.24.10, "
        + "which no node is given.")]
    [InlineData("undercloud_admin_host = 192.168.24.24", "holds undercloud_admin_host 192.168.24.24, which")]
    [InlineData("[ctlplane-subnet]\ndhcp_start = 192.168.24.2", "f:3:14: warning CFG019: The DHCP range 192.168.24.2-192.168.24.24 of [ctlplane-subnet] holds "
        + "undercloud_public_host 192.168.24.2 and undercloud_admin_host 192.168.24.3, which")]
    [InlineData("[ctlplane-subnet]\ngateway = 192.168.24.9", "f:3:11: warning CFG019: The DHCP range 192.168.24.5-192.168.24.24 of [ctlplane-subnet] holds gateway 192.168.24.9")]
    public void A_DHCP_range_that_holds_an_address_in_use_is_pointed_out(string options, string warning) => Assert.Contains(warning,
        Findings.Only($"[DEFAULT]\n{options}\n"), StringComparison.Ordinal);

    [Fact]
    public void DHCP_ranges_that_overlap_are_pointed_out() => Assert.StartsWith(
        "f:2:14: warning CFG019: The DHCP ranges 192.168.24.5-192.168.24.30 and 192.168.24.20-192.168.24.50 of [ctlplane-subnet] overlap; they count as one.",
        Findings.Only("[ctlplane-subnet]\ndhcp_start = 192.168.24.20, 192.168.24.5\ndhcp_end = 192.168.24.50, 192.168.24.30\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("dhcp_exclude = 192.168.24.5-192.168.24.24", "f:2:16")]
    [InlineData("dhcp_exclude = 192.168.24.9-192.168.24.24, 192.168.24.5, 192.168.24.6-192.168.24.8", "f:2:16")]
    [InlineData("dhcp_start = 192.168.24.5\ndhcp_end = 192.168.24.6\ndhcp_exclude = 192.168.24.5, 192.168.24.6", "f:2:14")]
    public void A_subnet_with_no_address_left_is_an_error(string options, string place) => Assert.StartsWith(
        $"{place}: error CFG020: [ctlplane-subnet] has no address left for nodes",
        Findings.Only($"[ctlplane-subnet]\n{options}\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("dhcp_exclude = 192.168.24.5-192.168.24.23")]
    [InlineData("dhcp_exclude = 192.168.24.6-192.168.24.24")]
    [InlineData("dhcp_exclude = 192.168.24.6-192.168.24.13, 192.168.24.15-192.168.24.24, 192.168.24.5")]
    public void One_address_is_enough(string options) => Findings.None($"[ctlplane-subnet]\n{options}\n");

    [Fact]
    public void Very_many_ranges_are_checked_in_bounded_time()
    {
        var starts = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"10.{i >> 14 & 255}.{i >> 6 & 255}.{(i & 63) << 2 | 1}"));
        var ends = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"10.{i >> 14 & 255}.{i >> 6 & 255}.{(i & 63) << 2 | 2}"));
        Findings.None("[DEFAULT]\nlocal_ip = 10.255.0.1/8\nundercloud_public_host = 10.255.0.2\nundercloud_admin_host = 10.255.0.3\n[ctlplane-subnet]\n"
            + $"cidr = 10.0.0.0/8\ngateway = 10.255.0.1\ndhcp_start = {starts}\ndhcp_end = {ends}\ndhcp_exclude = {starts}\n"
            + "inspection_iprange = 10.254.0.1,10.254.0.99\n");
    }

    [Fact]
    public void Very_many_wrong_ranges_are_found_in_bounded_time()
    {
        var starts = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"192.168.24.{100 + i % 20}"));
        var ends = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"192.{i % 200}.{i / 200}.1"));
        Assert.InRange(Findings.All($"[ctlplane-subnet]\ndhcp_start = {starts}\ndhcp_end = {ends}\n").Count, 20_000, 200_000);
    }
}
