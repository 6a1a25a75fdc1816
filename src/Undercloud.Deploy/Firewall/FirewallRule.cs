using System.Collections.Immutable;

namespace Undercloud.Deploy.Firewall;

/// <summary>A rule of the node's firewall.</summary>
/// <param name="Name">Unique on the node, e.g. "111 keystone"; rules are in the order of their names.</param>
/// <param name="Protocol">tcp, udp, another protocol's name or number.</param>
/// <param name="Ports">Destination ports; empty for the whole protocol.</param>
public sealed record FirewallRule(string Name, string Protocol, ImmutableArray<PortRange> Ports)
{
    /// <summary>The source networks or addresses; null for all, empty for the node alone.</summary>
    public ImmutableArray<string>? Sources { get; init; }

    /// <summary>The interface to which the rule applies; null for all.</summary>
    public string? Interface { get; init; }

    /// <summary>
    /// Numbers of the users of the node whose processes may connect to the ports, besides root; null for all users. This restricts
    /// connections from the node to itself, which rules with networks do not see.
    /// </summary>
    public ImmutableArray<int>? Users { get; init; }

    /// <summary>Whether the rule accepts; if not, it drops.</summary>
    public bool Accepts { get; init; } = true;
}

/// <summary>A range of ports, ends included.</summary>
public readonly record struct PortRange(int First, int Last)
{
    /// <summary>5000, 6000-6010 or 6000:6010; null when the text is none of these.</summary>
    public static PortRange? TryParse(string text)
    {
        var ends = text.Split('-', ':');
        return ends.Length is 1 or 2 && Port(ends[0]) is { } first && Port(ends[^1]) is { } last && first <= last ? new(first, last) : null;
    }

    /// <summary>The same ports in as few ranges as possible, in their order: nftables rejects a set with overlaps.</summary>
    public static ImmutableArray<PortRange> Merged(IEnumerable<PortRange> ranges)
    {
        var merged = ImmutableArray.CreateBuilder<PortRange>();
        foreach (var range in ranges.OrderBy(range => range.First).ThenBy(range => range.Last))
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
                merged[^1] = merged[^1] with { Last = Math.Max(merged[^1].Last, range.Last) };
            else
                merged.Add(range);
        }

        return merged.ToImmutable();
    }

    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";

    private static int? Port(string text) => text.Length is > 0 and <= 5 && text.All(char.IsAsciiDigit) && int.Parse(text) is > 0 and <= 65535 and var port ? port : null;
}
