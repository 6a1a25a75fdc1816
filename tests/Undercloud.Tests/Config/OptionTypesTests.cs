using Undercloud.Config;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config;

public sealed class OptionTypesTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("YES", true)]
    [InlineData("On", true)]
    [InlineData("1", true)]
    [InlineData("False", false)]
    [InlineData("no", false)]
    [InlineData("OFF", false)]
    [InlineData("0", false)]
    public void Booleans_are_eight_words_in_any_case(string text, bool flag) =>
        Assert.Equal(new BooleanValue(flag), OptionTypes.Boolean.Read(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("y")]
    [InlineData("2")]
    [InlineData(" true")]
    public void Nothing_else_is_a_boolean(string text) => Assert.NotNull(OptionTypes.Boolean.Read(text).Problem);

    [Theory]
    [InlineData("1000", null)]
    [InlineData("65536", null)]
    [InlineData("+1_500", null)]
    [InlineData("999", "is less than 1000")]
    [InlineData("65537", "is more than 65536")]
    [InlineData("99999999999999999999", "is more than 65536")]
    [InlineData("1500.0", "is not a whole number")]
    [InlineData("0x5dc", "is not a whole number")]
    [InlineData("", "is not a whole number")]
    public void Integers_have_bounds(string text, string? problem) =>
        Assert.Equal(problem, OptionTypes.Integer(1000, 65536).Read(text).Problem);

    [Theory]
    [InlineData("192.168.24.1/24", "192.168.24.1/24")]
    [InlineData("10.0.0.0/31", "10.0.0.0/31")]
    [InlineData("FD00:0:0::1/64", "fd00::1/64")]
    public void An_interface_address_is_kept_in_its_shortest_form(string text, string value) =>
        Assert.Equal(new StringValue(value), OptionTypes.InterfaceAddress.Read(text).Value);

    [Theory]
    [InlineData("192.168.24.1", "has no prefix length")]
    [InlineData("fd00::1", "has no prefix length")]
    [InlineData("192.168.24.1/32", "has the prefix length 32, which is no network of several hosts")]
    [InlineData("192.168.24.1/0", "has the prefix length 0, which is no network of several hosts")]
    [InlineData("192.168.24.1/33", "is not an address with a prefix length")]
    [InlineData("192.168.24.1/255.255.255.0", "is not an address with a prefix length")]
    [InlineData("192.168.24.01/24", "is not an address with a prefix length")]
    [InlineData("192.168.24/24", "is not an address with a prefix length")]
    [InlineData("0xa.0.0.1/24", "is not an address with a prefix length")]
    [InlineData("fe80::1%eth0/64", "is not an address with a prefix length")]
    [InlineData("[fd00::1]/64", "is not an address with a prefix length")]
    [InlineData("fd00::1/48", "has the prefix length 48, where IPv6 takes 64 only")]
    [InlineData("fd00::1/128", "has the prefix length 128, where IPv6 takes 64 only")]
    [InlineData("192.168.24.0/24", "is not a host's address but the first or the last one of 192.168.24.0/24")]
    [InlineData("192.168.24.255/24", "is not a host's address but the first or the last one of 192.168.24.0/24")]
    [InlineData("fd00::/64", "is not a host's address but the first or the last one of fd00::/64")]
    [InlineData("127.0.0.1/8", "is not an address an interface can have")]
    [InlineData("224.0.0.1/24", "is not an address an interface can have")]
    [InlineData("", "is not an address with a prefix length")]
    public void An_interface_address_has_a_usable_prefix(string text, string problem) =>
        Assert.Equal(problem, OptionTypes.InterfaceAddress.Read(text).Problem);

    [Theory]
    [InlineData("192.168.24.2", "192.168.24.2")]
    [InlineData("fd00::0002", "fd00::2")]
    [InlineData("undercloud", "undercloud")]
    [InlineData("under-cloud.example.org.", "under-cloud.example.org")]
    public void A_host_is_an_address_or_a_name(string text, string value) => Assert.Equal(new StringValue(value), OptionTypes.Host.Read(text).Value);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("192.168.24.2/24", "has a prefix length")]
    [InlineData("192.168.24.256", "looks like an address but is none")]
    [InlineData("under_cloud", "has the character '_'")]
    [InlineData("a..b", "has an empty part between its dots")]
    [InlineData("-a.b", "has a part that begins or ends with '-'")]
    [InlineData("a b", "has the character ' '")]
    [InlineData("127.0.0.1", "is not an address a host can have")]
    [InlineData("::", "is not an address a host can have")]
    public void What_is_neither_is_no_host(string text, string problem) => Assert.Equal(problem, OptionTypes.Host.Read(text).Problem);

    [Theory]
    [InlineData("undercloud.example.org", null)]
    [InlineData("undercloud", "is not fully qualified: it has no dot")]
    [InlineData("under_cloud.example.org", "has the character '_'")]
    [InlineData("a2345678901234567890123456789012345678901234567890.example.org.uk", "is longer than 64 characters")]
    public void A_host_name_is_fully_qualified(string text, string? problem) =>
        Assert.Equal(problem, OptionTypes.FullyQualifiedName.Read(text).Problem);

    [Theory]
    [InlineData("eth1", null)]
    [InlineData("enp0s31f6.4094", null)]
    [InlineData("bond-control-plane", "is longer than 15 characters")]
    [InlineData("ethernet-é-two-x", "is longer than 15 characters")]
    [InlineData("", "is not a name an interface can have")]
    [InlineData("eth1:0", "is not a name an interface can have")]
    [InlineData("eth/1", "is not a name an interface can have")]
    [InlineData("eth1\"", "is not a name an interface can have")]
    [InlineData("eth*", "is not a name an interface can have")]
    [InlineData("-eth1", "is not a name an interface can have")]
    [InlineData("eth1 # mine", "is not a name an interface can have")]
    [InlineData("..", "is not a name an interface can have")]
    public void An_interface_has_a_name_the_kernel_takes(string text, string? problem) =>
        Assert.Equal(problem, OptionTypes.Interface.Read(text).Problem);

    [Theory]
    [InlineData("a, b ,c,,", "a|b|c")]
    [InlineData("", "")]
    [InlineData(" , ", "")]
    public void Lists_are_separated_by_commas(string text, string items) =>
        Assert.Equal(items, string.Join('|', ((ListValue)OptionTypes.ListOf(OptionTypes.Path).Read(text).Value!).Items.Cast<StringValue>().Select(i => i.Text)));

    [Theory]
    [InlineData("a,,b", "has an empty item")]
    [InlineData("a,b\tc", "has the item 'b\\u0009c', which has control characters")]
    public void A_wrong_item_is_named(string text, string problem) => Assert.Equal(problem, OptionTypes.ListOf(OptionTypes.Path).Read(text).Problem);
}
