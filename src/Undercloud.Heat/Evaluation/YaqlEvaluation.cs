using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Evaluation;

/// <summary>Evaluates one YAQL expression.</summary>
public static class YaqlEvaluation
{
    /// <summary>The value of an expression, with the data as <c>$</c>.</summary>
    public static EvaluationResult Evaluate(string expression, Value data)
    {
        var result = YaqlEngine.Evaluate(expression, data, YaqlLimits.Default);
        return result.Value is { } value ? new(value, []) : EvaluationResult.Failed(Message(result.Error!));
    }

    private static string Message(YaqlError error) => error.Position is { } place ? $"{error.Message} (at character {place + 1})" : error.Message;
}
