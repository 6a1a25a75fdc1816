using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Stacks;

/// <summary>A resource of a resolved stack, for examining the tree.</summary>
/// <param name="Path">The names of its ancestors, the root stack's first, then its own.</param>
/// <param name="Type">The type as written.</param>
/// <param name="Template">The template that implements it; null for a native resource.</param>
public sealed record ResolvedResource(ImmutableArray<string> Path, string Type, string? Template)
{
    /// <summary>The resources of its nested stack, or its members.</summary>
    public ImmutableArray<ResolvedResource> Children { get; init; } = [];

    /// <summary>The generated name of what it creates; it contains the names of the enclosing resources.</summary>
    public string PhysicalName { get; init; } = "";

    /// <summary>The value of an OS::Heat::Value; null for any other type.</summary>
    public Value? Value { get; init; }

    /// <summary>The outputs of its nested stack; a failed one is missing.</summary>
    public MapValue Outputs { get; init; } = MapValue.Empty;

    /// <summary>The parameters of its nested stack.</summary>
    public ImmutableArray<ResolvedParameter> Parameters { get; init; } = [];

    public string Name => Path[^1];

    /// <summary>This resource and all below it, parents first.</summary>
    public IEnumerable<ResolvedResource> All() => Children.SelectMany(child => child.All()).Prepend(this);
}
