using System.Collections.Immutable;

namespace Undercloud.Deploy.Firewall;

/// <summary>Who may reach what of the node.</summary>
/// <param name="Name">Unique on the node, e.g. "111 keystone"; rules are in the order of their names.</param>
/// <param name="Protocol">tcp, udp, another protocol's name or number.</param>
/// <param name="Ports">Destination ports; none for all of the protocol.</param>
public sealed record FirewallRule(string Name, string Protocol, ImmutableArray<PortRange> Ports)
{
    /// <summary>Networks or addresses it holds for; null for all, none for the node alone.</summary>
    public ImmutableArray<string>? Sources { get; init; }

    /// <summary>The interface that it holds for; null for all.</summary>
    public string? Interface { get; init; }

    /// <summary>
    /// Numbers of the users of the node whose processes may connect to the ports, beside root; null for all users. It holds for
    /// connections from the node to itself, which no rule about networks sees.
    /// </summary>
    public ImmutableArray<int>? Users { get; init; }

    /// <summary>Whether it lets through; if not, it drops.</summary>
    public bool Accepts { get; init; } = true;
}

/// <summary>Ports from the first to the last.</summary>
public readonly record struct PortRange(int First, int Last)
{
    /// <summary>5000, 6000-6010 or 6000:6010; null when the text is none of these.</summary>
    public static PortRange? TryParse(string text)
    {
        var ends = text.Split('-', ':');
        return ends.Length is 1 or 2 && Port(ends[0]) is { } first && Port(ends[^1]) is { } last && first <= last ? new(first, last) : null;
    }

    /// <summary>The same ports in as few ranges as can be, in their order: nftables takes no set with overlaps.</summary>
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
