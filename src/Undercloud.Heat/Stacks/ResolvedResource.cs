using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Stacks;

/// <summary>A resource of a resolved stack, for those who want to look into the tree.</summary>
/// <param name="Path">The names that lead to it, the root stack's first, its own last.</param>
/// <param name="Type">The type that is written.</param>
/// <param name="Template">The template it is made of; null for a native resource.</param>
public sealed record ResolvedResource(ImmutableArray<string> Path, string Type, string? Template)
{
    /// <summary>The resources of its nested stack, or its members.</summary>
    public ImmutableArray<ResolvedResource> Children { get; init; } = [];

    /// <summary>The name made up for what it creates; it has the names of the resources around it.</summary>
    public string PhysicalName { get; init; } = "";

    /// <summary>What an OS::Heat::Value holds; null for any other type.</summary>
    public Value? Value { get; init; }

    /// <summary>The outputs of its nested stack; one that failed is missing.</summary>
    public MapValue Outputs { get; init; } = MapValue.Empty;

    /// <summary>The parameters of its nested stack.</summary>
    public ImmutableArray<ResolvedParameter> Parameters { get; init; } = [];

    public string Name => Path[^1];

    /// <summary>This resource and all below it, parents first.</summary>
    public IEnumerable<ResolvedResource> All() => Children.SelectMany(child => child.All()).Prepend(this);
}
