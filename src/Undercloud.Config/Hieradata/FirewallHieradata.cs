using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>
/// Translates rules of tripleo::firewall::firewall_rules to ExtraFirewallRules. Source: the define tripleo::firewall::rule
/// of puppet-tripleo. A rule with a part that has no counterpart is dropped as a whole: without that part it would accept more, or less, than was meant.
/// </summary>
internal static class FirewallHieradata
{
    private static readonly ImmutableArray<string> s_carried = ["dport", "proto", "source", "iniface"];
    private static readonly ImmutableArray<string> s_withPorts = ["tcp", "udp"];

    /// <summary>The rules by name, and the problems of the others: "'300 web': sport has no counterpart".</summary>
    public static (MapValue Rules, ImmutableArray<string> Problems) Translate(Value rules)
    {
        if (rules is not MapValue map)
            return (MapValue.Empty, ["its value is no map of rules"]);
        var translated = new List<KeyValuePair<string, Value>>();
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var (name, rule) in map.Entries)
        {
            if (rule is not MapValue given)
                problems.Add($"'{name}': it is no map");
            else if (Problem(given) is { } problem)
                problems.Add($"'{name}': {problem}");
            else
                translated.Add(new(name, Rule(given)));
        }

        return (new(translated), problems.ToImmutable());
    }

    private static MapValue Rule(MapValue given)
    {
        var rule = given.Entries.Where(entry => s_carried.Contains(entry.Key) && entry.Value is not NullValue).ToList();
        if (given["port"] is { } port and not (NullValue or StringValue { Text: "all" }) && given["dport"] is null or NullValue)
            rule.Add(new("dport", port));
        if (given["source"] is null or NullValue && Text(given["ipversion"]) is "ipv4" or "ipv6")
            rule.Add(new("source", Text(given["ipversion"]) == "ipv4" ? "0.0.0.0/0" : "::/0"));
        if (Action(given) is { } action)
            rule.Add(new("action", action));
        return new(rule);
    }

    private static string? Problem(MapValue given)
    {
        var protocol = Text(given["proto"]) ?? "tcp";
        if (given["dport"] is null or NullValue && given["port"] is null or NullValue && s_withPorts.Contains(protocol))
            return $"it has no port, and would be for all of {protocol}";
        return given.Entries.Where(entry => entry.Value is not NullValue).Select(entry => entry.Key switch
        {
            "port" or "dport" or "source" or "iniface" or "tag" => null,
            "proto" => protocol == "all" ? "proto all has no counterpart" : null,
            "ipversion" => Text(entry.Value) is "all" or "ipv4" or "ipv6" ? null : "ipversion is neither ipv4 nor ipv6",
            "state" => States(entry.Value).Contains("NEW") ? null : "a state without NEW has no counterpart",
            "chain" => Text(entry.Value) == "INPUT" ? null : "a chain other than INPUT has no counterpart",
            "table" => Text(entry.Value) == "filter" ? null : "a table other than filter has no counterpart",
            "action" or "jump" => Action(given) is "accept" or "drop" ? null : $"{entry.Key} is neither accept nor drop",
            "extras" when entry.Value is MapValue { Count: 0 } => null,
            _ => $"{entry.Key} has no counterpart",
        }).FirstOrDefault(problem => problem is not null);
    }

    // Where both are given, Puppet uses jump.
    private static string? Action(MapValue given) => (Text(given["jump"]) ?? Text(given["action"]))?.ToLowerInvariant();

    private static IEnumerable<string?> States(Value value) => value is ListValue list ? list.Items.Select(Text) : [Text(value)];

    private static string? Text(Value? value) => (value as StringValue)?.Text;
}
