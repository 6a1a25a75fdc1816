using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Functions;

/// <summary><c>yaql: {expression: …, data: …}</c>: a YAQL expression over the data, which the expression calls <c>$.data</c>.</summary>
public sealed class Yaql : Function
{
    private const int LongestShown = 300;

    private readonly Expression _expression;
    private readonly Expression? _data;
    private readonly YaqlExpression? _parsed;

    private Yaql(FunctionCall call, Expression expression, Expression? data, YaqlExpression? parsed)
        : base(call)
    {
        _expression = expression;
        _data = data;
        _parsed = parsed;
    }

    public static FunctionDefinition Definition { get; } = new("yaql", HotVersion.Newton, Create) { SinceInConditions = HotVersion.Pike };

    public override Value? Evaluate(IScope scope)
    {
        var parsed = _parsed ?? Parse(scope);
        var data = _data is null ? MapValue.Empty : _data.Resolve(scope);
        if (parsed is null || data is null)
            return null;
        var result = parsed.Evaluate(new MapValue([new("data", data)]), YaqlLimits.Default);
        if (result.Value is { } value)
            return scope.Spend(value.Weight, this) ? value : null;
        return Fail(scope, Message(result.Error!, parsed.Text));
    }

    private static Function Create(FunctionCall call)
    {
        if (call.Named() is not { } named || !named.TryGetValue("expression", out var expression) || !named.Keys.All(key => key is "expression" or "data"))
            return call.Invalid("the arguments must be a map with the keys expression and data.");
        var data = named.GetValueOrDefault("data");
        if (expression is not Literal { Value: var value })
            return expression is Function ? new Yaql(call, expression, data, null) : call.Invalid(NoString("list or map"));
        if (value is not StringValue { Text: var text })
            return call.Invalid(NoString(value.TypeName));
        return YaqlExpression.TryParse(text, out var parsed, out var error)
            ? new Yaql(call, expression, data, parsed)
            : call.Invalid(Message(error, text));
    }

    private YaqlExpression? Parse(IScope scope)
    {
        switch (_expression.Resolve(scope))
        {
            case null:
                return null;
            case StringValue { Text: var text }:
                if (YaqlExpression.TryParse(text, out var parsed, out var error))
                    return parsed;
                Fail(scope, Message(error, text));
                return null;
            case var other:
                Fail(scope, NoString(other.TypeName));
                return null;
        }
    }

    private static string NoString(string type) => $"the expression must be a string, not {type}.";

    private static string Message(YaqlError error, string text)
    {
        var shown = text.Length <= LongestShown ? text : text[..LongestShown] + "…";
        return error.Message.Contains(shown, StringComparison.Ordinal) ? error.Message + "." : $"{error.Message}, in the expression '{shown}'.";
    }
}
