using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Tests.Heat;

/// <summary>Compares stacks of tests/corpus/heat with what Heat itself makes of them, all in one Python process.</summary>
public sealed class HeatDifferentialTests
{
    private static readonly Value s_ask = CanonicalJson.Read("""{"if": ["c", 1, 2]}""");

    private static string Corpus => Path.Combine(AppContext.BaseDirectory, "corpus", "heat");

    [Fact]
    public void Stacks_resolve_as_Heat_was_once_seen_to_resolve_them()
    {
        var answers = (MapValue)CanonicalJson.Read(File.ReadAllText(Path.Combine(Corpus, "answers.json")));
        StackCase.AllEqual(AllCases().SelectMany(one => Differences(one, (MapValue)answers[one.Name]!)));
    }

    /// <summary>Heat's answers are written beside the test, to be copied to tests/corpus/heat/answers.json when the corpus has grown.</summary>
    [Fact]
    public async Task Stacks_resolve_as_Heat_resolves_them()
    {
        var cases = AllCases();
        var theirs = await StackCase.Ask(cases);
        var recorded = Path.Combine(Corpus, "answers.json");
        var fresh = CanonicalJson.WriteIndented(new MapValue(cases.Zip(theirs).Select(pair => KeyValuePair.Create(pair.First.Name, (Value)Recorded(pair.Second)))));
        var known = File.Exists(recorded) ? await File.ReadAllTextAsync(recorded, TestContext.Current.CancellationToken) : "";
        await File.WriteAllTextAsync(recorded + ".new", fresh, TestContext.Current.CancellationToken);
        StackCase.AllEqual(cases.Zip(theirs).SelectMany(pair => Differences(pair.First, pair.Second)));
        Assert.Equal(known, fresh);
    }

    private static List<StackCase> AllCases()
    {
        var cases = Directory.GetFiles(Corpus, "*.yaml").Order(StringComparer.Ordinal).SelectMany(Cases).ToList();
        Assert.True(cases.Count > 150);
        return cases;
    }

    private static MapValue Recorded(MapValue answer) => answer["error"] is null ? (MapValue)CanonicalJson.Read(CanonicalJson.Write(answer)) : new MapValue([new("error", true)]);

    private static IEnumerable<StackCase> Cases(string path)
    {
        var findings = new DiagnosticBag();
        var corpus = (MapValue)YamlReader.Read(File.ReadAllText(path), Path.GetFileName(path), findings)!.ToValue();
        Assert.Empty(findings.All);
        var name = Path.GetFileNameWithoutExtension(path);
        return corpus["template"] is MapValue template ? OfOneTemplate(name, corpus, template) : OfTheirOwn(name, corpus);
    }

    // Variations of one template.
    private static IEnumerable<StackCase> OfOneTemplate(string name, MapValue corpus, MapValue template)
    {
        var version = corpus["version"] ?? "rocky";
        MapValue Base(string section, Value value) => template.With("heat_template_version", version).With(section, value);
        MapValue Conditions(Value more) => Base("conditions", new MapValue([.. ((MapValue)template["conditions"]!).Entries, .. ((MapValue)more).Entries]));
        StackCase Case(string key, MapValue main) => StackCase.Of($"{name}/{key}", main, corpus["files"], corpus["environment"], corpus["given"]);
        if (corpus["outputs"] is MapValue outputs)
            yield return Case("outputs", Base("outputs", Outputs(outputs.Entries)));
        foreach (var (key, value) in Section(corpus, "errors"))
            yield return Case($"errors/{key}", Base("outputs", Outputs([new("result", value)])));
        foreach (var (key, value) in Section(corpus, "parameter_errors"))
            yield return StackCase.Of($"{name}/parameter_errors/{key}", new MapValue([new("heat_template_version", version), new("parameters", value)]), null, null, null);
        foreach (var (key, value) in Section(corpus, "resource_errors"))
            yield return Case($"resource_errors/{key}", Base("resources", new MapValue([new("Extra", value)])));
        foreach (var (key, value) in Section(corpus, "condition_errors"))
            yield return Case($"condition_errors/{key}", Conditions(value).With("outputs", Outputs([new("result", s_ask)])));
        foreach (var (key, value) in Section(corpus, "unused_conditions"))
            yield return Case($"unused_conditions/{key}", Conditions(value));
        foreach (var (key, value) in Section(corpus, "versions"))
        {
            var one = (MapValue)value;
            yield return Case(key, Base("outputs", Outputs([new("result", one["value"]!)])).With("heat_template_version", one["version"]!));
        }
    }

    // Each stack says its template, a map or a text, and may have files, an environment and parameters; what it does not say is the corpus's.
    private static IEnumerable<StackCase> OfTheirOwn(string name, MapValue corpus)
    {
        foreach (var section in new[] { "stacks", "errors" })
        {
            foreach (var (key, value) in Section(corpus, section))
            {
                var one = (MapValue)value;
                var files = new MapValue([.. Section(corpus, "files"), .. Section(one, "files")]);
                var main = one["text"] ?? new MapValue([new("heat_template_version", "rocky"), .. one.Entries.Where(entry => entry.Key is not ("files" or "environment" or "given"))]);
                yield return StackCase.Of($"{name}/{section}/{key}", main, files, one["environment"] ?? corpus["environment"], one["given"]);
            }
        }
    }

    private static ImmutableArray<KeyValuePair<string, Value>> Section(MapValue corpus, string name) => (corpus[name] as MapValue ?? MapValue.Empty).Entries;

    private static MapValue Outputs(IEnumerable<KeyValuePair<string, Value>> values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Key, (Value)new MapValue([new("value", pair.Value)]))));

    private static IEnumerable<string> Differences(StackCase one, MapValue theirs) =>
        one.Name.Contains("errors/", StringComparison.Ordinal) && theirs["error"] is null ? [$"{one.Name}: Heat accepts this: {theirs}"]
            : one.Name.EndsWith("/outputs", StringComparison.Ordinal) && theirs["error"] is { } error ? [$"{one.Name}: Heat refuses this: {error}"]
            : one.Differences(theirs);
}
