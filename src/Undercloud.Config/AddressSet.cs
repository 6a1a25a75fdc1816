using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>A set of addresses of one family, kept as ranges in order with gaps between them. Immutable.</summary>
public sealed class AddressSet
{
    private readonly ImmutableArray<AddressRange> _ranges;

    private AddressSet(ImmutableArray<AddressRange> ranges) => _ranges = ranges;

    public static AddressSet Empty { get; } = new([]);

    /// <summary>The longest ranges the set consists of, in order.</summary>
    public ImmutableArray<AddressRange> Ranges => _ranges;

    /// <summary>The set with these addresses too. A range that is empty adds nothing.</summary>
    public AddressSet With(AddressRange added)
    {
        if (added.IsEmpty)
            return this;
        var (first, last) = (added.First, added.Last);
        var before = ImmutableArray.CreateBuilder<AddressRange>();
        var after = ImmutableArray.CreateBuilder<AddressRange>();
        foreach (var range in _ranges)
        {
            if (range.Last < first && first - range.Last > 1)
                before.Add(range);
            else if (range.First > last && range.First - last > 1)
                after.Add(range);
            else
                (first, last) = (UInt128.Min(first, range.First), UInt128.Max(last, range.Last));
        }

        return new([.. before, new(first, last, added.IsIPv6), .. after]);
    }

    /// <summary>The set without these addresses. Those of another family are not in it anyway.</summary>
    public AddressSet Without(AddressRange removed) => new([.. _ranges.SelectMany(range => Rest(range, removed))]);

    private static IEnumerable<AddressRange> Rest(AddressRange range, AddressRange removed)
    {
        if (removed.IsEmpty || removed.IsIPv6 != range.IsIPv6 || removed.Last < range.First || removed.First > range.Last)
        {
            yield return range;
            yield break;
        }

        if (removed.First > range.First)
            yield return range with { Last = removed.First - 1 };
        if (removed.Last < range.Last)
            yield return range with { First = removed.Last + 1 };
    }
}
