using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Templates;

/// <summary>A constraint on a parameter's value; source: heat/engine/constraints.py.</summary>
/// <param name="Span">Where it is written.</param>
/// <param name="Description">The template author's message for a violation.</param>
public abstract record ParameterConstraint(SourceSpan Span, string? Description)
{
    /// <summary>The violation, a clause like "is not allowed", or null.</summary>
    /// <param name="value">The value that Heat checks: see <see cref="ParameterValue.Judged"/>.</param>
    /// <param name="type">The parameter's type.</param>
    public string? Violation(Value value, ParameterType type) => Problem(value, type) is { } problem
        ? Description is null ? problem : $"{problem} ({Description})"
        : null;

    /// <summary>Whether the constraint applies to a type.</summary>
    public abstract bool AppliesTo(ParameterType type);

    protected abstract string? Problem(Value value, ParameterType type);
}

/// <summary><c>range</c>: bounds of a number.</summary>
public sealed record RangeConstraint(Value? Min, Value? Max, SourceSpan Span, string? Description) : ParameterConstraint(Span, Description)
{
    public override bool AppliesTo(ParameterType type) => type == ParameterType.Number;

    protected override string? Problem(Value value, ParameterType type) => Numbers.Parse(value) is not { } number
        ? $"{value} is not a number"
        : (Min is not null && Numbers.Less(number, Min)) || (Max is not null && Numbers.Less(Max, number))
            ? $"{value} is out of range ({Numbers.Bounds(Min, Max)})"
            : null;
}

/// <summary><c>length</c>: bounds of the characters of a string or the items of a collection.</summary>
public sealed record LengthConstraint(Value? Min, Value? Max, SourceSpan Span, string? Description) : ParameterConstraint(Span, Description)
{
    public override bool AppliesTo(ParameterType type) => type is ParameterType.String or ParameterType.CommaDelimitedList or ParameterType.Json;

    protected override string? Problem(Value value, ParameterType type)
    {
        int? length = value switch
        {
            StringValue text => PythonString.Length(text.Text),
            ListValue list => list.Items.Length,
            MapValue map => map.Count,
            // Heat: a number has no length, not even where a string is expected.
            _ => null,
        };
        return length is not { } number ? $"{value} has no length: it is {value.TypeName}"
            : (Min is not null && Numbers.Less(number, Min)) || (Max is not null && Numbers.Less(Max, number))
                ? $"its length of {length} is out of range ({Numbers.Bounds(Min, Max)})"
                : null;
    }
}

/// <summary><c>modulo</c>: a number is an offset and any number of steps.</summary>
public sealed record ModuloConstraint(Value Step, Value Offset, SourceSpan Span, string? Description) : ParameterConstraint(Span, Description)
{
    public override bool AppliesTo(ParameterType type) => type == ParameterType.Number;

    protected override string? Problem(Value value, ParameterType type) =>
        Numbers.Parse(value) is { } number && Numbers.IsModulo(number, Step, Offset) ? null : $"{value} is not a multiple of {Step} with an offset of {Offset}";
}

/// <summary><c>allowed_values</c>: the valid values; for a list, its valid items.</summary>
public sealed record AllowedValuesConstraint(ImmutableArray<Value> Allowed, SourceSpan Span, string? Description)
    : ParameterConstraint(Span, Description)
{
    public override bool AppliesTo(ParameterType type) => type != ParameterType.Json;

    protected override string? Problem(Value value, ParameterType type)
    {
        if (value is ListValue list)
            return list.Items.All(Allowed.ToHashSet(PythonEquality.Comparer).Contains) ? null : NotAllowed(value);
        if (ParameterValue.Scalar(type, value) is not { } one)
            return $"{value} is not a {ParameterTypes.Name(type)}";
        var allowed = Allowed.Select(item => ParameterValue.Scalar(type, item)).ToList();
        return allowed.Contains(null) ? $"the allowed values are not all of the type {ParameterTypes.Name(type)}"
            : allowed.Exists(item => PythonEquality.Comparer.Equals(item, one)) ? null
            : NotAllowed(value);
    }

    private string NotAllowed(Value value) => $"{value} is not an allowed value [{string.Join(", ", Allowed)}]";
}

/// <summary><c>allowed_pattern</c>: a regular expression for the whole string.</summary>
public sealed record AllowedPatternConstraint(string Pattern, Regex Regex, SourceSpan Span, string? Description)
    : ParameterConstraint(Span, Description)
{
    public override bool AppliesTo(ParameterType type) => type == ParameterType.String;

    // Python's re.match() takes the first match at the start and only then checks whether it reaches the end.
    protected override string? Problem(Value value, ParameterType type)
    {
        try
        {
            return value is StringValue { Text: var text } && Regex.Match(text) is { Success: true } match && match.Length == text.Length
                ? null
                : $"{value} does not match the pattern {Pattern}";
        }
        catch (RegexMatchTimeoutException)
        {
            return $"{value} takes too long to match against the pattern {Pattern}";
        }
    }
}

/// <summary><c>custom_constraint</c>: Heat asks a cloud; there is none here, so any value passes.</summary>
public sealed record CustomConstraint(string Name, SourceSpan Span, string? Description) : ParameterConstraint(Span, Description)
{
    public override bool AppliesTo(ParameterType type) => type != ParameterType.Json;

    protected override string? Problem(Value value, ParameterType type) => null;
}
