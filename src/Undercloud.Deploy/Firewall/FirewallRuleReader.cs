using System.Collections.Immutable;
using System.Globalization;
using Undercloud.Config;
using Undercloud.Deploy.Reading;

namespace Undercloud.Deploy.Firewall;

/// <summary>Reads firewall rules in tripleo-heat-templates' form: name to {dport, proto, source, …}.</summary>
internal static class FirewallRuleReader
{
    // The other spellings are those of puppet-tripleo and of tripleo-ansible.
    private static readonly string[] s_keys = ["dport", "port", "proto", "source", "interface", "iniface", "action", "jump", "users"];
    private static readonly string[] s_withPorts = ["tcp", "udp", "sctp", "dccp", "udplite"];

    /// <summary>The rules of a map; invalid rules are dropped, with findings.</summary>
    public static ImmutableArray<FirewallRule> Read(ValueCursor rules) =>
        [.. rules.Entries().Where(entry => !entry.Item.IsNull).Select(entry => Rule(entry.Key, entry.Item)).OfType<FirewallRule>()];

    private static FirewallRule? Rule(string name, ValueCursor rule)
    {
        rule.Map();
        rule.OnlyKeys(s_keys, "a firewall rule");
        if (name.Length is 0 or > 100 || name.Any(c => c is '"' or '\\' || char.IsControl(c)))
        {
            rule.Fail("has a name that nftables does not take", "At most 100 characters, without quotes and backslashes.");
            return null;
        }

        var protocol = (rule["proto"].OptionalText() ?? "tcp").ToLowerInvariant();
        if (protocol.Length is 0 or > 32 || !protocol.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            rule["proto"].Fail("is no protocol", "Give its name or number, e.g. tcp, udp or vrrp.");
        var ports = Ports(Given(rule, "dport", "port"));
        if (!ports.IsEmpty && !s_withPorts.Contains(protocol))
            rule.Fail($"has ports, which {protocol} has none of", "Leave dport out, or say proto: tcp or udp.");
        return new(name, protocol, ports)
        {
            Sources = rule["source"].IsNull ? null : Sources(rule["source"]),
            Interface = Interface(Given(rule, "interface", "iniface")),
            Accepts = Accepts(Given(rule, "action", "jump")),
            Users = rule["users"].IsNull ? null : Users(rule["users"], ports),
        };
    }

    // Root can become every user, so a rule that excludes root would exclude nobody.
    private static ImmutableArray<int> Users(ValueCursor users, ImmutableArray<PortRange> ports)
    {
        if (ports.IsEmpty)
            users.Fail("needs ports", "Give dport: a rule for users is about connections to ports of the node.");
        var numbers = new SortedSet<int> { 0 };
        foreach (var item in users.OneOrMore())
        {
            if (item.OptionalText() is not { } text)
                continue;
            if (ServiceUser.IdOf(text) is { } known)
                numbers.Add(known);
            else if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
            else
                item.Fail($"is {Shown(text)}, which is no user of a service", $"Give a user number, or one of {string.Join(", ", ServiceUser.All.Select(user => user.Name))}.");
        }

        return [.. numbers];
    }

    private static ValueCursor Given(ValueCursor rule, string key, string other) => rule[key].IsNull ? rule[other] : rule[key];

    private static ImmutableArray<PortRange> Ports(ValueCursor ports)
    {
        var ranges = ImmutableArray.CreateBuilder<PortRange>();
        foreach (var item in ports.OneOrMore())
        {
            if (item.OptionalText() is not { } text)
                continue;
            if (PortRange.TryParse(text) is { } range)
                ranges.Add(range);
            else
                item.Fail($"is {Shown(text)}, which is no port", "A port is a number from 1 to 65535, a range of them 6000-6010.");
        }

        return PortRange.Merged(ranges);
    }

    private static ImmutableArray<string> Sources(ValueCursor sources)
    {
        var networks = ImmutableArray.CreateBuilder<string>();
        foreach (var item in sources.OneOrMore())
        {
            if (item.OptionalText() is not { } text)
                continue;
            if (Networks.Canonical(text) is { } network)
                networks.Add(network);
            else
                item.Fail($"is {Shown(text)}, which is no network", "Give a network or an address, e.g. 192.168.24.0/24; leave it out for all.");
        }

        return Networks.Merged(networks);
    }

    private static string? Interface(ValueCursor name) =>
        name.IsNull || name.Interface() is not { Length: > 0 } text || HostName.ProblemOfInterface(text) is not null ? null : text;

    private static bool Accepts(ValueCursor action)
    {
        var text = action.OptionalText()?.ToLowerInvariant() ?? "accept";
        if (text is not ("accept" or "drop"))
            action.Fail($"is {Shown(text)}", "It is accept or drop, or left out.");
        return text != "drop";
    }

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
