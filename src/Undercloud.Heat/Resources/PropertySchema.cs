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

    /// <summary>The default value; null for none.</summary>
    public Value? Default { get; init; }

    /// <summary>The valid strings, for a list those of its items; empty for any.</summary>
    public ImmutableArray<string> Allowed { get; init; } = [];

    /// <summary>Bounds of a number, or of the length of a string or list.</summary>
    public (long Least, long Most)? Bounds { get; init; }

    /// <summary>The entries of a map; empty for any.</summary>
    public ImmutableArray<PropertySchema> Members { get; init; } = [];

    /// <summary>The type of a list's items; null for any.</summary>
    public PropertySchema? Item { get; init; }
}
