using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Tests.Heat;

/// <summary>Compares stacks of tests/corpus/heat with what Heat itself makes of them, all in one Python process.</summary>
public sealed class HeatDifferentialTests
{
    private sealed record Case(string Name, MapValue Template, MapValue Corpus)
    {
        public MapValue Files => Corpus["files"] as MapValue ?? MapValue.Empty;

        public MapValue Request => new([
            new("template", YamlWriter.Write(Template)),
            new("files", Files),
            new("environment", Corpus["environment"] ?? MapValue.Empty),
            new("parameters", Corpus["given"] ?? MapValue.Empty),
        ]);
    }

    private static readonly Value s_ask = CanonicalJson.Read("""{"if": ["c", 1, 2]}""");

    private static string Corpus => Path.Combine(AppContext.BaseDirectory, "corpus", "heat");

    [Fact]
    public void Stacks_resolve_as_Heat_was_once_seen_to_resolve_them()
    {
        var answers = (MapValue)CanonicalJson.Read(File.ReadAllText(Path.Combine(Corpus, "answers.json")));
        Assert.Equal("", string.Join('\n', AllCases().SelectMany(one => Differences(one, (MapValue)answers[one.Name]!))));
    }

    /// <summary>Heat's answers are written beside the test, to be copied to tests/corpus/heat/answers.json when the corpus has grown.</summary>
    [Fact]
    public async Task Stacks_resolve_as_Heat_resolves_them()
    {
        var cases = AllCases();
        var answer = await PythonOracle.Answer("heat.engine.stack", "heat_eval.py", CanonicalJson.WriteIndented(new ListValue([.. cases.Select(one => (Value)one.Request)])));
        var theirs = ((ListValue)CanonicalJson.Read(answer)).Items.Cast<MapValue>().ToList();
        Assert.Equal("", string.Join('\n', cases.Zip(theirs).SelectMany(pair => Differences(pair.First, pair.Second))));
        var recorded = Path.Combine(Corpus, "answers.json");
        var fresh = CanonicalJson.WriteIndented(new MapValue(cases.Zip(theirs).Select(pair => KeyValuePair.Create(pair.First.Name, (Value)Recorded(pair.Second)))));
        var known = File.Exists(recorded) ? await File.ReadAllTextAsync(recorded, TestContext.Current.CancellationToken) : "";
        await File.WriteAllTextAsync(recorded + ".new", fresh, TestContext.Current.CancellationToken);
        Assert.Equal(known, fresh);
    }

    private static List<Case> AllCases()
    {
        var cases = Directory.GetFiles(Corpus, "*.yaml").Order(StringComparer.Ordinal).SelectMany(Cases).ToList();
        Assert.True(cases.Count > 150);
        return cases;
    }

    private static MapValue Recorded(MapValue answer) => answer["error"] is null ? (MapValue)CanonicalJson.Read(CanonicalJson.Write(answer)) : new MapValue([new("error", true)]);

    private static IEnumerable<Case> Cases(string path)
    {
        var findings = new DiagnosticBag();
        var corpus = (MapValue)YamlReader.Read(File.ReadAllText(path), Path.GetFileName(path), findings)!.ToValue();
        Assert.Empty(findings.All);
        var name = Path.GetFileNameWithoutExtension(path);
        var template = (MapValue)corpus["template"]!;
        var version = corpus["version"] ?? "rocky";
        MapValue Base(string section, Value value) => template.With("heat_template_version", version).With(section, value);
        MapValue Conditions(Value more) => Base("conditions", new MapValue([.. ((MapValue)template["conditions"]!).Entries, .. ((MapValue)more).Entries]));
        if (corpus["outputs"] is MapValue outputs)
            yield return new($"{name}/outputs", Base("outputs", Outputs(outputs.Entries)), corpus);
        foreach (var (key, value) in Section(corpus, "errors"))
            yield return new($"{name}/errors/{key}", Base("outputs", Outputs([new("result", value)])), corpus);
        foreach (var (key, value) in Section(corpus, "parameter_errors"))
            yield return new($"{name}/parameter_errors/{key}", new([new("heat_template_version", version), new("parameters", value)]), new([]));
        foreach (var (key, value) in Section(corpus, "resource_errors"))
            yield return new($"{name}/resource_errors/{key}", Base("resources", new MapValue([new("Extra", value)])), corpus);
        foreach (var (key, value) in Section(corpus, "condition_errors"))
            yield return new($"{name}/condition_errors/{key}", Conditions(value).With("outputs", Outputs([new("result", s_ask)])), corpus);
        foreach (var (key, value) in Section(corpus, "unused_conditions"))
            yield return new($"{name}/unused_conditions/{key}", Conditions(value), corpus);
        foreach (var (key, value) in Section(corpus, "versions"))
        {
            var one = (MapValue)value;
            yield return new($"{name}/{key}", Base("outputs", Outputs([new("result", one["value"]!)])).With("heat_template_version", one["version"]!), corpus);
        }
    }

    private static System.Collections.Immutable.ImmutableArray<KeyValuePair<string, Value>> Section(MapValue corpus, string name) => (corpus[name] as MapValue ?? MapValue.Empty).Entries;

    private static MapValue Outputs(IEnumerable<KeyValuePair<string, Value>> values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Key, (Value)new MapValue([new("value", pair.Value)]))));

    private static IEnumerable<string> Differences(Case one, MapValue theirs)
    {
        var mine = Resolve(one);
        var failed = mine.HasErrors;
        var mustFail = one.Name.Contains("errors/", StringComparison.Ordinal);
        if (mustFail && theirs["error"] is null)
            yield return $"{one.Name}: Heat accepts this: {theirs}";
        if (theirs["error"] is { } error)
        {
            if (!failed)
                yield return $"{one.Name}: Heat {error}, ours {mine.Outputs}";
            yield break;
        }

        if (failed)
            yield return $"{one.Name}: Heat {theirs}, ours {string.Join('\n', mine.Diagnostics)}";
        foreach (var (name, value) in ((MapValue)theirs["outputs"]!).Entries)
        {
            if (CanonicalJson.Write(value) != CanonicalJson.Write(mine.Outputs[name] ?? "missing"))
                yield return $"{one.Name}/{name}: Heat {value}, ours {mine.Outputs[name]}";
        }
    }

    private static StackResult Resolve(Case one)
    {
        var findings = new DiagnosticBag();
        var text = YamlWriter.Write(one.Template);
        var files = new InMemoryFiles([new("main.yaml", text), .. one.Files.Entries.Select(file => KeyValuePair.Create(file.Key, ((StringValue)file.Value).Text))]);
        var environment = HeatEnvironment.Parse(YamlWriter.Write(one.Corpus["environment"] ?? MapValue.Empty), "environment.yaml", findings);
        Assert.Empty(findings.All);
        return StackResolver.Resolve(new()
        {
            Name = "undercloud",
            TemplatePath = "main.yaml",
            Files = files,
            Environment = environment,
            Parameters = one.Corpus["given"] as MapValue ?? MapValue.Empty,
        });
    }
}
