using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql;

namespace Undercloud.Heat.Functions;

/// <summary><c>yaql: {expression: …, data: …}</c>: what a YAQL expression makes of the data, which it knows as <c>$.data</c>.</summary>
public sealed class Yaql : Function
{
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
        var data = _data is null ? MapValue.Empty : _data.Resolve(scope);
        if (data is null || (_parsed ?? Parse(scope)) is not { } parsed)
            return null;
        var result = parsed.Evaluate(new MapValue([new("data", data)]), YaqlLimits.Default);
        return result.Value ?? Fail(scope, $"{result.Error!.Message.TrimEnd('.')}, in the expression {Shown(parsed.Text)}.");
    }

    private static Function Create(FunctionCall call)
    {
        if (call.Named() is not { } named || !named.TryGetValue("expression", out var expression) || named.Keys.Any(key => key is not ("expression" or "data")))
            return call.Invalid("the arguments must be a map with the keys expression and data.");
        YaqlExpression? parsed = null;
        if (expression is Literal literal)
        {
            if (literal.Value is not StringValue { Text: var text })
                return call.Invalid($"the expression must be a string, not {literal.Value.TypeName}.");
            if (!YaqlExpression.TryParse(text, out parsed, out var error))
                return call.Invalid(Bad(text, error));
        }

        return new Yaql(call, expression, named.GetValueOrDefault("data"), parsed);
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
                Fail(scope, Bad(text, error));
                return null;
            case var other:
                Fail(scope, $"the expression must be a string, not {other.TypeName}.");
                return null;
        }
    }

    private static string Bad(string text, YaqlError error) =>
        $"the expression {Shown(text)} is wrong{(error.Position is { } place ? $" at character {place + 1}" : "")}: {error.Message.TrimEnd('.')}.";

    private static string Shown(string text)
    {
        const int Most = 120;
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Most ? $"'{line}'" : $"'{line[..Most]}…'";
    }
}
