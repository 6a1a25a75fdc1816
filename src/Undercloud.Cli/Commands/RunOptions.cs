using Undercloud.Config;

namespace Undercloud.Cli.Commands;

/// <summary>What an install was asked for on the command line.</summary>
internal sealed record RunOptions(string? Conf, string Release, bool OutputOnly, bool DryRun)
{
    /// <summary>The release whose defaults undercloud.conf has, by name; null for the tool's own.</summary>
    public string? Compat { get; init; }

    public ConfigRelease Compatibility => Compat is null ? ConfigRelease.None : ConfigReleases.Named(Compat);

    public string ConfPath(string home) => Conf is null ? Path.Combine(home, "undercloud.conf") : Path.GetFullPath(Conf);
}
