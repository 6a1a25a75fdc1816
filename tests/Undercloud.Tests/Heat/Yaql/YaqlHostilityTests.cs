using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Tests.Heat.Yaql;

/// <summary>Expressions that would never end, or end only with the machine: all of them end in an error.</summary>
public sealed class YaqlHostilityTests
{
    private static readonly YaqlLimits s_few = new() { Steps = 300_000 };

    [Theory]
    [InlineData("sequence().len()")]
    [InlineData("sequence().where($ < 0).len()")]
    [InlineData("1.repeat().len()")]
    [InlineData("[1].cycle().len()")]
    [InlineData("generate(0, true, $ + 1).len()")]
    [InlineData("generateMany(1, [$, $]).len()")]
    [InlineData("range(100000000000).len()")]
    [InlineData("def(f, f($ + 1)) -> f(0)")]
    [InlineData("def(f, [1].select(f($)).first()) -> f(0)")]
    [InlineData("def(f, f($) + f($)) -> f(0)")]
    [InlineData("range(9000).select(range(9000).len()).sum()")]
    [InlineData("range(64).reduce([$1, $1], 1)")]
    [InlineData("str(range(64).reduce([$1, $1], 1))")]
    [InlineData("let(a => range(64).reduce([$1, $1], 1), b => range(64).reduce([$1, $1], 1)) -> $a = $b")]
    [InlineData("set(range(64).reduce([$1, $1], 1))")]
    [InlineData("range(64).reduce({a => $1, b => $1}, 1)")]
    [InlineData("range(64).reduce([$1, $1], 1).flatten().len()")]
    [InlineData("range(64).reduce({a => $1, b => $1}, {}).mergeWith(range(64).reduce({a => $1, b => $1}, {}))")]
    public void Endless_work_ends_with_the_steps(string expression) =>
        Assert.NotNull(YaqlEngine.Evaluate(expression, Value.Null, s_few).Error);

    [Theory]
    [InlineData("[1] * 1000000000000")]
    [InlineData("'a' * 1000000000000")]
    [InlineData("'ab' * 800000 * 1000000")]
    [InlineData("pow(10, 1000000000)")]
    [InlineData("pow(10, 1000000000, pow(10, 100000))")]
    [InlineData("shiftBitsLeft(1, 100000000000)")]
    [InlineData("range(100).reduce($1 * $1, 10)")]
    [InlineData("range(9000).select('a' * 800000).toList().len()")]
    [InlineData("range(9000).select('a' * 800000 + 'b').len()")]
    [InlineData("('a' * 800000).replace('', 'x' * 800000)")]
    [InlineData("('a' * 8000).replace('a', 'x' * 800000)")]
    [InlineData("('a' * 8000).toCharArray().join('x' * 800000)")]
    [InlineData("regex('a').replace('a' * 8000, 'x' * 800000)")]
    [InlineData("'{0:1000000000}'.format(1)")]
    [InlineData("'{0:.1000000000f}'.format(1.5)")]
    [InlineData("'{0:01000000000,}'.format(1)")]
    public void Huge_results_are_refused(string expression) =>
        Assert.NotNull(YaqlEngine.Evaluate(expression, Value.Null, YaqlLimits.Default).Error);

    [Theory]
    [InlineData("[1] * 1000000000000")]
    [InlineData("'a' * 1000000000000")]
    [InlineData("pow(10, 1000000000)")]
    [InlineData("range(100).reduce($1 * $1, 10)")]
    [InlineData("range(100).reduce($1 + $1, 'ab')")]
    [InlineData("range(100).reduce($1 + $1, [1])")]
    [InlineData("sequence().toList()")]
    [InlineData("sequence().distinct().len()")]
    [InlineData("sequence().toDict($)")]
    public void Huge_results_are_refused_without_yaqls_limits_too(string expression) =>
        Assert.NotNull(YaqlEngine.Evaluate(expression, Value.Null, new YaqlLimits { Iterators = -1, MemoryQuota = -1, ProducedBytes = 16 << 20, Steps = 2_000_000 }).Error);

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("[", "1", "]")]
    [InlineData("-", "1", "")]
    [InlineData("not ", "1", "")]
    [InlineData("f(", "1", ")")]
    [InlineData("", "1", "+1")]
    [InlineData("", "$", ".a")]
    [InlineData("", "$", ".f()")]
    [InlineData("1->", "1", "")]
    public void Deep_nesting_is_an_error_not_a_crash(string open, string middle, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 100_000)) + middle + string.Concat(Enumerable.Repeat(close, 100_000));
        Assert.True(YaqlEngine.Evaluate(text, Value.Null, YaqlLimits.Default) is { Error: not null } or { Value: not null });
    }

    [Fact]
    public void A_pattern_that_backtracks_without_end_is_given_up() =>
        Assert.Contains("too long", YaqlEngine.Evaluate("('a' * 40 + 'b').matches('(a+)+$')", Value.Null, YaqlLimits.Default).Error!.Message);
}
