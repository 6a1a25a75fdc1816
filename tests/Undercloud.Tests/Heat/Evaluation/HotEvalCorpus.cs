using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Tests.Heat.Evaluation;

/// <summary>The evaluation requests of tests/corpus/hot-eval: each file spells out how its short forms become requests.</summary>
internal static class HotEvalCorpus
{
    public static string Directory => Path.Combine(AppContext.BaseDirectory, "corpus", "hot-eval");

    /// <summary>All requests, by the name under which an answer is recorded.</summary>
    public static List<(string Name, MapValue Request)> Read() =>
        [.. System.IO.Directory.GetFiles(Directory, "*.yaml").Order(StringComparer.Ordinal).SelectMany(Read)];

    private static IEnumerable<(string Name, MapValue Request)> Read(string path)
    {
        var findings = new DiagnosticBag();
        var file = (MapValue)YamlReader.Read(File.ReadAllText(path), Path.GetFileName(path), findings)!.ToValue();
        Assert.Empty(findings.All);
        var common = file["base"] as MapValue ?? MapValue.Empty;
        foreach (var version in ((ListValue)file["versions"]!).Items)
        {
            foreach (var (name, own) in Requests(file))
                yield return ($"{Path.GetFileNameWithoutExtension(path)} {Text(version)} {name}", new([new("version", version), .. common.Entries, .. own.Entries]));
        }
    }

    private static IEnumerable<(string Name, MapValue Own)> Requests(MapValue file)
    {
        foreach (var snippet in Items(file, "snippets"))
            yield return (CanonicalJson.Write(snippet), new([new("hot", snippet)]));
        foreach (var request in Items(file, "requests"))
            yield return (CanonicalJson.Write(request), (MapValue)request);
        foreach (var condition in Items(file, "conditions"))
            yield return ($"condition {condition}", new([new("conditions", ((MapValue)file["always"]!).With("asked", condition))]));
        foreach (var section in Items(file, "sections"))
            yield return ($"section {section}", new([new("conditions", section)]));
        foreach (var schema in Items(file, "broken"))
            yield return ($"broken {schema}", Declared(schema, null));
        foreach (var schema in Items(file, "schemas"))
        {
            yield return ($"schema {schema}", Declared(schema, null));
            foreach (var value in Items(file, "values"))
                yield return ($"schema {schema} given {value}", Declared(schema, value));
        }
    }

    private static MapValue Declared(Value schema, Value? given) => new(
    [
        new("hot", new MapValue([new("get_param", "P")])),
        new("schema", new MapValue([new("P", schema)])),
        .. given is null ? Array.Empty<KeyValuePair<string, Value>>() : [new("parameters", new MapValue([new("P", given)]))],
    ]);

    private static IEnumerable<Value> Items(MapValue file, string section) => (file[section] as ListValue ?? ListValue.Empty).Items;

    private static string Text(Value version) => ((StringValue)version).Text;
}
