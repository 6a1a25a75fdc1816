using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>A value given to a parameter.</summary>
/// <param name="Value">The value; null when its evaluation failed, which has been reported.</param>
/// <param name="Span">The place where it is given.</param>
public readonly record struct GivenValue(Value? Value, SourceSpan? Span);
