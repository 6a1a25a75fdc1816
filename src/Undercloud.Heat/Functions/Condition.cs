using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>The place of a condition: true or false, a condition's name, or a function that returns one of these.</summary>
public sealed class Condition(Expression expression)
{
    /// <summary>The place in the template.</summary>
    public Expression Expression { get; } = expression;

    /// <summary>Whether it holds; null when its evaluation failed.</summary>
    public bool? Holds(IScope scope, Function asker) =>
        Expression.Resolve(scope) is { } value ? Holds(scope, value, asker) : null;

    /// <summary>Whether an already resolved condition holds; null when its evaluation failed.</summary>
    public static bool? Holds(IScope scope, Value value, Function asker)
    {
        switch (value)
        {
            case BooleanValue boolean:
                return boolean.Flag;
            case StringValue name:
                return scope.Condition(name.Text, asker);
            case NullValue:
                // Heat: a missing condition holds.
                return true;
            default:
                asker.Fail(scope, $"a condition must be a boolean or a condition's name, not {value.TypeName}.", code: "HOT040");
                return null;
        }
    }
}
