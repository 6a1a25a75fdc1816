using System.Net;
using CsCheck;
using Undercloud.Config;

namespace Undercloud.Tests.Config;

public sealed class AddressSetTests
{
    [Fact]
    public void Ranges_that_touch_become_one() =>
        Assert.Equal("10.0.0.1-10.0.0.9", Text(AddressSet.Empty.With(Range("10.0.0.1", "10.0.0.4")).With(Range("10.0.0.5", "10.0.0.9"))));

    [Fact]
    public void What_is_taken_out_of_the_middle_leaves_two_ranges() =>
        Assert.Equal("fd00::1-fd00::4, fd00::6-fd00::9", Text(AddressSet.Empty.With(Range("fd00::1", "fd00::9")).Without(Range("fd00::5", "fd00::5"))));

    [Fact]
    public void The_ends_of_the_family_have_no_neighbours()
    {
        var all = AddressSet.Empty.With(Range("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
        Assert.Equal("", Text(all.Without(all.Ranges[0])));
        Assert.Equal("::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Text(all.Without(Range("::", "::"))));
    }

    [Fact]
    public void Addresses_of_the_other_family_are_not_in_it()
    {
        var numbersOfIPv4 = Range("::", "::ffff:ffff");
        Assert.Equal([numbersOfIPv4], AddressSet.Empty.With(numbersOfIPv4).Without(Range("0.0.0.0", "255.255.255.255")).Ranges);
    }

    [Fact]
    public void A_range_that_ends_before_it_begins_is_empty() =>
        Assert.Equal("", Text(AddressSet.Empty.With(Range("10.0.0.9", "10.0.0.1"))));

    [Fact]
    public void It_holds_what_a_set_of_single_addresses_holds() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 40], Gen.Int[0, 8]).Array[0, 12].Sample(steps =>
        {
            var (set, model) = (AddressSet.Empty, new SortedSet<int>());
            foreach (var (isAdded, first, length) in steps)
            {
                var range = new AddressRange((UInt128)first, (UInt128)(first + length), IsIPv6: true);
                set = isAdded ? set.With(range) : set.Without(range);
                foreach (var one in Enumerable.Range(first, length + 1))
                    _ = isAdded ? model.Add(one) : model.Remove(one);
            }

            var held = set.Ranges.SelectMany(range => Enumerable.Range((int)range.First, (int)(range.Last - range.First) + 1)).ToArray();
            return held.SequenceEqual(model) && set.Ranges.Zip(set.Ranges.Skip(1)).All(pair => pair.Second.First - pair.First.Last > 1);
        });

    private static AddressRange Range(string first, string last) => AddressRange.Of(IPAddress.Parse(first), IPAddress.Parse(last));

    private static string Text(AddressSet set) => string.Join(", ", set.Ranges.Select(range => $"{range.FirstAddress}-{range.LastAddress}"));
}
