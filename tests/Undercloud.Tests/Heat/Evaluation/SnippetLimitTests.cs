using Undercloud.Heat.Evaluation;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat.Evaluation;

/// <summary>Hostile snippets end in an error soon, never in a crash or a hang.</summary>
public sealed class SnippetLimitTests
{
    private static readonly string s_big = new('a', 1_000_000);

    [Fact]
    public void Deep_nesting_is_refused() => Assert.Contains("nested deeper", Error($$"""{"hot": {{new string('[', 100_000)}}"""));

    [Fact]
    public void A_request_as_deep_as_allowed_is_answered()
    {
        var deep = new string('[', 390) + new string(']', 390);
        Assert.Equal($$"""{"result": {{deep}}}""", BatchEvaluator.Reply($$"""{"hot": {{deep}}, "version": "rocky"}"""));
    }

    [Fact]
    public void A_long_chain_of_conditions_ends()
    {
        var chain = string.Join(", ", Enumerable.Range(0, 100_000).Select(i => $$"""
            "c{{i}}": {"not": "c{{i + 1}}"}
            """));
        Assert.Contains("too long a chain", Error("{\"hot\": 1, \"version\": \"rocky\", \"conditions\": {" + chain + ", \"c100000\": true}}"));
    }

    [Theory]
    [InlineData("""{"repeat": {"template": "BIG", "for_each": {"a": ["BIG"]}}}""")]
    [InlineData("""{"repeat": {"template": "BIG", "for_each": {"": ["BIG"]}}}""")]
    [InlineData("""{"str_replace": {"template": "BIG", "params": {"a": "BIG"}}}""")]
    public void Text_that_multiplies_is_refused(string snippet) =>
        Assert.Contains("too much data", Error($$"""{"hot": {{snippet.Replace("BIG", s_big, StringComparison.Ordinal)}}, "version": "rocky"}"""));

    [Fact]
    public void An_endless_name_is_no_reason_to_search_long() => Assert.Contains(
        "is not declared", Error($$$"""{"hot": {"get_param": "{{{s_big}}}"}, "version": "rocky", "parameters": {"{{{s_big}}}b": 1}}"""));

    [Fact]
    public void An_error_stays_readable() =>
        Assert.InRange(Error($$"""{"hot": {"list_concat": ["{{s_big}}"]}, "version": "rocky"}""").Length, 10, 5000);

    [Fact]
    public void A_number_of_more_digits_than_Python_converts_is_infinite() => Assert.Equal(
        """{"result": Infinity}""",
        BatchEvaluator.Reply($$$"""{"hot": {"get_param": "n"}, "version": "rocky", "schema": {"n": {"type": "number"}}, "parameters": {"n": "{{{new string('9', 4301)}}}"}}"""));

    private static string Error(string line) => ((StringValue)((MapValue)PythonJson.Read(BatchEvaluator.Reply(line)))["error"]!).Text;
}
