using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql;

/// <summary>YAQL in one call, as <c>yaql.YaqlFactory().create(options)(expression).evaluate(data)</c> is in Python.</summary>
public static class YaqlEngine
{
    /// <summary>
    /// The value of an expression over <paramref name="data"/>, which is <c>$</c>. Sets come out as lists in the order their items came
    /// in; times and spans as Python's str() of them; keys of maps that are no strings as JSON writes them.
    /// </summary>
    public static YaqlResult Evaluate(string expression, Value data, YaqlLimits limits) =>
        YaqlExpression.TryParse(expression, out var parsed, out var error) ? parsed.Evaluate(data, limits) : new(error);
}
