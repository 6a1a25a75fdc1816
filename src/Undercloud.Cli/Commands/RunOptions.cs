namespace Undercloud.Cli.Commands;

/// <summary>What an install was asked for on the command line.</summary>
internal sealed record RunOptions(string? Conf, string Release, bool OutputOnly, bool DryRun)
{
    public string ConfPath(string home) => Conf is null ? Path.Combine(home, "undercloud.conf") : Path.GetFullPath(Conf);
}
