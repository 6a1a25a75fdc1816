using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Host.Install;

/// <summary>What a run is to be prepared from.</summary>
/// <param name="ConfigPath">undercloud.conf.</param>
/// <param name="ConfigDirectories">Directories whose *.conf files are read after it, in the order of their names.</param>
/// <param name="Home">The operator's home directory.</param>
/// <param name="Release">The OpenStack release.</param>
/// <param name="Compatibility">The releases whose defaults options have that are not set; none for the tool's own.</param>
/// <param name="Validations">Whether options that do not fit each other are errors; otherwise they are warnings.</param>
public sealed record RunRequest(
    string ConfigPath, ImmutableArray<string> ConfigDirectories, string Home, string Release, ConfigRelease Compatibility, bool Validations)
{
    /// <summary>Options given on the command line, as a file of them that is read last; null when there are none.</summary>
    public ConfigText? Given { get; init; }

    /// <summary>undercloud.conf's effective values; findings go to <paramref name="diagnostics"/>.</summary>
    public UndercloudConfig ReadConfig(DiagnosticBag diagnostics) =>
        UndercloudConfig.Read(Texts(diagnostics), Home, diagnostics, Compatibility);

    // With options of their own a run needs no file.
    private ImmutableArray<ConfigText> Texts(DiagnosticBag diagnostics) =>
        Given is null ? ConfigFiles.Read(ConfigPath, ConfigDirectories, diagnostics)
        : File.Exists(ConfigPath) ? ConfigFiles.Read(ConfigPath, ConfigDirectories, diagnostics).Add(Given)
        : [Given];
}
