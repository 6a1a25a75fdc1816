using System.Collections.Immutable;
using System.Text;
using Undercloud.Config;

namespace Undercloud.Deploy.Firewall;

/// <summary>The node's own nftables table, beside foreign tables.</summary>
public sealed record FirewallTable
{
    /// <summary>Its family and name.</summary>
    public const string Name = "inet undercloud";

    // Addresses without a route: packets to them never leave through a router.
    private static readonly ImmutableArray<string> s_local4 = ["224.0.0.0/4", "255.255.255.255"];
    private static readonly ImmutableArray<string> s_local6 = ["fe80::/10", "ff00::/8"];

    /// <summary>Whether packets to the node are filtered; if not, the table only masquerades.</summary>
    public bool Filters { get; init; } = true;

    /// <summary>Interfaces on which packets that match no rule are dropped; null for all.</summary>
    public ImmutableArray<string>? Closed { get; init; }

    /// <summary>Interfaces that are ports of a bridge of the node.</summary>
    public ImmutableArray<string> Ports { get; init; } = [];

    public ImmutableArray<FirewallRule> Rules { get; init; } = [];

    /// <summary>Rules with users of other nodes, each with the address of its node: on this node too, only these users may connect to the ports.</summary>
    public ImmutableArray<(string Address, FirewallRule Rule)> Reserved { get; init; } = [];

    /// <summary>Networks whose packets get the node's own address, each with the destinations for which they keep theirs.</summary>
    public ImmutableArray<(string Network, ImmutableArray<string> Except)> Masqueraded { get; init; } = [];

    /// <summary>The file that nft loads: it replaces the table atomically.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        text.Append("# Written by `undercloud install`; changes are overwritten. Rules of your own: ExtraFirewallRules, or another table.\n");
        text.Append($"table {Name}\ndelete table {Name}\n\ntable {Name} {{\n");
        if (Filters)
            Input(text);
        if (Filters && (Rules.Any(rule => rule.Users is not null) || !Reserved.IsEmpty))
            Output(text);
        if ((Filters && !Ports.IsEmpty) || !Masqueraded.IsEmpty)
            Forward(text);
        if (!Masqueraded.IsEmpty)
            PostRouting(text);
        return text.Append("}\n").ToString();
    }

    private void Input(StringBuilder text)
    {
        text.Append("    chain input {\n        type filter hook input priority filter; policy accept;\n");
        BridgePorts(text);
        Line(text, "iifname \"lo\" accept");
        Line(text, "ct state established,related accept");
        Line(text, "meta l4proto { icmp, ipv6-icmp } accept");
        foreach (var rule in Rules.OrderBy(rule => rule.Name, StringComparer.Ordinal))
        {
            foreach (var match in Matches(rule))
                Line(text, $"{match} {(rule.Accepts ? "accept" : "drop")} comment \"{rule.Name}\"".TrimStart());
        }

        if (Closed is null)
            Line(text, "ip6 daddr fe80::/10 udp dport 546 accept");
        else
            Ours(text);
        var closed = Closed is { } names ? $"iifname {Set(names.Select(Quoted))} " : "";
        if (Closed is null or { IsEmpty: false })
        {
            Line(text, $"{closed}limit rate 20/minute burst 15 packets log prefix \"undercloud dropped: \"");
            Line(text, $"{closed}drop");
        }

        text.Append("    }\n");
    }

    // A port of the undercloud is open only to the sources of a rule, on every interface.
    private void Ours(StringBuilder text)
    {
        foreach (var protocol in Rules.Where(rule => rule.Accepts && !rule.Ports.IsEmpty).GroupBy(rule => rule.Protocol).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var partly = protocol.Where(rule => rule.Sources is not null || rule.Interface is not null).SelectMany(rule => rule.Ports).ToList();
            if (partly.Count > 0)
                Line(text, $"{protocol.Key} dport {Set(PortRange.Merged(partly))} drop");
        }
    }

    // A service without passwords is reserved for the services' users: the node's connections to itself arrive at no interface.
    private void Output(StringBuilder text)
    {
        text.Append("    chain output {\n        type filter hook output priority filter; policy accept;\n");
        foreach (var rule in Rules.Where(rule => rule.Users is not null).OrderBy(rule => rule.Name, StringComparer.Ordinal))
            Line(text, Refused("oifname \"lo\"", rule));
        foreach (var (address, rule) in Reserved.OrderBy(reserved => reserved.Address, StringComparer.Ordinal).ThenBy(reserved => reserved.Rule.Name, StringComparer.Ordinal))
            Line(text, Refused($"{Networks.Family(address)} daddr {address}", rule));
        text.Append("    }\n");
    }

    private static string Refused(string to, FirewallRule rule) =>
        $"{to} {rule.Protocol} dport {Set(rule.Ports)} meta skuid != {Set(rule.Users!.Value)} {(rule.Protocol == "tcp" ? "reject with tcp reset" : "reject")} comment \"{rule.Name}\"";

    // With a user-space datapath the kernel sees packets that arrive at a bridge's port a second time, besides the bridge.
    private void BridgePorts(StringBuilder text)
    {
        if (!Ports.IsEmpty)
            Line(text, $"iifname {Set(Ports.Select(Quoted))} drop");
    }

    private void Forward(StringBuilder text)
    {
        text.Append("    chain forward {\n        type filter hook forward priority filter; policy accept;\n");
        if (Filters)
            BridgePorts(text);
        Line(text, "ct state established,related accept");

        // Masquerading opens no way in.
        foreach (var (network, except) in Masqueraded)
        {
            var family = Networks.Family(network);
            Line(text, $"{family} daddr {network} {family} saddr != {Set(Networks.Merged(except.Append(network).Where(other => Networks.Family(other) == family)))} drop");
        }

        text.Append("    }\n");
    }

    private void PostRouting(StringBuilder text)
    {
        text.Append("    chain postrouting {\n        type nat hook postrouting priority srcnat; policy accept;\n");
        foreach (var (network, except) in Masqueraded)
        {
            var family = Networks.Family(network);
            var stay = Networks.Merged(except.Append(network).Where(other => Networks.Family(other) == family).Concat(family == "ip" ? s_local4 : s_local6));
            Line(text, $"oifname != \"lo\" {family} saddr {network} {family} daddr != {Set(stay)} masquerade");
        }

        text.Append("    }\n");
    }

    private static IEnumerable<string> Matches(FirewallRule rule)
    {
        var from = rule.Interface is { } name ? $"iifname {Quoted(name)} " : "";
        // All protocols: nft has no keyword for them, and needs none.
        var to = rule.Protocol == "all" ? "" : rule.Ports.IsEmpty ? $"meta l4proto {Protocol(rule.Protocol)}" : $"{rule.Protocol} dport {Set(rule.Ports)}";
        return rule.Sources is not { } sources
            ? [(from + to).TrimEnd()]
            : sources.GroupBy(Networks.Family).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{from}{group.Key} saddr {Set(group)} {to}".TrimEnd());
    }

    // nft looks these up in /etc/protocols, which a host need not have.
    private static string Protocol(string name) => name switch
    {
        "gre" => "47",
        "vrrp" => "112",
        _ => name,
    };

    // The caller has validated the names; a name with a quote would inject rules.
    private static string Quoted(string name) =>
        HostName.ProblemOfInterface(name) is { } problem ? throw new InvalidOperationException($"The interface '{name}' {problem}.") : $"\"{name}\"";

    private static string Set<T>(IEnumerable<T> items) => items.ToList() is { Count: 1 } one ? $"{one[0]}" : $"{{ {string.Join(", ", items)} }}";

    private static void Line(StringBuilder text, string line) => text.Append("        ").Append(line).Append('\n');
}
