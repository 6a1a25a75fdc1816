using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Tests.Heat.Yaql;

public sealed class YaqlExpressionTests
{
    [Theory]
    [InlineData("1 +", "Parse error: unexpected end of statement", null)]
    [InlineData("$.a )", "Parse error: unexpected ')' at position 4 of expression '$.a )'", 4)]
    [InlineData("f(a => 1, 2)", "Parse error: unexpected ')' at position 11 of expression 'f(a => 1, 2)'", 11)]
    [InlineData("'ab' 'cd'", "Parse error: unexpected 'cd' at position 5 of expression ''ab' 'cd''", 5)]
    [InlineData("'😀' 12", "Parse error: unexpected '12' at position 4 of expression ''😀' 12'", 4)]
    [InlineData("1 # 2", "Lexical error: illegal character '#' at position 2", 2)]
    [InlineData("a + 'open", "Lexical error: illegal character ''' at position 4", 4)]
    [InlineData("", "Parse error: unexpected end of statement", null)]
    public void Syntax_errors_name_the_place_in_yaqls_words(string text, string message, int? position)
    {
        Assert.False(YaqlExpression.TryParse(text, out _, out var error));
        Assert.Equal(new YaqlError(message, position), error);
    }

    [Theory]
    [InlineData("foo(1)", "Unknown function \"foo\"")]
    [InlineData("len(1)", "No function \"len\" matches supplied arguments")]
    [InlineData("1.foo()", "Unknown method \"foo\" for receiver 1")]
    [InlineData("1.len()", "No method \"len\" for receiver 1 matches supplied arguments")]
    [InlineData("'a' + 1", "No function \"#operator_+\" matches supplied arguments")]
    [InlineData("$.b", "KeyError: 'b'")]
    [InlineData("[].first()", "StopIteration: the collection is empty")]
    [InlineData("{'a' => $.x.y}", "KeyError: 'x'")]
    [InlineData("'a'.foo", "Unknown function \"#property#foo\"")]
    [InlineData("let(1 => 2)", "Cannot convert mapping to keyword argument")]
    [InlineData("def(dict, 1) -> dict(2)", "Ambiguous function \"dict\"")]
    [InlineData("range(9001).len() + range(9001).toList().len()", "Collection length exceeds 9000 elements")]
    [InlineData("'a' * 1000000", "Expression consumed too much memory")]
    public void Errors_of_evaluation_are_told_in_yaqls_words(string text, string message) =>
        Assert.Equal(new YaqlError(message), YaqlEngine.Evaluate(text, CanonicalJson.Read("""{"a": 1}"""), YaqlLimits.Default).Error);

    [Fact]
    public void Data_that_comes_out_unchanged_is_the_same_object()
    {
        var data = CanonicalJson.Read("""{"a": {"b": [1, {"c": 2}]}, "l": [[1], [2]]}""");
        Assert.Same(data, YaqlEngine.Evaluate("$", data, YaqlLimits.Default).Value);
        Assert.Same(((MapValue)data)["a"], YaqlEngine.Evaluate("$.a", data, YaqlLimits.Default).Value);
        Assert.Same(((ListValue)((MapValue)data)["l"]!).Items[1], ((ListValue)YaqlEngine.Evaluate("$.l.skip(1)", data, YaqlLimits.Default).Value!).Items[0]);
    }

    [Fact]
    public void What_nobody_asks_for_is_not_evaluated() =>
        Assert.Equal((Value)1, YaqlEngine.Evaluate("[1, 0].select(6 / $).select(1 + $ - $).first()", Value.Null, YaqlLimits.Default).Value);

    [Fact]
    public void One_parsed_expression_serves_many_threads()
    {
        Assert.True(YaqlExpression.TryParse("let(a => $.n) -> range($a).where($ mod 2 = 0).select($ * $a).sum(0)", out var expression, out _));
        var answers = new Value?[200];
        Parallel.For(0, answers.Length, i => answers[i] = expression.Evaluate(new MapValue([new("n", i)]), YaqlLimits.Default).Value);
        Assert.Equal(Enumerable.Range(0, answers.Length).Select(n => (Value?)(n * Enumerable.Range(0, n).Where(i => i % 2 == 0).Sum())), answers);
    }

    [Fact]
    public void Limits_are_options()
    {
        var none = new YaqlLimits { Iterators = -1, MemoryQuota = -1 };
        Assert.Equal((Value)20000, YaqlEngine.Evaluate("range(20000).toList().len()", Value.Null, none).Value);
        Assert.Equal((Value)1000000, YaqlEngine.Evaluate("('a' * 1000000).len()", Value.Null, none).Value);
        Assert.NotNull(YaqlEngine.Evaluate("range(20).toList()", Value.Null, new YaqlLimits { Iterators = 19 }).Error);
        Assert.NotNull(YaqlEngine.Evaluate("'a' * 1000", Value.Null, new YaqlLimits { MemoryQuota = 1000 }).Error);
    }

    [Fact]
    public void The_clock_is_the_callers()
    {
        var limits = new YaqlLimits { Clock = new StoppedClock() };
        Assert.Equal((Value)"2020-02-03 04:05:06+00:00", YaqlEngine.Evaluate("now()", Value.Null, limits).Value);
        Assert.Equal((Value)"2020-02-03 10:15:00+00:00", YaqlEngine.Evaluate("datetime('10:15')", Value.Null, limits).Value);
        Assert.Equal((Value)"2016-02-03 00:00:00+00:00", YaqlEngine.Evaluate("datetime('2016')", Value.Null, limits).Value);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2020, 2, 3, 4, 5, 6, TimeSpan.Zero);
    }
}
