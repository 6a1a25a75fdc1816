using System.Collections.Immutable;
using Undercloud.Cli.Output;
using Undercloud.Deploy.BareMetal;
using Undercloud.Heat.Values;
using Undercloud.Host.BareMetal;

namespace Undercloud.Cli.Commands.BareMetal;

/// <summary>Nodes as a table or as data: their outcomes, and the results of an inspection.</summary>
internal static class NodeTable
{
    /// <summary>The outcomes of nodes, and their present state in Ironic.</summary>
    public static Rows<(NodeOutcome Outcome, FoundNode? Now)> Outcomes { get; } = new(
    [
        new("node", "Node", row => row.Outcome.Label),
        new("uuid", "UUID", row => row.Outcome.Uuid),
        new("provision_state", "State", row => row.Outcome.State),
        new("error", "Error", row => row.Outcome.Error is { } error ? error : Value.Null),
        .. Found<(NodeOutcome, FoundNode? Now)>(row => row.Now),
    ]);

    private static Rows<FoundNode> Properties { get; } = new(
        new("node", "Node", node => node.Label),
        Property("cpus", "CPUs"),
        Property("memory_mb", "Memory MiB"),
        Property("local_gb", "Disk GiB"),
        Property("cpu_arch", "Arch"),
        new("ports", "Ports", node => string.Join(' ', node.Ports.Select(port => port.Address))),
        Property("capabilities", "Capabilities"));

    public static void Write(TextWriter output, ImmutableArray<NodeOutcome> outcomes, IReadOnlyCollection<FoundNode> now, RowChoice choice, bool found)
    {
        Outcomes.Write(output, outcomes.Select(outcome => (outcome, now.FirstOrDefault(node => node.Uuid == outcome.Uuid))), choice);
        if (found)
            WriteFound(output, now.Where(node => outcomes.Any(outcome => outcome.Uuid == node.Uuid && outcome.Error is null)), choice);
    }

    /// <summary>The properties and ports in Ironic, as a table below the first one. As data they are part of the rows.</summary>
    public static void WriteFound(TextWriter output, IEnumerable<FoundNode> nodes, RowChoice choice)
    {
        var rows = nodes.ToList();
        if (rows.Count == 0 || !choice.IsTable || !choice.Columns.IsEmpty)
            return;
        output.WriteLine();
        Properties.Write(output, rows, choice);
    }

    /// <summary>The same as data columns.</summary>
    public static Column<T>[] Found<T>(Func<T, FoundNode?> of) =>
    [
        new("properties", "Properties", row => of(row)?.Map("properties") is { } map ? map : Value.Null) { Place = ColumnPlace.Data },
        new("ports", "Ports", row => of(row) is { } node ? new ListValue([.. node.Ports.Select(port => (Value)port.Address)]) : Value.Null) { Place = ColumnPlace.Data },
    ];

    private static Column<FoundNode> Property(string key, string heading) => new(key, heading, node => node.Map("properties")[key] ?? Value.Null);
}
