using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>A part of a template that has a value in a stack. Immutable: parsed once, evaluated in any number of stacks.</summary>
public abstract class Expression(SourceSpan span)
{
    /// <summary>Its place.</summary>
    public SourceSpan Span { get; } = span;

    /// <summary>
    /// The value in <paramref name="scope"/>; null when the evaluation failed, which is reported; <see cref="OmittedValue"/> when the
    /// list item, map entry or property is omitted.
    /// </summary>
    public abstract Value? Evaluate(IScope scope);

    /// <summary>
    /// Whether Heat would resolve this: Heat first validates the written arguments of every function in it, also of functions whose value
    /// nothing uses, but not of the unused branch of an <c>if</c>. False when it would not, which is reported.
    /// </summary>
    public abstract bool Validate(IScope scope);

    /// <summary>The value where one is required: an omitted value becomes null.</summary>
    public Value? Resolve(IScope scope) => Resolve(scope, omitted: Value.Null);

    /// <summary>The value, or <paramref name="omitted"/> where it would be omitted; a value that is too large fails.</summary>
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

/// <summary>Data without functions.</summary>
public sealed class Literal(Value value, SourceSpan span) : Expression(span)
{
    public Value Value { get; } = value;

    public override Value Evaluate(IScope scope) => Value;

    public override bool Validate(IScope scope) => true;
}

/// <summary>A list that contains functions.</summary>
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

/// <summary>A map that contains functions.</summary>
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
