using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Plans;

/// <summary>Something that an operator's file says and a plan depends on.</summary>
/// <param name="Name">What the file calls it: a parameter, a key of hieradata, a type of the registry.</param>
/// <param name="Key">The parameter, or the type, that it comes to.</param>
/// <param name="IsMapping">Whether it is an entry of the registry.</param>
/// <param name="Location">Where it is.</param>
internal sealed record OperatorSetting(string Name, string Key, bool IsMapping, SourceSpan Location);
