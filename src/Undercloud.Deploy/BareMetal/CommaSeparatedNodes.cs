using System.Collections.Immutable;
using System.Text;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.BareMetal;

/// <summary>
/// Nodes as comma-separated values, one per line, without a header: pm_type, pm_addr, pm_user, pm_password, mac, and an optional pm_port
/// (_csv_to_nodes_dict of tripleoclient/utils.py). A field in quotes may contain commas, and two quotes for one.
/// </summary>
internal static class CommaSeparatedNodes
{
    private static readonly string[] s_columns = ["pm_type", "pm_addr", "pm_user", "pm_password", "mac", "pm_port"];

    /// <summary>The rows as maps of a node file; a row with too few or too many fields is reported.</summary>
    public static YamlSequence Read(string text, string path, DiagnosticBag diagnostics)
    {
        var nodes = ImmutableArray.CreateBuilder<YamlNode>();
        var lines = text.Split('\n');
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = lines[number - 1].TrimEnd('\r');
            if (line.Trim().Length == 0)
                continue;
            var place = new SourceSpan(path, number, 1);
            if (Fields(line) is not { } fields)
                diagnostics.Error(place, NodeCodes.File, "A quote is not closed on this line.", "Write a quote within quotes twice.");
            else if (fields.Length is < 5 or > 6)
                diagnostics.Error(place, NodeCodes.File, $"The line has {fields.Length} fields, not 5 or 6.", "Write pm_type,pm_addr,pm_user,pm_password,mac and pm_port, if it is not the usual one.");
            else
                nodes.Add(Node(fields, place));
        }

        return new(nodes.ToImmutable(), new(path, 1, 1));
    }

    private static YamlMapping Node(ImmutableArray<(string Text, int Column)> fields, SourceSpan place) => new(
        [.. fields.Zip(s_columns, (field, key) => (field.Text, At: place with { Column = field.Column }, key)).Select(cell => new YamlEntry(cell.key, cell.At, new YamlScalar(cell.Text, cell.At)))],
        place);

    // Null for an unclosed quote.
    private static ImmutableArray<(string Text, int Column)>? Fields(string line)
    {
        var fields = ImmutableArray.CreateBuilder<(string, int)>();
        for (var at = 0; at <= line.Length; at++)
        {
            while (at < line.Length && line[at] is ' ' or '\t')
                at++;
            var column = at + 1;
            var end = line.IndexOf(',', at) is >= 0 and var comma ? comma : line.Length;
            var text = line[at..end].TrimEnd();
            if (at < line.Length && line[at] == '"')
            {
                if (Quoted(line, ref at) is not { } quoted)
                    return null;
                end = line.IndexOf(',', at) is >= 0 and var next ? next : line.Length;
                text = quoted + line[at..end].TrimEnd();
            }

            fields.Add((text, column));
            at = end;
        }

        return fields.ToImmutable();
    }

    private static string? Quoted(string line, ref int at)
    {
        var text = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"')
            {
                text.Append(line[at]);
            }
            else if (at + 1 < line.Length && line[at + 1] == '"')
            {
                text.Append('"');
                at++;
            }
            else
            {
                at++;
                return text.ToString();
            }
        }

        return null;
    }
}
