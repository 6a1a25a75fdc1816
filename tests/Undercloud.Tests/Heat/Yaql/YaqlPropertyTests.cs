using CsCheck;
using Undercloud.Heat.Yaql;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Tests.Heat.Yaql;

public sealed class YaqlPropertyTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    [Fact]
    public async Task Random_expressions_give_what_yaql_gives()
    {
        YaqlCase[] cases = [];
        YaqlGenerator.Case.Array[3000].Sample(made => cases = made, seed: Seed, iter: 1, threads: 1);
        var answers = await YaqlCase.Ask(cases);
        Assert.True(answers.Count(answer => answer["value"] is not null) > 600);
        YaqlCase.AllAlike(cases.Zip(answers, (one, answer) => one.Difference(answer)));
    }

    [Fact]
    public void No_text_makes_the_parser_or_the_evaluation_crash() => Gen.String[
        Gen.OneOf("$$$..()[]{}'\"`,=>-+*/ \\~!?ab12_\n%&#@\u00e9\ud83d\ude00\u0661\u00b2\0".ToCharArray()), 0, 20].Sample(
        text => YaqlEngine.Evaluate(text, 1, YaqlLimits.Default) is { } result && (result.Value is null) != (result.Error is null),
        iter: 20000);
}
