using System.Text;
using CsCheck;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Yaml;

namespace Undercloud.Tests.Heat;

/// <summary>Hostile input ends in a clear error soon, never in a crash or a hang.</summary>
public sealed class LimitTests
{
    [Fact]
    public void An_alias_bomb_is_refused()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 20; i++)
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        Assert.Contains("YAML004", Refusal(bomb.ToString()));
    }

    [Fact]
    public void Deep_nesting_is_refused() => Assert.Contains("YAML004", Refusal(new string('[', 100_000)));

    [Fact]
    public void Deep_nesting_through_aliases_is_refused()
    {
        var deep = new StringBuilder($"a0: &a0 {new string('[', 150)}{new string(']', 150)}\n");
        for (var i = 1; i < 20; i++)
            deep.Append($"a{i}: &a{i} {new string('[', 150)}*a{i - 1}{new string(']', 150)}\n");
        Assert.Contains("YAML004", Refusal(deep.ToString()));
    }

    [Fact]
    public void A_template_that_contains_itself_is_refused() => Assert.Contains(
        "HOT024: Stacks are nested more than 10 deep; the next one is main.yaml.",
        StackFixture.Of("heat_template_version: rocky\nresources:\n  Again: {type: main.yaml}\n  Other: {type: main.yaml}\n").Findings());

    [Fact]
    public void Doubling_lists_are_refused() =>
        Assert.Contains("HOT024", Doubling("{list_concat: [{get_attr: [V@, value]}, {get_attr: [V@, value]}]}"));

    [Fact]
    public void Doubling_values_that_share_their_parts_are_refused() =>
        Assert.Contains("HOT024", Doubling("[{get_attr: [V@, value]}, {get_attr: [V@, value]}]"));

    [Fact]
    public void Doubling_strings_are_refused() =>
        Assert.Contains("HOT024", Doubling("{list_join: ['', [{get_attr: [V@, value]}, {get_attr: [V@, value]}]]}", "abcdefghijklmnop"));

    [Fact]
    public void Too_many_combinations_are_refused() => Assert.Contains("combinations", StackFixture.Expression(
        $"{{repeat: {{template: x, for_each: {{{string.Join(", ", Enumerable.Range(0, 30).Select(i => $"k{i}: [a, b, c]"))}}}}}}}").Findings());

    [Fact]
    public void A_long_chain_of_resources_ends()
    {
        var template = new StringBuilder("heat_template_version: rocky\nresources:\n");
        for (var i = 0; i < 20_000; i++)
            template.Append($"  R{i}: {{type: OS::Heat::Value, properties: {{value: {{get_attr: [R{i + 1}, value]}}}}}}\n");
        template.Append("  R20000: {type: OS::Heat::Value, properties: {value: end}}\n");
        Assert.True(StackFixture.Of(template.ToString()).Resolve().Diagnostics.All(finding => finding.Code == "HOT024"));
    }

    [Fact]
    public void A_pattern_that_explodes_ends() => Assert.Contains("too long", StackFixture.Of(
        """
        heat_template_version: rocky
        parameters:
          P: {type: string, constraints: [{allowed_pattern: '(a+)+b'}]}
        """).Findings($$"""{"P": "{{new string('a', 60)}}"}"""));

    [Fact]
    public void Broken_text_never_throws()
    {
        const string Template = "heat_template_version: rocky\nparameters: {A: {type: json, default: {a: [1]}}}\nconditions: {c: {not: {equals: [1, {get_param: A}]}}}\n" +
            "resources: {v: {type: OS::Heat::Value, condition: c, properties: {value: {repeat: {template: '%a%', for_each: {'%a%': [x, y]}}}}}}\n" +
            "outputs: {o: {value: {list_join: [',', {get_attr: [v, value]}]}}, p: {value: {make_url: {host: h, query: {a: b}}}}}\n";
        Gen.Select(Gen.Int[0, Template.Length - 1], Gen.Int[0, 12], Gen.OneOf("", "{", "}", "[", "]", ": ", "\n", "  ", "&a ", "*a", "null", "!x ", "'", "- ", "<<: "))
            .Sample((at, length, put) => StackFixture.Of(Template.Remove(at, int.Min(length, Template.Length - at)).Insert(at, put)).Resolve(), iter: 6000);
    }

    private static string Refusal(string yaml)
    {
        var findings = new DiagnosticBag();
        Assert.Null(YamlReader.Read(yaml, "bomb.yaml", findings));
        return string.Join('\n', findings.All);
    }

    private static string Doubling(string value, string first = "[a]")
    {
        var template = new StringBuilder($"heat_template_version: rocky\nresources:\n  V0: {{type: OS::Heat::Value, properties: {{value: {first}}}}}\n");
        for (var i = 1; i < 60; i++)
            template.Append($"  V{i}: {{type: OS::Heat::Value, properties: {{value: {value.Replace("@", $"{i - 1}")}}}}}\n");
        template.Append("outputs:\n  o: {value: {get_attr: [V59, value]}}\n");
        return StackFixture.Of(template.ToString()).Findings();
    }
}
