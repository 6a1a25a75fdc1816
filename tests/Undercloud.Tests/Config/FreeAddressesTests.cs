using System.Collections.Immutable;
using System.Net;
using CsCheck;
using Undercloud.Config;

namespace Undercloud.Tests.Config;

public sealed class FreeAddressesTests
{
    [Fact]
    public void Ranges_that_touch_become_one() =>
        Assert.Equal("10.0.0.1-10.0.0.9", Text(FreeAddresses.Of([Range("10.0.0.1", "10.0.0.4"), Range("10.0.0.5", "10.0.0.9")], [])));

    [Fact]
    public void What_is_taken_out_of_the_middle_leaves_two_ranges() =>
        Assert.Equal("fd00::1-fd00::4, fd00::6-fd00::9", Text(FreeAddresses.Of([Range("fd00::1", "fd00::9")], [Range("fd00::5", "fd00::5")])));

    [Fact]
    public void The_ends_of_the_family_have_no_neighbours()
    {
        var all = Range("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        Assert.Equal("", Text(FreeAddresses.Of([all], [all])));
        Assert.Equal("::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Text(FreeAddresses.Of([all], [Range("::", "::")])));
    }

    [Fact]
    public void Addresses_of_the_other_family_are_not_in_it()
    {
        var numbersOfIPv4 = Range("::", "::ffff:ffff");
        Assert.Equal([numbersOfIPv4], FreeAddresses.Of([numbersOfIPv4], [Range("0.0.0.0", "255.255.255.255")]));
    }

    [Fact]
    public void A_range_that_ends_before_it_begins_is_empty()
    {
        Assert.Empty(FreeAddresses.Of([Range("10.0.0.9", "10.0.0.1")], []));
        Assert.Equal("10.0.0.1-10.0.0.9", Text(FreeAddresses.Of([Range("10.0.0.1", "10.0.0.9")], [Range("10.0.0.5", "10.0.0.4")])));
    }

    [Fact]
    public void It_holds_what_a_set_of_single_addresses_holds()
    {
        var ranges = Gen.Select(Gen.Int[0, 40], Gen.Int[0, 8], (first, length) => new AddressRange((UInt128)first, (UInt128)(first + length), IsIPv6: true)).Array[0, 8];
        Gen.Select(ranges, ranges).Sample((given, taken) =>
        {
            var free = FreeAddresses.Of(given, taken);
            var model = given.SelectMany(Numbers).Except(taken.SelectMany(Numbers)).Order();
            return free.SelectMany(Numbers).SequenceEqual(model) && free.Zip(free.Skip(1)).All(pair => pair.Second.First - pair.First.Last > 1);
        });
    }

    private static IEnumerable<int> Numbers(AddressRange range) => Enumerable.Range((int)range.First, (int)(range.Last - range.First) + 1);

    private static AddressRange Range(string first, string last) => AddressRange.Of(IPAddress.Parse(first), IPAddress.Parse(last));

    private static string Text(ImmutableArray<AddressRange> ranges) => string.Join(", ", ranges.Select(range => $"{range.FirstAddress}-{range.LastAddress}"));
}
