using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql;

/// <summary>Parses and evaluates YAQL in one call, as <c>yaql.YaqlFactory().create(options)(expression).evaluate(data)</c> does in Python.</summary>
public static class YaqlEngine
{
    /// <summary>
    /// The value of an expression over <paramref name="data"/>, which is <c>$</c>. Sets become lists in insertion order,
    /// times and spans become Python's str() of them, and map keys that are no strings become JSON's form of them.
    /// </summary>
    public static YaqlResult Evaluate(string expression, Value data, YaqlLimits limits) =>
        YaqlExpression.TryParse(expression, out var parsed, out var error) ? parsed.Evaluate(data, limits) : new(error);
}
