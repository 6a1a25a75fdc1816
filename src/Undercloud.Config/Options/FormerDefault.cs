using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The default an option had in releases where it was another one than here.</summary>
public sealed record FormerDefault(ConfigRelease Releases, Value Default);
