using System.Collections.Immutable;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Syntax;

namespace Undercloud.Heat.Yaql.Runtime;

/// <summary>
/// A value that exists only during an evaluation. Input data is never converted: a <see cref="ListValue"/> is
/// yaql's tuple and a <see cref="MapValue"/> its FrozenDict with string keys; the kinds here are those that data does not have.
/// </summary>
internal abstract record RuntimeValue : Value;

/// <summary>A missing argument; Python's NO_VALUE.</summary>
internal sealed record NoValue : RuntimeValue
{
    private NoValue()
    {
    }

    public static NoValue Instance { get; } = new();

    public override string TypeName => "nothing";
}

/// <summary>A Python list, which differs from a tuple: it equals no tuple and cannot be a key.</summary>
internal sealed record MutableListValue(ImmutableArray<Value> Items) : RuntimeValue
{
    public override string TypeName => "list";
}

/// <summary>A frozenset, in insertion order.</summary>
internal sealed record SetValue(HashTable Items) : RuntimeValue
{
    public override string TypeName => "set";
}

/// <summary>A dict: frozen (hashable) as yaql's FrozenDict or plain as Python's own.</summary>
internal sealed record DictValue(HashTable Items, bool Frozen) : RuntimeValue
{
    public override string TypeName => "map";
}

internal enum ViewKind
{
    Keys,
    Values,
    Items,
}

/// <summary>The result of <c>keys()</c>, <c>values()</c> and <c>items()</c>: a view of a map. Keys and items count as sets.</summary>
internal sealed record ViewValue(Value Map, ViewKind Kind) : RuntimeValue
{
    public override string TypeName => "view";
}

/// <summary>A lazily sorted collection.</summary>
internal sealed record OrderingValue(Ordering Ordering) : RuntimeValue
{
    public override string TypeName => "ordering";
}

/// <summary>A compiled regular expression.</summary>
internal sealed record RegexValue(Python.PythonRegex Regex) : RuntimeValue
{
    public override string TypeName => "regular expression";
}

/// <summary>A point in time; <see cref="Offset"/> is null for local time without a zone.</summary>
internal sealed record DateTimeValue(DateTime Local, TimeSpan? Offset, string? ZoneName = null) : RuntimeValue
{
    public override string TypeName => "datetime";

    /// <summary>The time in UTC as ticks, which may lie outside the years DateTime knows.</summary>
    public long UtcTicks => Local.Ticks - (Offset ?? TimeSpan.Zero).Ticks;
}

/// <summary>A span of time in microseconds.</summary>
internal sealed record TimeSpanValue(long Microseconds) : RuntimeValue
{
    public override string TypeName => "timespan";
}

/// <summary>An evaluated <c>key => value</c>.</summary>
internal sealed record RuleValue(Value Source, Value Destination) : RuntimeValue
{
    public override string TypeName => "mapping rule";
}

/// <summary>A <c>key => value</c> whose sides are evaluated on demand.</summary>
internal sealed record LazyRuleValue(Func<Value> Source, Func<Value> Destination) : RuntimeValue
{
    public override string TypeName => "mapping rule";
}

/// <summary>A context as a value: what <c>let</c>, <c>with</c>, <c>def</c> and <c>unpack</c> pass to <c>-></c>.</summary>
internal sealed record ContextValue(Context Context) : RuntimeValue
{
    public override string TypeName => "context";
}

/// <summary>An expression as a value: the right side of a <c>?.</c>, passed to the dot.</summary>
internal sealed record ExpressionValue(Node Node) : RuntimeValue
{
    public override string TypeName => "expression";
}
