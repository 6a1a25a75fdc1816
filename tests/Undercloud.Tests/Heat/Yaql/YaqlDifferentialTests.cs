using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat.Yaql;

/// <summary>Compares expressions with what yaql 2.0.0 makes of them, with the limits tripleoclient gives Heat.</summary>
public sealed class YaqlDifferentialTests
{
    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Recorded => Path.Combine(YaqlCase.Directory_, "answers.json");

    [Fact]
    public void Expressions_give_what_yaql_was_once_seen_to_give()
    {
        var answers = (MapValue)CanonicalJson.Read(File.ReadAllText(Recorded));
        var groups = YaqlCase.Corpus().GroupBy(one => one.Origin).ToList();
        Assert.True(groups.Sum(group => group.Count()) > 2300);
        YaqlCase.AllAlike(groups.SelectMany(group => group.Zip(((ListValue)answers[group.Key]!).Items, (one, answer) =>
            ((MapValue)answer)["yaql"]!.Equals((Value)one.Expression) ? one.Difference((MapValue)answer) : $"{one.Origin}: {one.Expression}: not recorded")));
    }

    /// <summary>The answers are written beside the test, to be copied to tests/corpus/yaql/answers.json when the corpus has grown.</summary>
    [Fact]
    public async Task Expressions_give_what_yaql_gives()
    {
        var cases = YaqlCase.Corpus();
        var answers = await YaqlCase.Ask(cases);
        YaqlCase.AllAlike(cases.Zip(answers, (one, answer) => one.Difference(answer)));
        var fresh = "{" + string.Join(",", cases.Zip(answers).GroupBy(pair => pair.First.Origin).Select(group =>
            $"\n\"{group.Key}\": [\n{string.Join(",\n", group.Select(pair => Entry(pair.First, pair.Second)))}\n]")) + "\n}\n";
        await File.WriteAllTextAsync(Recorded + ".new", fresh, TestContext.Current.CancellationToken);
        Assert.Equal(File.Exists(Recorded) ? await File.ReadAllTextAsync(Recorded, TestContext.Current.CancellationToken) : "", fresh);
    }

    // One line, and keys in their own order, which the canonical text would sort.
    private static string Entry(YaqlCase one, MapValue answer) => JsonNode.Parse(CanonicalJson.WriteIndented(new MapValue(
        [new("yaql", one.Expression), answer["value"] is { } value ? new("value", Ordered(value)) : new("error", true)])))!.ToJsonString(s_relaxed);

    // Python shuffles its sets; what is recorded is sorted.
    private static Value Ordered(Value value) => value switch
    {
        MapValue { Count: 1 } marked when marked["$set"] is ListValue set =>
            marked.With("$set", new ListValue([.. set.Items.OrderBy(CanonicalJson.Write, StringComparer.Ordinal)])),
        MapValue map => new MapValue(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Ordered(entry.Value)))),
        ListValue list => new ListValue([.. list.Items.Select(Ordered)]),
        _ => value,
    };
}
