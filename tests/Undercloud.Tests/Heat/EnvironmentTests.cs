using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Templates;

namespace Undercloud.Tests.Heat;

public sealed class EnvironmentTests
{
    [Fact]
    public void Maps_are_merged_and_everything_else_is_replaced() => Assert.Equal(
        """{"List":[3],"Map":{"a":1,"b":{"c":2,"d":3}},"New":{"x":null},"Text":null}""",
        Merge("parameter_defaults: {Map: {a: 1, b: {c: 2}}, List: [1, 2], Text: a}", "parameter_defaults: {Map: {b: {d: 3}}, List: [3], Text: null, New: {x: null}}").ParameterDefaults.ToString());

    [Fact]
    public void Null_does_not_replace_a_map() =>
        Assert.Equal("""{"Map":{"a":1}}""", Merge("parameter_defaults: {Map: {a: 1}}", "parameter_defaults: {Map: null}").ParameterDefaults.ToString());

    [Fact]
    public void Merge_strategies_are_honoured() => Assert.Equal(
        """{"Deep":{"a":{"l":[1,2],"n":2,"s":"xy"}},"List":[1,2],"Over":{"b":2},"Shallow":{"a":{"y":2},"z":1},"Text":"ab"}""",
        Merge(
            "parameter_defaults: {List: [1], Text: a, Over: {a: 1}, Shallow: {a: {x: 1}, z: 1}, Deep: {a: {l: [1], s: x, n: 1}}}",
            """
            parameter_merge_strategies: {default: merge, Over: overwrite, Deep: deep_merge}
            parameter_defaults: {List: [2], Text: b, Over: {b: 2}, Shallow: {a: {y: 2}}, Deep: {a: {l: [2], s: y, n: 2}}}
            """).ParameterDefaults.ToString());

    [Fact]
    public void A_default_of_overwrite_leaves_maps_to_be_merged() => Assert.Equal(
        """{"Map":{"a":1,"b":2}}""",
        Merge("parameter_defaults: {Map: {a: 1}}", "parameter_merge_strategies: {default: overwrite}\nparameter_defaults: {Map: {b: 2}}").ParameterDefaults.ToString());

    [Fact]
    public void Registry_paths_start_at_the_file_they_are_in_and_types_stay_types() => Assert.Equal(
        """{"A":"services/a.yaml","B":"/abs/b.yaml","C":"OS::Heat::None","D":"top.yaml","resources":{"r":{"A":"deploy/env/x.yaml"}}}""",
        Read(("deploy/env/e.yaml", "resource_registry: {A: ../../services/./a.yaml, B: /abs/b.yaml, C: 'OS::Heat::None', D: ../../top.yaml, resources: {r: {A: x.yaml, hooks: pre-create}}}")).Environment.RegistrySection.ToString());

    [Fact]
    public void A_later_null_takes_a_mapping_away() =>
        Assert.Equal(["B"], Merge("resource_registry: {A: a.yaml, B: b.yaml}", "resource_registry: {A: null}").Registry.Types);

    [Fact]
    public void Locations_are_those_of_the_last_file_that_set_a_parameter() =>
        Assert.Equal("1.yaml:1:22", Merge("parameter_defaults: {A: 1}", "parameter_defaults: {A: 2}").Location("A").ToString());

    [Fact]
    public void What_is_wrong_is_found_at_once() => Assert.Equal(
        """
        e.yaml:1:1: error ENV001: 'parameter_default' is not a key of an environment.
          Did you mean 'parameter_defaults'?
        e.yaml:3:1: warning ENV002: parameters is empty.
          Heat refuses an empty section; remove it or write {}.
        e.yaml:2:24: error ENV002: 'A' must be mapped to a template or a resource type, not list.
        e.yaml:4:33: error ENV002: There is no merge strategy 'mrge'.
          Did you mean 'merge'?
        nope.yaml: error ENV004: There is no such environment file.
        """,
        Read(("e.yaml", "parameter_default: {}\nresource_registry: {A: [1]}\nparameters:\nparameter_merge_strategies: {A: mrge}\nevent_sinks: []\n"), ("nope.yaml", null)).Findings, ignoreLineEndingDifferences: true);

    [Fact]
    public void Strategies_that_contradict_each_other_are_an_error() => Assert.StartsWith(
        "b.yaml:1:22: error ENV003: The parameter 'A' is to be merged by merge here, by overwrite in an earlier file.",
        Read(("a.yaml", "parameter_defaults: {A: [1]}\nparameter_merge_strategies: {A: overwrite}"), ("b.yaml", "parameter_defaults: {A: [2]}\nparameter_merge_strategies: {A: merge}")).Findings);

    private static HeatEnvironment Merge(params string[] texts)
    {
        var (environment, findings) = Read([.. texts.Select((text, i) => ($"{i}.yaml", (string?)text))]);
        Assert.Equal("", findings);
        return environment;
    }

    private static (HeatEnvironment Environment, string Findings) Read(params (string Path, string? Text)[] files)
    {
        var findings = new DiagnosticBag();
        var tree = new InMemoryFiles(files.Where(file => file.Text is not null).Select(file => KeyValuePair.Create(file.Path, file.Text!)));
        var environment = HeatEnvironment.Read(files.Select(file => file.Path), tree, findings);
        return (environment, string.Join('\n', findings.All));
    }
}
