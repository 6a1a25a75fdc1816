using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The default of an option in releases in which it differed.</summary>
public sealed record FormerDefault(ConfigRelease Releases, Value Default);
