using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>The types of native resources' properties.</summary>
internal enum PropertyType
{
    String,
    Integer,
    Number,
    Boolean,
    List,
    Map,
    Any,
}

/// <summary>A property of a native resource type; source: Heat 19, heat/engine/properties.py.</summary>
internal sealed record PropertySchema(string Name, PropertyType Type)
{
    public bool Required { get; init; }

    /// <summary>The value when none is given; null for none.</summary>
    public Value? Default { get; init; }

    /// <summary>The strings there may be, for a list those of its items; empty for any.</summary>
    public ImmutableArray<string> Allowed { get; init; } = [];

    /// <summary>Bounds of a number, or of the length of a string or list.</summary>
    public (long Least, long Most)? Bounds { get; init; }

    /// <summary>What a map holds; empty for anything.</summary>
    public ImmutableArray<PropertySchema> Members { get; init; } = [];

    /// <summary>What each item of a list is; null for anything.</summary>
    public PropertySchema? Item { get; init; }
}
