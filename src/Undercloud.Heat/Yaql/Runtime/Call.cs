using System.Collections.Immutable;
using System.Numerics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;

namespace Undercloud.Heat.Yaql.Runtime;

/// <summary>The input of a function: its parameters' values in order, the remaining ones, the named ones, its own context.</summary>
internal sealed class Call(Evaluator evaluator, Context context, Value[] arguments, ImmutableArray<Value> rest, IReadOnlyList<KeyValuePair<string, Value>> named)
{
    public Evaluator Evaluator { get; } = evaluator;

    public Context Context { get; } = context;

    public ImmutableArray<Value> Rest { get; } = rest;

    public IReadOnlyList<KeyValuePair<string, Value>> Named { get; } = named;

    public Value this[int index] => arguments[index];

    public string Text(int index) => ((StringValue)arguments[index]).Text;

    public string? TextOrNull(int index) => (arguments[index] as StringValue)?.Text;

    public BigInteger Integer(int index) => Numbers.Whole(arguments[index]);

    /// <summary>An integer for a position or count: all integers beyond 32 bits have the same meaning there.</summary>
    public int Index(int index) => Numbers.Clamp(Integer(index));

    public bool Flag(int index) => Truth.IsTrue(arguments[index]);

    public bool IsGiven(int index) => arguments[index] is not NoValue;

    public bool IsNull(int index) => arguments[index] is NullValue;

    /// <summary>A lambda; null when it was omitted.</summary>
    public Closure? LambdaOrNull(int index) => arguments[index] as Closure;

    /// <summary>A lambda that is required when it is called.</summary>
    public Closure Lambda(int index) => arguments[index] as Closure ?? throw YaqlException.Type("'NoneType' object is not callable");

    public IEnumerable<Value> Items(int index) => Collections.Items(arguments[index]);

    public HashTable Table(int index) => ((SetValue)arguments[index]).Items;

    public Value Iterator(IEnumerable<Value> source) => new IteratorValue(Evaluator, source);

    /// <summary>A string result, counted against the evaluation's limit.</summary>
    public Value Produce(string text)
    {
        Evaluator.Produce(text.Length * 2L);
        return text;
    }

    /// <summary>A tuple result.</summary>
    public Value Tuple(IEnumerable<Value> items) => Evaluator.Tuple(items);

    /// <summary>A list result.</summary>
    public Value List(IEnumerable<Value> items) => new MutableListValue(Evaluator.Gather(items));

    /// <summary>Calls a function by its name as yaql's delegates do.</summary>
    public Value Delegate(string name, params ReadOnlySpan<Value> values) => Evaluator.CallValues(name, null, values, Context);
}
