using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Stacks;

/// <summary>What gave a parameter its value.</summary>
public enum ParameterOrigin
{
    /// <summary>The template's own default.</summary>
    Default,

    /// <summary>An environment.</summary>
    Environment,

    /// <summary>The template around it.</summary>
    Property,
}

/// <summary>A parameter of a resolved stack.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as the template sees it; null when there is none or a wrong one.</param>
/// <param name="Origin">What gave it the value.</param>
/// <param name="Location">The place that did, when that is a file.</param>
/// <param name="Hidden">Whether the value is a secret.</param>
public sealed record ResolvedParameter(string Name, Value? Value, ParameterOrigin Origin, SourceSpan? Location, bool Hidden);
