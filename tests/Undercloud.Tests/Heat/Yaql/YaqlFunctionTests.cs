using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat.Yaql;

/// <summary>The HOT function yaql in a stack.</summary>
public sealed class YaqlFunctionTests
{
    [Theory]
    [InlineData("{yaql: {expression: '$.data.a + 1', data: {a: 1}}}", "2")]
    [InlineData("{yaql: {expression: '$.data'}}", "{}")]
    [InlineData("{yaql: {expression: '$', data: 1}}", """{"data":1}""")]
    [InlineData("{yaql: {expression: {list_join: ['', ['$.da', 'ta']]}, data: [1]}}", "[1]")]
    [InlineData("{yaql: {expression: '$.data.where($ != null).flatten()', data: {list_concat: [[[a]], [null, b]]}}}", """["a","b"]""")]
    public void Yaql_sees_its_resolved_data(string yaml, string expected) =>
        Assert.Equal(expected, CanonicalJson.Write(StackFixture.Expression(yaml).Resolve().Outputs["result"]!));

    [Theory]
    [InlineData("{yaql: {expression: '$.data.b', data: {a: 1}}}", "error HOT031: yaql: KeyError: 'b', in the expression '$.data.b'.")]
    [InlineData("{yaql: {expression: '$.data +', data: 1}}", "error HOT030: yaql: Parse error: unexpected end of statement, in the expression '$.data +'.")]
    [InlineData("{yaql: {expression: '$.data ]', data: 1}}", "error HOT030: yaql: Parse error: unexpected ']' at position 7 of expression '$.data ]'.")]
    [InlineData("{yaql: {expression: {list_join: ['', ['$ ', '#']]}}}", "error HOT031: yaql: Lexical error: illegal character '#' at position 2, in the expression '$ #'.")]
    [InlineData("{yaql: {expression: {str_split: [',', 'a']}}}", "error HOT031: yaql: the expression must be a string, not list.")]
    [InlineData("{yaql: {expression: 5}}", "error HOT030: yaql: the expression must be a string, not integer.")]
    [InlineData("{yaql: {expression: '$', date: 5}}", "error HOT030: yaql: the arguments must be a map with the keys expression and data.")]
    public void A_failure_names_the_expression_and_the_cause(string yaml, string message) =>
        Assert.Contains(message, string.Join('\n', StackFixture.Expression(yaml).Resolve().Diagnostics), StringComparison.Ordinal);

    [Theory]
    [InlineData("newton", false)]
    [InlineData("ocata", false)]
    [InlineData("pike", true)]
    [InlineData("queens", true)]
    public void Conditions_know_yaql_since_pike(string version, bool known)
    {
        var stack = StackFixture.Expression("{if: [c, 1, 2]}", version, "conditions:\n  c: {yaql: {expression: '$.data = 1', data: 1}}");
        Assert.Equal(known ? (Value)1 : null, stack.Resolve().Outputs["result"] is { } value and not NullValue ? value : null);
    }
}
