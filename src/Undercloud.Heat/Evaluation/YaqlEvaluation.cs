using Undercloud.Heat.Values;

namespace Undercloud.Heat.Evaluation;

/// <summary>Evaluates one YAQL expression.</summary>
public static class YaqlEvaluation
{
    /// <summary>The value of an expression, the data being <c>$</c>.</summary>
    public static EvaluationResult Evaluate(string expression, Value data) => Engine(expression, data);

    // The one place that names the YAQL engine.
    private static EvaluationResult Engine(string expression, Value data)
    {
        _ = (expression, data);
        return EvaluationResult.Failed("yaql is not supported yet.");
    }
}
