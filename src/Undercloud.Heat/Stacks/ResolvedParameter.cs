using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Stacks;

/// <summary>The source of a parameter's value.</summary>
public enum ParameterOrigin
{
    /// <summary>The template's own default.</summary>
    Default,

    /// <summary>An environment.</summary>
    Environment,

    /// <summary>The parent template.</summary>
    Property,
}

/// <summary>A parameter of a resolved stack.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as the template sees it; null when it is missing or wrong.</param>
/// <param name="Origin">The source of the value.</param>
/// <param name="Location">The place of the source, when it is in a file.</param>
/// <param name="Hidden">Whether the value is a secret.</param>
public sealed record ResolvedParameter(string Name, Value? Value, ParameterOrigin Origin, SourceSpan? Location, bool Hidden);
