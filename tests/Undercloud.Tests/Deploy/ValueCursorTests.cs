using Undercloud.Deploy.Reading;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Yaml;

namespace Undercloud.Tests.Deploy;

/// <summary>Typed values of a tree, and what is reported about wrong ones.</summary>
public sealed class ValueCursorTests
{
    [Fact]
    public void A_wrong_value_is_reported_with_its_place_its_path_and_what_was_expected()
    {
        Assert.Equal("f.yaml:2:10: error X1: a.b[1] must be a string, not map.", Finding("a:\n  b: [x, {}]\n", root => root["a"]["b"].Texts()));
        Assert.Equal("f.yaml:1:4: error X1: a must be a list, not string.", Finding("a: x\n", root => root["a"].List()));
        Assert.Equal("f.yaml:1:4: error X1: a must be true or false, not \"maybe\".", Finding("a: maybe\n", root => root["a"].Flag()));
        Assert.Equal("f.yaml:1:4: error X1: a is \"x y\", which has a blank.\n  Leave it out.", Finding("a: x y\n", root => root["a"].Checked(text => text.Contains(' ') ? "has a blank" : null, "Leave it out.")));
    }

    [Theory]
    [InlineData("70000")]
    [InlineData("'0'")]
    [InlineData("1.5")]
    [InlineData("[1]")]
    [InlineData("99999999999999999999999")]
    public void A_number_out_of_range_or_of_another_kind_is_an_error(string number) =>
        Assert.StartsWith("f.yaml:1:4: error X1: a must be a whole number from 1 to 65535, not ", Finding($"a: {number}\n", root => root["a"].Whole(1, 65535)), StringComparison.Ordinal);

    [Fact]
    public void A_missing_value_has_the_place_of_the_enclosing_one_and_may_have_a_code_of_its_own() =>
        Assert.Equal("f.yaml:2:3: error X3: a.b is missing.\n  Give it a string.", Finding("a:\n  c: 1\n", root => root["a"]["b"].Text()));

    [Fact]
    public void An_unknown_key_is_reported_at_the_key_with_the_nearest_one() =>
        Assert.Equal("f.yaml:2:3: error X2: a.nmae is no key of a node.\n  Did you mean 'name'?", Finding("a:\n  nmae: 1\n", root => root["a"].OnlyKeys(["name", "port"], "a node")));

    [Fact]
    public void A_value_that_is_read_twice_is_reported_once() =>
        Assert.Equal("f.yaml:1:4: error X1: a must be a map, not list.", Finding("a: [1]\n", root => Assert.Equal(root["a"].Map(), root["a"].Map())));

    [Fact]
    public void A_value_of_the_right_type_is_read()
    {
        var root = Cursor("{text: x, digits: 8, flag: yes, word: 'True', list: [a, b], one: a, nothing: }\n", new());
        Assert.Equal(("x", "8", null), (root["text"].Text(), root["digits"].OptionalText(), root["nothing"].OptionalText()));
        Assert.Equal((true, true, true), (root["flag"].Flag(), root["word"].Flag(), root["nothing"].Flag(otherwise: true)));
        Assert.Equal((8, null), (root["digits"].Whole(), root["nothing"].Whole()));
        Assert.Equal(["a", "b", "a"], root["list"].Texts().Concat(root["one"].OneOrMore().Select(one => one.Text())));
        Assert.Equal(("f.yaml:1:2", "f.yaml:1:8"), ($"{root["text"].KeyPlace}", $"{root["text"].Place}"));
    }

    private static string Finding(string text, Action<ValueCursor> read)
    {
        var bag = new DiagnosticBag();
        read(Cursor(text, bag));
        return Assert.Single(bag.All).ToString();
    }

    private static ValueCursor Cursor(string text, DiagnosticBag bag)
    {
        var root = YamlReader.Read(text, "f.yaml", new())!;
        return new(root.ToValue(), "", new(bag, "X1", root) { UnknownKey = "X2", Missing = "X3" });
    }
}
