using Undercloud.Config;

namespace Undercloud.Host.Install;

/// <summary>What a run is to be prepared from.</summary>
/// <param name="ConfigPath">undercloud.conf.</param>
/// <param name="Home">The operator's home directory.</param>
/// <param name="Release">The OpenStack release.</param>
/// <param name="Compatibility">The releases whose defaults options have that are not set; none for the tool's own.</param>
/// <param name="Validations">Whether options that do not fit each other are errors; otherwise they are warnings.</param>
public sealed record RunRequest(string ConfigPath, string Home, string Release, ConfigRelease Compatibility, bool Validations);
