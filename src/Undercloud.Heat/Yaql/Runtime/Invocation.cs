using System.Collections.Immutable;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Syntax;

namespace Undercloud.Heat.Yaql.Runtime;

/// <summary>A function with its arguments, all of them checked, ready to run.</summary>
internal sealed class Invocation
{
    private readonly Evaluator _evaluator;
    private readonly FunctionSpec _function;
    private readonly Context _context;
    private readonly Argument[] _arguments;
    private readonly Argument[] _rest;
    private readonly List<KeyValuePair<string, Argument>> _named;

    private Invocation(Evaluator evaluator, FunctionSpec function, Context context, Argument[] arguments, Argument[] rest, List<KeyValuePair<string, Argument>> named)
    {
        _evaluator = evaluator;
        _function = function;
        _context = context;
        _arguments = arguments;
        _rest = rest;
        _named = named;
    }

    /// <summary>Binds the arguments; null when one does not fit; FunctionDefinition.get_delegate of yaql/language/specs.py.</summary>
    public static Invocation? Bind(Evaluator evaluator, FunctionSpec function, Context context, Argument[] arguments, List<KeyValuePair<string, Argument>> named)
    {
        var bound = new Argument[function.Parameters.Length];
        var taken = 0;
        for (var i = 0; i < bound.Length; i++)
        {
            var parameter = function.Parameters[i];
            var byName = named.Count == 0 ? -1 : named.FindIndex(pair => pair.Key == parameter.Name);
            if (i < arguments.Length && arguments[i].IsGiven)
                bound[i] = arguments[i];
            else if (byName >= 0)
                (bound[i], taken) = (named[byName].Value, taken + 1);
            else if (parameter.Default is { } value)
                bound[i] = new(null, value);
            else
                return null;
            if (!parameter.Type.Check(bound[i]))
                return null;
        }

        Argument[] rest = arguments.Length > bound.Length ? arguments[bound.Length..] : [];
        if (rest.Length > 0 && (function.Rest is not { } more || !Array.TrueForAll(rest, argument => more.Type.Check(argument))))
            return null;
        List<KeyValuePair<string, Argument>> others = taken == named.Count ? [] : named.FindAll(pair => function.IndexOf(pair.Key) < 0);
        return others.Count == 0 || (function.Named is { } keyword && others.TrueForAll(pair => keyword.Type.Check(pair.Value)))
            ? new(evaluator, function, context, bound, rest, others)
            : null;
    }

    public Value Run()
    {
        var context = new Context(_context);
        var values = new Value[_arguments.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Convert(_function.Parameters[i].Type, _arguments[i], context);
        ImmutableArray<Value> rest = _rest.Length == 0 ? [] : [.. _rest.Select(argument => Convert(_function.Rest!.Type, argument, context))];
        IReadOnlyList<KeyValuePair<string, Value>> named = _named.Count == 0 ? [] :
            [.. _named.Select(pair => KeyValuePair.Create(pair.Key, Convert(_function.Named!.Type, pair.Value, context)))];
        return _function.Body(new(_evaluator, context, values, rest, named));
    }

    private Value Convert(ParameterType type, in Argument argument, Context context)
    {
        switch (type.Kind)
        {
            case ParameterKind.Lambda or ParameterKind.MethodLambda or ParameterKind.ContextLambda:
                return argument.Value is NullValue or Closure ? argument.Value : new Closure(argument, context, _evaluator);
            case ParameterKind.LazyRule:
                var rule = (RuleNode)argument.Node!;
                return new LazyRuleValue(() => rule.Source.Evaluate(_evaluator, null, context), () => rule.Destination.Evaluate(_evaluator, null, context));
            case ParameterKind.Expression:
                return new ExpressionValue(argument.Node!);
        }

        var value = argument.Known!;
        _evaluator.Limit(value);
        return type.Kind switch
        {
            ParameterKind.Iterable or ParameterKind.Insertable when value is not NullValue => Collections.Limited(_evaluator, value),
            // A keyword stays a keyword when it passes through a delegate.
            ParameterKind.Keyword => new ExpressionValue(argument.Node!),
            ParameterKind.DateTime when value is DateTimeValue { Offset: null } time => time with { Offset = TimeSpan.Zero },
            _ => value,
        };
    }
}
