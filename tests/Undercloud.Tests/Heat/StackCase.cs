using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Tests.Heat;

/// <summary>A small tree of templates that Heat and we resolve: main.yaml, environment.yaml where there is one, parameters.</summary>
internal sealed record StackCase(string Name, ImmutableArray<KeyValuePair<string, Value>> Files, MapValue Parameters)
{
    private const string Main = "main.yaml";
    private const string Environment = "environment.yaml";
    private const int ShortestSecret = 8;

    /// <summary>A case of a template, the files beside it and an environment.</summary>
    public static StackCase Of(string name, Value template, Value? files, Value? environment, Value? parameters) => new(
        name,
        [
            new(Main, Written(template)),
            .. (files as MapValue ?? MapValue.Empty).Entries.Select(file => KeyValuePair.Create(file.Key, Written(file.Value))),
            .. environment is null ? Array.Empty<KeyValuePair<string, Value>>() : [new(Environment, Written(environment))],
        ],
        parameters as MapValue ?? MapValue.Empty);

    /// <summary>What each case comes to in Heat, in one process: a map of outputs, or an error.</summary>
    public static async Task<IReadOnlyList<MapValue>> Ask(IEnumerable<StackCase> cases)
    {
        var request = new ListValue([.. cases.Select(one => (Value)one.Request)]);
        var answer = await PythonOracle.Answer("heat.engine.stack, heatclient", "heat_stacks.py", CanonicalJson.Write(request));
        return [.. ((ListValue)CanonicalJson.Read(answer)).Items.Cast<MapValue>()];
    }

    /// <summary>All files as they are read.</summary>
    public string Text => string.Join('\n', Files.Select(file => $"# {file.Key}\n{((StringValue)file.Value).Text}"));

    /// <summary>Where our answer differs from Heat's. That both refuse a stack is as good as equal outputs.</summary>
    public IEnumerable<string> Differences(MapValue theirs)
    {
        var (mine, findings) = Resolve();
        var errors = findings.Concat(mine.Diagnostics).Where(finding => finding.Severity == Severity.Error).ToList();
        if (theirs["error"] is { } error)
            return errors.Count > 0 ? [] : [$"{Name}: Heat {error}, ours {mine.Outputs}"];
        if (errors.Count > 0)
            return [$"{Name}: Heat {theirs}, ours {string.Join('\n', errors)}"];
        var secrets = mine.GeneratedValues.Where(value => value.Length >= ShortestSecret).ToList();
        return TreeAnswers.Differences(TreeAnswers.Mask(theirs["outputs"]!, []), TreeAnswers.Mask(mine.Outputs, secrets), Name);
    }

    /// <summary>Fails with all of the differences, which Assert.Equal would cut off.</summary>
    public static void AllEqual(IEnumerable<string> differences)
    {
        var all = string.Join('\n', differences);
        if (all.Length > 0)
            Assert.Fail(all);
    }

    private MapValue Request => new(
    [
        new("files", new MapValue(Files)),
        new("root", Main),
        new("environments", new ListValue(Files.Any(file => file.Key == Environment) ? [Environment] : [])),
        new("parameters", Parameters),
    ]);

    private (StackResult Result, IReadOnlyList<Diagnostic> Findings) Resolve()
    {
        var findings = new DiagnosticBag();
        var files = new InMemoryFiles(Files.Select(file => KeyValuePair.Create(file.Key, ((StringValue)file.Value).Text)));
        var environment = Files.Any(file => file.Key == Environment) ? HeatEnvironment.Read([Environment], files, findings) : HeatEnvironment.Empty;
        var result = StackResolver.Resolve(new()
        {
            Name = "undercloud",
            TemplatePath = Main,
            Files = files,
            Environment = environment,
            Parameters = Parameters,
            ProjectId = "admin",
        });
        return (result, findings.All);
    }

    // A file is written as it is or said as a value.
    private static Value Written(Value content) => content as StringValue ?? new StringValue(YamlWriter.Write(content));
}
