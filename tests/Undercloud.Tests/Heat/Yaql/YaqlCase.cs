using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Tests.Heat.Yaql;

/// <summary>An expression with its data, where it comes from, and what yaql itself answers to such cases.</summary>
internal sealed record YaqlCase(string Origin, string Expression, Value Data)
{
    private const string DataMark = "#data ";

    /// <summary>The cases of tests/corpus/yaql: one expression a line; "#data" gives the data of the lines that follow.</summary>
    public static List<YaqlCase> Corpus()
    {
        var cases = new List<YaqlCase>();
        foreach (var path in Directory.GetFiles(Directory_, "*.txt").Order(StringComparer.Ordinal))
        {
            var data = Value.Null;
            foreach (var line in File.ReadAllLines(path))
            {
                if (line.StartsWith(DataMark, StringComparison.Ordinal))
                    data = CanonicalJson.Read(line[DataMark.Length..]);
                else if (line.Trim().Length > 0)
                    cases.Add(new(Path.GetFileNameWithoutExtension(path), line, data));
            }
        }

        return cases;
    }

    public static string Directory_ => Path.Combine(AppContext.BaseDirectory, "corpus", "yaql");

    /// <summary>yaql's answers, {value} or {error}, in one Python process.</summary>
    public static async Task<List<MapValue>> Ask(IReadOnlyList<YaqlCase> cases)
    {
        var input = new ListValue([.. cases.Select(one => (Value)new MapValue([new("yaql", one.Expression), new("data", one.Data)]))]);
        var output = await PythonOracle.Answer("yaql", "yaql_eval.py", CanonicalJson.WriteIndented(input));
        return [.. ((ListValue)CanonicalJson.Read(output)).Items.Cast<MapValue>()];
    }

    /// <summary>How our answer differs from yaql's, or null. Errors are alike; a set may come in any order.</summary>
    public string? Difference(MapValue theirs)
    {
        var ours = YaqlEngine.Evaluate(Expression, Data, YaqlLimits.Default);
        // Where Python shows the address of an object there is nothing to compare.
        var alike = theirs["value"] is { } value
            ? ours.Value is { } mine && (Same(value, mine) || value.ToString().Contains(" object at 0x", StringComparison.Ordinal) || Shuffled(value, mine))
            : ours.Error is not null;
        return alike ? null : $"{Origin}: {Expression} on {Data}: yaql {theirs}, ours {ours.Value?.ToString() ?? ours.Error!.Message}";
    }

    public static void AllAlike(IEnumerable<string?> differences)
    {
        var found = differences.OfType<string>().ToList();
        if (found.Count > 0)
            Assert.Fail($"{found.Count} differ:\n{string.Join('\n', found.Take(60))}");
    }

    // The order of a set's items, which Python shuffles, can show in lists and texts made of it.
    private bool Shuffled(Value theirs, Value mine) =>
        Origin == "generated" && Expression.Contains("et(", StringComparison.Ordinal) && theirs.ToString().Order().SequenceEqual(mine.ToString().Order());

    private static bool Same(Value theirs, Value mine)
    {
        switch (theirs)
        {
            case MapValue { Count: 1 } marked when marked["$set"] is ListValue set:
                return mine is ListValue list && Sorted(set).SequenceEqual(Sorted(list));
            case MapValue { Count: 1 } marked when marked["$float"] is StringValue:
                return mine is FloatValue number && !double.IsFinite(number.Number);
            case MapValue map:
                return mine is MapValue other && map.Keys.SequenceEqual(other.Keys) && map.Entries.Zip(other.Entries).All(pair => Same(pair.First.Value, pair.Second.Value));
            case ListValue items:
                return mine is ListValue others && items.Items.Length == others.Items.Length && items.Items.Zip(others.Items).All(pair => Same(pair.First, pair.Second));
            default:
                return theirs.Equals(mine);
        }
    }

    private static IEnumerable<string> Sorted(ListValue list) => list.Items.Select(CanonicalJson.Write).Order(StringComparer.Ordinal);
}
