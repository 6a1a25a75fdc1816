using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Templates;

/// <summary>The types of parameters.</summary>
public enum ParameterType
{
    String,
    Number,
    Json,
    CommaDelimitedList,
    Boolean,
}

/// <summary>A declared parameter.</summary>
public sealed record ParameterDeclaration(string Name, SourceSpan Span, ParameterType Type)
{
    /// <summary>The default value; null when there is none, which makes the parameter required.</summary>
    public Value? Default { get; init; }

    /// <summary>Whether its value is a secret.</summary>
    public bool Hidden { get; init; }

    /// <summary>Whether a stack update may not change it; there are no updates here.</summary>
    public bool Immutable { get; init; }

    public ImmutableArray<ParameterConstraint> Constraints { get; init; } = [];

    public ImmutableArray<string> Tags { get; init; } = [];

    public string? Label { get; init; }

    public string? Description { get; init; }
}
