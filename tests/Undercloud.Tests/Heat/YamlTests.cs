using CsCheck;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Tests.Heat;

public sealed class YamlTests
{
    [Fact]
    public void What_is_written_is_read_back() => ValueGenerator.Any.Sample(
        value => Assert.Equal(CanonicalJson.Write(value), CanonicalJson.Write(Read(YamlWriter.Write(value)).ToValue())), iter: 5000);

    [Fact]
    public void Writing_is_block_style_with_literal_blocks() => Assert.Equal(
        """
        name: keystone
        mode: "0644"
        flag: true
        empty: {}
        none: null
        list:
          - a
          - - nested
            - 1
          - x: 1
            y:
              - 2.0
          - []
        script: |
          #!/bin/sh
            exec "$@"

          done
        last: |-
          a
          b
        "a: b": "yes"

        """,
        YamlWriter.Write(CanonicalJson.Read("""
            {"name": "keystone", "mode": "0644", "flag": true, "empty": {}, "none": null, "list": ["a", ["nested", 1], {"x": 1, "y": [2.0]}, []],
             "script": "#!/bin/sh\n  exec \"$@\"\n\ndone\n", "last": "a\nb", "a: b": "yes"}
            """)), ignoreLineEndingDifferences: true);

    [Fact]
    public void Every_node_and_key_has_its_place()
    {
        var root = (YamlMapping)Read("a: 1\nb:\n  - {c: [x]}\n");
        Assert.Equal("t.yaml:2:1", root.Entries[1].KeySpan.ToString());
        var item = (YamlMapping)((YamlSequence)root["b"]!).Items[0];
        Assert.Equal("t.yaml:3:5", item.Span.ToString());
        Assert.Equal("t.yaml:3:10", ((YamlSequence)item["c"]!).Items[0].Span.ToString());
    }

    [Fact]
    public void Timestamps_stay_strings_and_octal_numbers_are_octal() =>
        Assert.Equal("""{"date":"2018-03-02","mode":493,"time":5400}""", CanonicalJson.Write(Read("date: 2018-03-02\nmode: 0755\ntime: 1:30:00\n").ToValue()));

    [Fact]
    public void Keys_that_are_no_strings_become_their_json_text() =>
        Assert.Equal("""{"1.5":3,"2":1,"null":4,"true":2}""", CanonicalJson.Write(Read("{2: 1, yes: 2, 1.5: 3, ~: 4}").ToValue()));

    [Theory]
    [InlineData("{1: a, true: b, 1.0: c}", """{"1":"c"}""", 2)]
    [InlineData("{no: a, 0: b}", """{"false":"b"}""", 1)]
    [InlineData("{1: a, '1': b, true: c}", """{"1":"b"}""", 2)]
    [InlineData("{'true': a, 1: b}", """{"1":"b","true":"a"}""", 0)]
    public void Keys_that_are_equal_in_Python_are_one(string text, string expected, int warnings)
    {
        var findings = new DiagnosticBag();
        Assert.Equal(expected, CanonicalJson.Write(YamlReader.Read(text, "t.yaml", findings)!.ToValue()));
        Assert.Equal(warnings, findings.All.Count(finding => finding.Code == "YAML002"));
    }

    [Fact]
    public void Merge_keys_come_first_and_lose() =>
        Assert.Equal("""{"a":1,"b":9,"c":3}""", Read("- &x {a: 1, b: 2}\n- {c: 3, <<: *x, b: 9}\n") is YamlSequence list ? list.Items[1].ToValue().ToString() : "");

    [Fact]
    public void Later_lines_of_quoted_text_may_begin_anywhere() =>
        Assert.Equal("""{"a":{"b":"x,y z","c":"d e"},"f":1}""", CanonicalJson.Write(Read("a:\n    b: \"x,\\\n  y\n z\"\n    c: 'd\n  e'\nf: 1\n").ToValue()));

    [Theory]
    [InlineData("- x: [a]\n- ://\n", """[{"x":["a"]},"://"]""")]
    [InlineData("- {a: b}\n- :x\n", """[{"a":"b"},":x"]""")]
    [InlineData("- 'q'\n- :x\n", """["q",":x"]""")]
    [InlineData("a: [b]\n:c: d\n", """{":c":"d","a":["b"]}""")]
    [InlineData("- [\"a\", :b]\n", null)]
    public void A_colon_at_a_words_beginning_stays_in_block_style(string text, string? expected) => Assert.Equal(expected, Json(text));

    [Theory]
    [InlineData("!!binary aGk=", "\"b'hi'\"")]
    [InlineData("!!binary J1wiAH8K/w==", """ "b'\\'\\\\\"\\x00\\x7f\\n\\xff'" """)]
    [InlineData("!!set {a}", "\"{'a'}\"")]
    [InlineData("!!omap [a: 1, b: 2]", """[["a",1],["b",2]]""")]
    [InlineData("!!pairs [a: 1, a: 2]", """[["a",1],["a",2]]""")]
    [InlineData("!!timestamp 2018-03-02", "\"2018-03-02\"")]
    [InlineData("!!python/none x", null)]
    [InlineData("!!binary aGk", null)]
    public void Tags_of_the_safe_loader_are_read_as_Heat_uses_them(string text, string? expected) => Assert.Equal(expected?.Trim(), Json(text));

    private static string? Json(string text) =>
        YamlReader.Read(text, "t.yaml", new DiagnosticBag()) is { } node ? CanonicalJson.Write(node.ToValue()) : null;

    private static YamlNode Read(string text)
    {
        var findings = new DiagnosticBag();
        var node = YamlReader.Read(text, "t.yaml", findings);
        Assert.Equal("", string.Join('\n', findings.All.Where(finding => finding.Code != "YAML002")));
        return node!;
    }
}
