using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Syntax;

namespace Undercloud.Heat.Yaql.Runtime;

internal enum ParameterKind
{
    Any,
    Null,
    Boolean,
    Integer,
    StrictInteger,
    Number,
    Text,
    Iterable,
    Insertable,
    Iterator,
    Sequence,
    Map,
    Set,
    Regex,
    DateTime,
    TimeSpan,
    Rule,
    Context,
    Ordering,
    Keyword,

    // The lazy kinds: the argument is not evaluated before the function requests it.
    Lambda,
    MethodLambda,
    ContextLambda,
    LazyRule,
    Expression,
}

/// <summary>The type of a parameter; counterpart of yaql/language/yaqltypes.py.</summary>
internal sealed record ParameterType(ParameterKind Kind, bool Nullable)
{
    public bool IsLazy => Kind >= ParameterKind.Lambda;

    /// <summary>Whether an argument may be passed. An unevaluated one always may.</summary>
    public bool Check(in Argument argument)
    {
        switch (Kind)
        {
            case ParameterKind.Lambda or ParameterKind.ContextLambda:
                return true;
            case ParameterKind.MethodLambda:
                return argument.Node is null or { UsesReceiver: true };
            case ParameterKind.LazyRule:
                return argument.Node is RuleNode;
            case ParameterKind.Expression:
                return argument.Node is not null;
            case ParameterKind.Keyword:
                return argument.Node is KeywordNode;
        }

        return argument.Known is not { } value || (value is NullValue ? Nullable : Accepts(value));
    }

    /// <summary>Whether this is a subclass of the other type, as in Python's isinstance.</summary>
    public bool IsSpecializationOf(ParameterType other)
    {
        if (Kind == other.Kind || IsLazy || other.IsLazy || Kind is ParameterKind.Keyword || other.Kind is ParameterKind.Keyword)
            return false;
        return (Kind, other.Kind) switch
        {
            (_, ParameterKind.Any) => true,
            (ParameterKind.Boolean, ParameterKind.Integer or ParameterKind.StrictInteger) => true,
            (ParameterKind.Text or ParameterKind.Map or ParameterKind.Set or ParameterKind.Sequence or ParameterKind.Iterator or ParameterKind.Ordering,
                ParameterKind.Iterable or ParameterKind.Insertable) => true,
            (ParameterKind.Text, ParameterKind.Sequence) => true,
            _ => false,
        };
    }

    private bool Accepts(Value value) => Kind switch
    {
        ParameterKind.Any => true,
        ParameterKind.Boolean => value is BooleanValue,
        ParameterKind.Integer => value is IntegerValue or BooleanValue,
        ParameterKind.StrictInteger => value is IntegerValue,
        ParameterKind.Number => value is IntegerValue or FloatValue,
        ParameterKind.Text => value is StringValue,
        ParameterKind.Iterable => Collections.IsIterable(value),
        ParameterKind.Insertable => Collections.IsIterable(value) && !Collections.IsSet(value),
        ParameterKind.Iterator => value is IteratorValue,
        ParameterKind.Sequence => Collections.IsSequence(value),
        ParameterKind.Map => Collections.IsMap(value),
        ParameterKind.Set => Collections.IsSet(value),
        ParameterKind.Regex => value is RegexValue,
        ParameterKind.DateTime => value is DateTimeValue,
        ParameterKind.TimeSpan => value is TimeSpanValue,
        ParameterKind.Rule => value is RuleValue,
        ParameterKind.Context => value is ContextValue,
        ParameterKind.Ordering => value is OrderingValue,
        _ => false,
    };
}
