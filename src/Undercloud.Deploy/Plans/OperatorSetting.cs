using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.Plans;

/// <summary>A setting in an operator's file on which a plan depends.</summary>
/// <param name="Name">Its name in the file: a parameter, a key of hieradata, a type of the registry.</param>
/// <param name="Key">The parameter, or the type, that it sets.</param>
/// <param name="IsMapping">Whether it is an entry of the registry.</param>
/// <param name="Location">Its place.</param>
internal sealed record OperatorSetting(string Name, string Key, bool IsMapping, SourceSpan Location);
