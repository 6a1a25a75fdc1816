using System.Collections.Immutable;
using Undercloud.Deploy.BareMetal;
using Undercloud.Heat.Values;
using Undercloud.Host.BareMetal;

namespace Undercloud.Cli.Commands;

/// <summary>Nodes for people and for programs: what became of them, and what an inspection found.</summary>
internal static class NodeTable
{
    public static void Write(TextWriter output, ImmutableArray<NodeOutcome> outcomes, IReadOnlyCollection<FoundNode> now, bool json, bool found)
    {
        if (json)
        {
            output.Write(CanonicalJson.WriteIndented(new ListValue([.. outcomes.Select(outcome => Json(outcome, now))])));
            return;
        }

        TextTable.Write(output, ["Node", "UUID", "State", "Error"], outcomes.Select(outcome => new[] { outcome.Label, outcome.Uuid, outcome.State, outcome.Error ?? "" }));
        if (found)
            WriteFound(output, now.Where(node => outcomes.Any(outcome => outcome.Uuid == node.Uuid && outcome.Error is null)));
    }

    /// <summary>The properties and ports that Ironic has.</summary>
    public static void WriteFound(TextWriter output, IEnumerable<FoundNode> nodes)
    {
        var rows = nodes.Select(node =>
        {
            var properties = node.Map("properties");
            return new[]
            {
                node.Label, Text(properties, "cpus"), Text(properties, "memory_mb"), Text(properties, "local_gb"), Text(properties, "cpu_arch"),
                string.Join(' ', node.Ports.Select(port => port.Address)), Text(properties, "capabilities"),
            };
        }).ToList();
        if (rows.Count == 0)
            return;
        output.WriteLine();
        TextTable.Write(output, ["Node", "CPUs", "Memory MiB", "Disk GiB", "Arch", "Ports", "Capabilities"], rows);
    }

    /// <summary>The same as data.</summary>
    public static IEnumerable<KeyValuePair<string, Value>> Found(FoundNode node) =>
    [
        new("properties", node.Map("properties")), new("ports", new ListValue([.. node.Ports.Select(port => (Value)port.Address)])),
    ];

    private static MapValue Json(NodeOutcome outcome, IEnumerable<FoundNode> now) => new(
        new KeyValuePair<string, Value>[]
        {
            new("node", outcome.Label), new("uuid", outcome.Uuid), new("provision_state", outcome.State), new("error", outcome.Error is { } error ? error : Value.Null),
        }.Concat(now.FirstOrDefault(node => node.Uuid == outcome.Uuid) is { } found ? Found(found) : []));

    private static string Text(MapValue map, string key) => map[key] switch
    {
        null or NullValue => "",
        StringValue text => text.Text,
        var value => value.ToString(),
    };
}
