using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>A piece of a template that has a value in a stack. Immutable: parsed once, evaluated in any number of stacks.</summary>
public abstract class Expression(SourceSpan span)
{
    /// <summary>Where it begins.</summary>
    public SourceSpan Span { get; } = span;

    /// <summary>
    /// The value in <paramref name="scope"/>; null when it failed, which is then reported; <see cref="OmittedValue"/> when the
    /// place it stands in is to be left out.
    /// </summary>
    public abstract Value? Evaluate(IScope scope);

    /// <summary>
    /// Whether Heat would go on to resolve this: it judges the arguments as written of every function in it first, also of those
    /// whose value nobody asks for, but not of the arm of an <c>if</c> that is not taken. False when it would not, which is then reported.
    /// </summary>
    public abstract bool Validate(IScope scope);

    /// <summary>The value where something must stand: what would be left out is null.</summary>
    public Value? Resolve(IScope scope) => Resolve(scope, omitted: Value.Null);

    /// <summary>The value, or <paramref name="omitted"/> where it would be left out; one too big to handle fails.</summary>
    public Value? Resolve(IScope scope, Value omitted)
    {
        var value = Evaluate(scope);
        if (value is null or OmittedValue)
            return value is null ? null : omitted;
        if (value.Weight <= WeightLimit)
            return value;
        scope.Report(new(Severity.Error, "HOT024", "This value is too big to go on with.", Span));
        return null;
    }

    // Eighty million characters or five million values.
    private const long WeightLimit = 5_000_000;
}

/// <summary>Data without any function in it.</summary>
public sealed class Literal(Value value, SourceSpan span) : Expression(span)
{
    public Value Value { get; } = value;

    public override Value Evaluate(IScope scope) => Value;

    public override bool Validate(IScope scope) => true;
}

/// <summary>A list with functions somewhere in it.</summary>
public sealed class ListExpression(ImmutableArray<Expression> items, SourceSpan span) : Expression(span)
{
    public override Value? Evaluate(IScope scope)
    {
        var values = ImmutableArray.CreateBuilder<Value>(items.Length);
        var failed = false;
        foreach (var item in items)
        {
            var value = item.Evaluate(scope);
            failed |= value is null;
            if (value is not (null or OmittedValue))
                values.Add(value);
        }

        return failed ? null : new ListValue(values.DrainToImmutable());
    }

    public override bool Validate(IScope scope)
    {
        var valid = true;
        foreach (var item in items)
            valid &= item.Validate(scope);
        return valid;
    }
}

/// <summary>A map with functions somewhere in it.</summary>
public sealed class MapExpression(ImmutableArray<KeyValuePair<string, Expression>> entries, SourceSpan span) : Expression(span)
{
    public ImmutableArray<KeyValuePair<string, Expression>> Entries => entries;

    public override Value? Evaluate(IScope scope)
    {
        var values = new List<KeyValuePair<string, Value>>(entries.Length);
        var failed = false;
        foreach (var (key, item) in entries)
        {
            var value = item.Evaluate(scope);
            failed |= value is null;
            if (value is not (null or OmittedValue))
                values.Add(new(key, value));
        }

        return failed ? null : new MapValue(values);
    }

    public override bool Validate(IScope scope)
    {
        var valid = true;
        foreach (var (_, item) in entries)
            valid &= item.Validate(scope);
        return valid;
    }
}
