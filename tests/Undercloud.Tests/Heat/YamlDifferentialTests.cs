using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Tests.Heat;

public sealed class YamlDifferentialTests
{
    private static readonly string[] s_nasty =
    [
        "yes", "Yes", "YES", "yEs", "no", "No", "on", "Off", "OFF", "y", "n", "Y", "N", "true", "True", "tRUE", "false", "null", "Null", "NULL",
        "nULL", "~", "0", "-0", "+0", "00", "0755", "-0755", "+0755", "08", "09", "0o17", "012", "0_7", "0_", "1_000", "1__0", "_1", "1_", "0x1F", "0X1F", "0xdead_beef",
        "-0x10", "0b1010", "0b1_0", "-0b1", "0b2", "0x", "0b", "1:30", "1:30:00", "01:30", "1:60", "12:30:45.5", "1:30.", "-1:30", "190:20:30",
        "1.0", "1.", ".5", "-.5", "+.5", "1e3", "1E3", "1.0e3", "1.0e+3", "1.e+3", "1.0E-3", "1_0.5_0", "._5", ".5e+3", ".inf", ".Inf", ".INF", "-.inf", "+.inf", ".iNF",
        ".nan", ".NaN", ".NAN", "-.nan", "..", ".", "...a", "=", "<<", "==", "2018-03-02", "2018-3-2", "2018-03-02T10:20:30Z", "2018-03-02 10:20:30 +01:00",
        "123456789012345678901234567890", "-123456789012345678901234567890", "1e400", "1.0e+400", "1.7976931348623157e+308", "0.1", "1e-5", "1.0e-5",
        "a b", "a: b", "a:b", "a #b", "a#b", "- a", "-a", "-", "--- a", "?a", "? a", ":a", "[]", "{}", "{a: 1}", "[1, 2]", "&a b", "*a", "!a", "!!str 1", "!!int '1'",
        "!!int 0x1f", "!!float 1", "!!float '1'", "!!bool 'yes'", "!!null 'a'", "! 1", "!!str", "|", ">", "'a'", "\"a\"", "\"\\u00e9\\n\\x41\"", "'it''s'", "%a", "@a", "`a", "", " ", "#", "\u00e9", "\u2028", "\ud83d\ude00",
        "{a:[b, c]}", "{get_attr:[Undercloud, name]}", "{a: b, c}", "{a, b: 1}", "[a: b]", "[a, ]", "{a: , b: }", "{a:}", "{a:,b:}", "{a:{b:[c]}}", "{1: a, false: b, ~: c, 1.5: d}", "[[[]]]", "x: yes\nx: no",
    ];

    private static readonly string[] s_documents =
    [
        "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\ne: {<<: [*x, {c: 9, z: 1}], q: 1}\n",
        "- &a 1\n- *a\n- {k: *a}\n", "a: |\n  x\n   y\n\n  z\nb: >\n  x\n  y\n\n  z\nc: |+\n  x\n\nd: |-\n  x\n", "? a\n: b\n? [c]\n: d\n", "a: 1\n---\nb: 2\n", "--- a\n...\n",
        "a:\n- b\n- c:\n  - d\n", "a: *nope\n", "&a [*a]\n", "a: 1\na: 2\nb: 3\n", "=: a\n\"<<\": {x: 1}\n", "a: <<\nb: {<<: 1}\n", "a: b\n c: d\n", "a: 'x\n  y\n\n  z'\nb: x\n  y\n",
        "\"a\": 1\n'b': 2\n", "a: [1,\n 2]\n", "{\"a\": {\"b\": [1, 2.5, null, true, \"x\"]}}", "key with spaces: v\n", "a: !!binary aGk=\n", "a: !custom x\n", "a: !!set {x}\n", "a: !!set {}\n", "a: !!set [x]\n",
        "!!binary aGk=: 1\n", "!!binary aGk", "!!binary \"a-G k\\n=\"", "!!binary \u00e9", "!!binary J1wiAH8K/w==", "!!binary Jw==", "!!binary [a]", "!!binary a=b=GkhIQ==", "!!omap [a: 1, b: [2]]", "!!omap [a]", "!!omap {a: 1}",
        "!!pairs\n- a: 1\n- a: 2\n", "!!pairs [{a: 1, b: 2}]", "!!seq [a]", "!!seq {a: 1}", "!!map {a: 1}", "!!map [a]", "!!map x", "!!set x", "!!str [a]", "!!timestamp 2001-01-01", "!!python/none x",
        "!!value =", "!!merge <<", "! '1'", "! [a]", "{k: -}", "{k: ?a}", "{k: :a}", "- x: [a]\n- ://\n", "- {a: b}\n- :x\n", "- 'a'\n- :x\n", "a: [b]\n:c: d\n", "- \"a\"\n- :x: y\n", "http: [a]\nb: ://x\n",
        "%YAML 1.1\n---\na\n", "%YAML 2.0\n---\na\n", "%TAG !e! tag:yaml.org,2002:\n---\n!e!str 1\n", "!<tag:yaml.org,2002:str> 1", "!e!str 1", "!!s%74r 1", "%TAG ! tag:yaml.org,2002:\n---\n!str 1\n",
        "a: \"\\ud83d\\ude00\"\n", "a:\n  b: \"x\\\n y,\n\n z\"\n  c: 'd\n e'\n", "a:\n    b: \"x\\\n  \\ y\"\n",
    ];

    [Fact]
    public async Task Scalars_and_documents_mean_what_PyYAML_says()
    {
        string[] texts = [.. s_nasty, .. s_nasty.Select(text => $"k: {text}\n"), .. s_nasty.Select(text => $"- {text}\n"), .. s_nasty.Select(text => $"{{k: {text}}}"), .. s_documents];
        var answers = await Answers(texts);
        Assert.Equal([], texts.Zip(answers, Difference).OfType<string>());
    }

    [Fact]
    public async Task Mixtures_of_block_and_flow_style_mean_what_PyYAML_says()
    {
        var texts = YamlTextGenerator.Texts(4000);
        var answers = await Answers(texts);
        Assert.True(answers.Count(answer => answer["value"] is not null) > texts.Length / 4);
        Assert.Equal([], texts.Zip(answers, Difference).OfType<string>());
    }

    [Fact]
    public async Task What_is_written_PyYAML_reads_back()
    {
        var values = ImmutableArray.CreateBuilder<Value>();
        values.AddRange(s_nasty.Where(text => !text.Any(char.IsSurrogate)).Select(text => (Value)text));
        CsCheck.Check.Sample(ValueGenerator.Any, values.Add, iter: 3000, threads: 1);
        var texts = values.Select(YamlWriter.Write).ToArray();
        var answers = await Answers(texts);
        var wrong = values.Zip(answers).Where(pair => pair.Second["value"] is not { } read || Plain(pair.First) != CanonicalJson.Write(read))
            .Select(pair => $"{pair.First}: {YamlWriter.Write(pair.First)}: {pair.Second}");
        Assert.Equal([], wrong);
    }

    private static async Task<MapValue[]> Answers(string[] texts)
    {
        var input = CanonicalJson.Write(new ListValue([.. texts.Select(text => (Value)text)]));
        var output = (ListValue)CanonicalJson.Read(await PythonOracle.Answer("yaml", "pyyaml_load.py", input));
        return [.. output.Items.Cast<MapValue>()];
    }

    private static string? Difference(string text, MapValue theirs)
    {
        var findings = new DiagnosticBag();
        var ours = YamlReader.Read(text, "t.yaml", findings);
        var mine = ours is null || findings.HasErrors ? "rejected" : Plain(ours.ToValue());
        var wanted = theirs["value"] is { } value ? CanonicalJson.Write(value) : "rejected";
        return mine == wanted ? null : $"{text.Replace("\n", "\\n")}: ours {mine}, theirs {wanted} {theirs["error"]}";
    }

    private static string Plain(Value value) => CanonicalJson.Write(Marked(value));

    // The script marks what JSON has no word for.
    private static Value Marked(Value value) => value switch
    {
        FloatValue { Number: var number } when !double.IsFinite(number) => new MapValue([new("$float", PythonText.Float(number))]),
        ListValue list => new ListValue([.. list.Items.Select(Marked)]),
        MapValue map => new MapValue(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Marked(entry.Value)))),
        _ => value,
    };
}
