using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Templates;

/// <summary>A parsed HOT template. Immutable: any number of stacks share it.</summary>
/// <param name="Path">The path in its tree.</param>
/// <param name="Version">Its version, which determines the set of functions.</param>
public sealed record HotTemplate(string Path, HotVersion Version)
{
    public string? Description { get; init; }

    /// <summary>The parameter groups as written; they only say how to show parameters.</summary>
    public Value ParameterGroups { get; init; } = Value.Null;

    /// <summary>The parameters by name, in the order they are written.</summary>
    public IReadOnlyDictionary<string, ParameterDeclaration> Parameters { get; init; } = new OrderedDictionary<string, ParameterDeclaration>();

    /// <summary>The conditions by name, in the order they are written.</summary>
    public IReadOnlyDictionary<string, ConditionDeclaration> Conditions { get; init; } = new OrderedDictionary<string, ConditionDeclaration>();

    /// <summary>The resources in the order they are written.</summary>
    public ImmutableArray<ResourceDeclaration> Resources { get; init; } = [];

    /// <summary>The outputs in the order they are written.</summary>
    public ImmutableArray<OutputDeclaration> Outputs { get; init; } = [];
}

/// <summary>A named condition.</summary>
/// <param name="Definition">Its definition; a string here is an error, not another condition's name.</param>
/// <param name="Invalid">The malformed calls in it; Heat rejects them even in a condition that nothing uses.</param>
public sealed record ConditionDeclaration(string Name, SourceSpan Span, Expression Definition, ImmutableArray<InvalidCall> Invalid);

/// <summary>An output: a value that a stack returns to its creator.</summary>
public sealed record OutputDeclaration(string Name, SourceSpan Span, Expression Value)
{
    /// <summary>The output is null when this does not hold.</summary>
    public Condition? Condition { get; init; }

    public string? Description { get; init; }
}

/// <summary>A resource of a template.</summary>
public sealed record ResourceDeclaration(string Name, SourceSpan Span, string Type, SourceSpan TypeSpan)
{
    public ImmutableArray<PropertyDeclaration> Properties { get; init; } = [];

    public Expression? Metadata { get; init; }

    /// <summary>The resources that must exist first.</summary>
    public ImmutableArray<(string Name, SourceSpan Span)> DependsOn { get; init; } = [];

    /// <summary>The resource does not exist when this does not hold.</summary>
    public Condition? Condition { get; init; }

    public Expression? ExternalId { get; init; }

    public Expression? DeletionPolicy { get; init; }

    public Expression? UpdatePolicy { get; init; }
}

/// <summary>A property of a resource: a parameter of the nested stack, or a property of its native type.</summary>
public sealed record PropertyDeclaration(string Name, SourceSpan Span, Expression Value);
