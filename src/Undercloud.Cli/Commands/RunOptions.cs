using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Host.Gathering;
using Undercloud.Host.Operations;

namespace Undercloud.Cli.Commands;

/// <summary>What an install was asked for on the command line.</summary>
/// <param name="Release">The OpenStack release; null for the installed one.</param>
internal sealed record RunOptions(string? Conf, string? Release, bool OutputOnly, bool DryRun)
{
    /// <summary>Checks of undercloud.conf that fail end the run.</summary>
    public bool Validations { get; init; } = true;

    /// <summary>What happens is said as JSON, for programs.</summary>
    public bool JsonLog { get; init; }

    /// <summary>The command that brings a running undercloud to newer images, update or upgrade; null for an install.</summary>
    public string? Renewal { get; init; }

    /// <summary>Whether an update leaves the images of this host as they are.</summary>
    public bool KeepImages { get; init; }

    /// <summary>Whether an update that fails stays where it stopped.</summary>
    public bool NoRollback { get; init; }

    /// <summary>The command's name, for records.</summary>
    public string Command => Renewal ?? (Given.IsEmpty ? "install" : "deploy");

    /// <summary>Options of undercloud.conf that were given on the command line, as files of them. With them undercloud.conf is read only when it is named.</summary>
    public ImmutableArray<ConfigText> Given { get; init; } = [];

    /// <summary>What the undercloud is afterwards, for the last words.</summary>
    public string Done => Renewal is { } renewal ? $"{renewal}d" : "installed";

    /// <summary>Whether the host is to be changed.</summary>
    public bool Applies => !OutputOnly && !DryRun;

    /// <summary>The release whose defaults undercloud.conf has, by name; null for the tool's own.</summary>
    public string? Compat { get; init; }

    /// <summary>Directories whose *.conf files are read after undercloud.conf; absolute.</summary>
    public ImmutableArray<string> ConfigDirectories { get; init; } = [];

    /// <summary>The releases of a name; none for null.</summary>
    public static ConfigRelease Named(string? release) => release is null ? ConfigRelease.None : ConfigReleases.Named(release);

    public string ConfPath(string home) => Conf is null ? Path.Combine(home, "undercloud.conf") : Path.GetFullPath(Conf);

    /// <summary>The file with the nodes of the cloud; null for this host alone.</summary>
    public string? Nodes { get; init; }

    /// <summary>The file of a saved plan, which must be the one that is applied; null for none.</summary>
    public string? Plan { get; init; }

    /// <summary>What an install is asked for.</summary>
    /// <exception cref="Host.Failures.InstallException">The file of the saved plan is none.</exception>
    public InstallRequest Request(string home) => new(Wanted(home), Command, Applies ? InstallGoal.Apply : OutputOnly ? InstallGoal.Project : InstallGoal.Plan)
    {
        RenewsImages = this is { Renewal: not null, KeepImages: false },
        RollsBack = this is { Renewal: not null, NoRollback: false },
        Saved = Plan is null ? null : SavedPlan.Read(Plan),
    };

    public RunRequest Wanted(string home) => new(ConfPath(home), ConfigDirectories, home, Release, Named(Compat), Validations)
    {
        Given = Given,
        IsNamed = Conf is not null,
        ReadsFile = Given.IsEmpty || Conf is not null,
        NodesFile = Nodes is null ? null : Path.GetFullPath(Nodes),
    };
}
