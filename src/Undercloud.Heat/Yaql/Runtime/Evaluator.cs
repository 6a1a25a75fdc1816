using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Library;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Syntax;

namespace Undercloud.Heat.Yaql.Runtime;

/// <summary>One evaluation: its limits and their use, and the lookup of functions.</summary>
internal sealed class Evaluator(YaqlLimits limits)
{
    // A call takes about as long as iterating over that many items.
    private const int CallCost = 5;

    private readonly Dictionary<(string Pattern, int Flags), RegexValue> _regexes = [];
    private long _steps;
    private long _produced;

    public YaqlLimits Limits { get; } = limits;

    /// <summary>Whether the expression defines a function for the dot, which disables the shortcut.</summary>
    public bool DotIsRedefined { get; private set; }

    public bool HasDefinitions { get; private set; }

    /// <summary>Counts a step: fails after too many, or when the stack has no room for another one.</summary>
    public void Enter(int cost = 1)
    {
        _steps += cost;
        if (_steps > Limits.Steps)
            throw new YaqlException($"The expression took more than {Limits.Steps} steps", ErrorKind.Limit);
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new YaqlException("The expression calls itself too deeply", ErrorKind.Limit);
    }

    /// <summary>Consumes some of the output that an evaluation may produce in total.</summary>
    public void Produce(long bytes)
    {
        _produced += bytes;
        if (_produced > Limits.ProducedBytes)
            throw new YaqlException("Expression consumed too much memory", ErrorKind.Limit);
    }

    /// <summary>yaql.memoryQuota: the maximum size of one value.</summary>
    public void Limit(Value value)
    {
        if (Limits.MemoryQuota > 0 && value is StringValue or ListValue or IntegerValue or MutableListValue or DictValue or SetValue)
            LimitBytes(SizeOf.Value(value));
    }

    public void LimitBytes(long bytes)
    {
        if (Limits.MemoryQuota > 0 && bytes > Limits.MemoryQuota)
            throw new YaqlException("Expression consumed too much memory");
    }

    /// <summary>Fails early when a result would exceed the quota, or any reasonable size without a quota.</summary>
    public void Forecast(double bytes)
    {
        if (bytes > (Limits.MemoryQuota > 0 ? Limits.MemoryQuota * 8.0 : Limits.ProducedBytes))
            throw new YaqlException("Expression consumed too much memory");
    }

    /// <summary>The same for an integer: arithmetic with millions of digits takes too long whatever the memory.</summary>
    public void ForecastInteger(double bytes) => Forecast(bytes > 1 << 20 ? double.PositiveInfinity : bytes);

    public ImmutableArray<Value> Gather(IEnumerable<Value> items)
    {
        var builder = ImmutableArray.CreateBuilder<Value>();
        foreach (var item in items)
        {
            builder.Add(item);
            if ((builder.Count & 1023) == 0)
                Produce(8192);
        }

        Produce((builder.Count & 1023) * 8);
        return builder.DrainToImmutable();
    }

    public Value Tuple(IEnumerable<Value> items) => new ListValue(Gather(items));

    /// <summary>A compiled pattern; each pattern is compiled once per evaluation.</summary>
    public RegexValue Regex(string pattern, int flags)
    {
        if (!_regexes.TryGetValue((pattern, flags), out var regex))
            _regexes[(pattern, flags)] = regex = new RegexValue(PythonRegex.Compile(pattern, flags));
        return regex;
    }

    public void Define(Context context, FunctionSpec function)
    {
        HasDefinitions = true;
        DotIsRedefined |= function.Name == "#operator_.";
        context.Define(function);
    }

    /// <summary>A call with unevaluated arguments.</summary>
    public Value Call(string name, Value? receiver, ReadOnlySpan<Argument> arguments, Context context)
    {
        Enter(CallCost);
        return Invoke(name, receiver, arguments, [], context);
    }

    /// <summary>A call with values.</summary>
    public Value CallValues(string name, Value? receiver, ReadOnlySpan<Value> values, Context context, List<KeyValuePair<string, Argument>>? named = null)
    {
        Enter(CallCost);
        var arguments = new Argument[values.Length];
        for (var i = 0; i < values.Length; i++)
            arguments[i] = Argument.Of(values[i]);
        return Invoke(name, receiver, arguments, named ?? [], context);
    }

    /// <summary><c>target.name</c>: a map's key, the attribute of each item, or a property.</summary>
    public Value Attribute(Value target, KeywordNode attribute, Context context)
    {
        Limit(target);
        Value result;
        if (Collections.IsMap(target))
            result = Collections.Get(target, attribute.Value) ?? throw new YaqlException($"KeyError: '{attribute.Name}'");
        else if (Collections.IsIterable(target))
            result = new IteratorValue(this, Each(Collections.Limited(this, target), attribute, context));
        else
            result = CallValues("#property#" + attribute.Name, null, [target], context);
        Limit(result);
        return result;
    }

    private IEnumerable<Value> Each(Value collection, KeywordNode attribute, Context context)
    {
        foreach (var item in Collections.Items(collection))
            yield return DotIsRedefined ? Call("#operator_.", null, [Argument.Of(item), new(attribute, null)], context) : Attribute(item, attribute, context);
    }

    private Value Invoke(string name, Value? receiver, ReadOnlySpan<Argument> arguments, List<KeyValuePair<string, Argument>> named, Context context)
    {
        var levels = Levels(name.TrimEnd('_'), receiver is not null, context);
        if (levels.Count == 0)
            throw new YaqlException(receiver is null ? $"Unknown function \"{name}\"" : $"Unknown method \"{name}\" for receiver {Messages.Show(receiver)}");
        Argument[] all = receiver is null ? [.. arguments] : [Argument.Of(receiver), .. arguments];
        var bound = new OverloadResolution(this, name, receiver, context).Choose(levels, all, named);
        var result = bound.Run();
        Limit(result);
        return result;
    }

    private List<IReadOnlyList<FunctionSpec>> Levels(string name, bool method, Context context)
    {
        var levels = new List<IReadOnlyList<FunctionSpec>>(1);
        for (var at = HasDefinitions && !method ? context : null; at is not null; at = at.Parent)
        {
            if (at.Functions(name) is { } defined)
                levels.Add(defined);
        }

        levels.AddRange(method ? StandardLibrary.Methods(name) : StandardLibrary.Functions(name));
        return levels;
    }
}
