using System.Collections.Immutable;
using System.Text;
using Undercloud.Config;

namespace Undercloud.Deploy.Firewall;

/// <summary>The node's own table of nftables, which stands beside those of others.</summary>
public sealed record FirewallTable
{
    /// <summary>Its name, with its family.</summary>
    public const string Name = "inet undercloud";

    // Addresses that no route leads to: packets to them never leave by way of a router.
    private static readonly ImmutableArray<string> s_local4 = ["224.0.0.0/4", "255.255.255.255"];
    private static readonly ImmutableArray<string> s_local6 = ["fe80::/10", "ff00::/8"];

    /// <summary>Whether packets to the node are looked at; if not, the table masquerades only.</summary>
    public bool Filters { get; init; } = true;

    /// <summary>Interfaces on which what no rule names is dropped; null for all.</summary>
    public ImmutableArray<string>? Closed { get; init; }

    /// <summary>Interfaces that are ports of a bridge of the node.</summary>
    public ImmutableArray<string> Ports { get; init; } = [];

    public ImmutableArray<FirewallRule> Rules { get; init; } = [];

    /// <summary>Networks whose packets get the node's own address, with those they keep their own for.</summary>
    public ImmutableArray<(string Network, ImmutableArray<string> Except)> Masqueraded { get; init; } = [];

    /// <summary>The file that nft loads: it replaces the table in one step.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        text.Append("# Written by `undercloud install`; changes are overwritten. Rules of your own: ExtraFirewallRules, or another table.\n");
        text.Append($"table {Name}\ndelete table {Name}\n\ntable {Name} {{\n");
        if (Filters)
            Input(text);
        if (Filters && Rules.Any(rule => rule.Users is not null))
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

    // A port that is ours is for those that a rule lets in, from wherever the others come.
    private void Ours(StringBuilder text)
    {
        foreach (var protocol in Rules.Where(rule => rule.Accepts && !rule.Ports.IsEmpty).GroupBy(rule => rule.Protocol).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var partly = protocol.Where(rule => rule.Sources is not null || rule.Interface is not null).SelectMany(rule => rule.Ports).ToList();
            if (partly.Count > 0)
                Line(text, $"{protocol.Key} dport {Set(PortRange.Merged(partly))} drop");
        }
    }

    // A service without passwords of its own is for the users of the services: the node's connections to itself never come in at an interface.
    private void Output(StringBuilder text)
    {
        text.Append("    chain output {\n        type filter hook output priority filter; policy accept;\n");
        foreach (var rule in Rules.Where(rule => rule.Users is not null).OrderBy(rule => rule.Name, StringComparer.Ordinal))
        {
            var refusal = rule.Protocol == "tcp" ? "reject with tcp reset" : "reject";
            Line(text, $"oifname \"lo\" {rule.Protocol} dport {Set(rule.Ports)} meta skuid != {Set(rule.Users!.Value)} {refusal} comment \"{rule.Name}\"");
        }

        text.Append("    }\n");
    }

    // With a datapath in user space the kernel sees what comes in at a bridge's port a second time, besides the bridge.
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

        // Masquerading is a way out, not a way in.
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
        // All protocols: nft has no word for them, and needs none.
        var to = rule.Protocol == "all" ? "" : rule.Ports.IsEmpty ? $"meta l4proto {Protocol(rule.Protocol)}" : $"{rule.Protocol} dport {Set(rule.Ports)}";
        return rule.Sources is not { } sources
            ? [(from + to).TrimEnd()]
            : sources.GroupBy(Networks.Family).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{from}{group.Key} saddr {Set(group)} {to}".TrimEnd());
    }

    // nft asks /etc/protocols for these, which a host need not have.
    private static string Protocol(string name) => name switch
    {
        "gre" => "47",
        "vrrp" => "112",
        _ => name,
    };

    // Whoever makes a table has looked at the names; one with a quote would be rules of its own.
    private static string Quoted(string name) =>
        HostName.ProblemOfInterface(name) is { } problem ? throw new InvalidOperationException($"The interface '{name}' {problem}.") : $"\"{name}\"";

    private static string Set<T>(IEnumerable<T> items) => items.ToList() is { Count: 1 } one ? $"{one[0]}" : $"{{ {string.Join(", ", items)} }}";

    private static void Line(StringBuilder text, string line) => text.Append("        ").Append(line).Append('\n');
}
