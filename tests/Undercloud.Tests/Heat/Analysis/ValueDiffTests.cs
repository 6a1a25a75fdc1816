using CsCheck;
using Undercloud.Heat.Analysis;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Tests.Heat.Analysis;

public sealed class ValueDiffTests
{
    private static readonly Gen<Value> s_small = Gen.Recursive<Value>((depth, inner) =>
    {
        var scalar = Gen.OneOf(Gen.Int[0, 3].Select(number => (Value)number), Gen.OneOf("a", "b", "c").Select(text => (Value)text), Gen.Const(Value.Null));
        if (depth > 3)
            return scalar;
        var key = Gen.OneOf("name", "x", "y", "z");
        return Gen.Frequency(
            (2, scalar),
            (2, inner.List[0, 6].Select(items => (Value)new ListValue([.. items]))),
            (3, Gen.Select(key, inner).List[0, 4].Select(entries => (Value)new MapValue(entries.Select(entry => KeyValuePair.Create(entry.Item1, entry.Item2))))));
    });

    // Lists of named items, as role data has them.
    private static readonly Gen<Value> s_tasks = Gen.Select(Gen.OneOf("a", "b", "c", "d", "e"), Gen.Int[0, 2]).List[0, 6].Select(items => (Value)new ListValue(
    [
        .. items.Select(item => new MapValue([new("name", item.Item1), new("when", item.Item2)])),
    ]));

    private static readonly Gen<Value> s_any = Gen.Frequency((3, s_small), (1, s_tasks));

    [Fact]
    public void A_value_does_not_differ_from_itself() => s_any.Sample(value => ValueDiff.Between(value, value).IsEmpty);

    [Fact]
    public void The_differences_make_the_new_value_of_the_old_one() =>
        Gen.Select(s_any, s_any).Sample((before, after) => DifferenceReplay.Apply(before, ValueDiff.Between(before, after)).Equals(after), iter: 3000);

    [Fact]
    public void The_other_way_round_all_differences_are_turned_around() => Gen.Select(s_any, s_any).Sample(
        (before, after) =>
        {
            var there = ValueDiff.Between(before, after).Select(Turned).ToHashSet();
            return there.SetEquals(ValueDiff.Between(after, before).Select(Shown));
        },
        iter: 3000);

    [Fact]
    public void Maps_are_compared_by_keys_whatever_their_order() => Expect(
        """
        Added a.new: 1
        Changed a.x::debug: false > true
        Removed a."y.conf": {"k":1}
        """,
        "a: {x::debug: false, same: [1, 2], y.conf: {k: 1}}", "a: {same: [1, 2], new: 1, x::debug: true}");

    [Fact]
    public void Tasks_are_told_apart_by_their_names() => Expect(
        """
        Changed tasks[start].when: 1 > 2
        Added tasks[check]: {"name":"check"}
        Removed tasks[stop]: {"name":"stop","when":1}
        """,
        "tasks: [{name: start, when: 1}, {name: go}, {name: stop, when: 1}]", "tasks: [{name: start, when: 2}, {name: check}, {name: go}]");

    [Fact]
    public void A_task_that_moved_is_removed_here_and_added_there() => Expect(
        """
        Removed [a]: {"name":"a"}
        Added [a]: {"name":"a"}
        """,
        "[{name: a}, {name: b}, {name: c}]", "[{name: b}, {name: c}, {name: a}]");

    [Fact]
    public void Items_without_names_of_their_own_are_told_apart_by_content() => Expect(
        """
        Removed [0]: 1
        Changed [2>1].when: 1 > 2
        Added [3]: 9
        """,
        "[1, {name: same}, {name: same, when: 1}, 5]", "[{name: same}, {name: same, when: 2}, 5, 9]");

    [Fact]
    public void A_number_and_its_text_differ() => Expect("Changed a: 1 > \"1\"", "a: 1", "a: '1'");

    [Fact]
    public void Long_lists_are_compared_in_bounded_time()
    {
        static ListValue Numbers(int from) => new([.. Enumerable.Range(from, 20_000).Select(number => (Value)(number * 7919 % 20_011))]);
        Assert.NotEmpty(ValueDiff.Between(Numbers(0), Numbers(5000)));
    }

    private static void Expect(string differences, string before, string after) =>
        Assert.Equal(differences, string.Join('\n', ValueDiff.Between(Read(before), Read(after)).Select(Shown)), ignoreLineEndingDifferences: true);

    private static string Shown(ValueDifference difference) =>
        $"{difference.Kind} {difference.PathText}: {string.Join(" > ", new[] { difference.Old, difference.New }.OfType<Value>())}";

    private static string Turned(ValueDifference difference) => Shown(new(
        [.. difference.Path.Select(step => step with { Old = step.New, New = step.Old })], difference.New, difference.Old));

    private static Value Read(string yaml) => YamlReader.Read(yaml, "t.yaml", new DiagnosticBag())!.ToValue();
}
