using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Host.Gathering;
using Undercloud.Host.Operations;

namespace Undercloud.Cli.Commands;

/// <summary>The options of an install on the command line.</summary>
/// <param name="Release">The OpenStack release; null for the installed one.</param>
internal sealed record RunOptions(string? Conf, string? Release, bool OutputOnly, bool DryRun)
{
    /// <summary>Whether failed checks end the run.</summary>
    public bool Validations { get; init; } = true;

    /// <summary>Whether events are printed as JSON.</summary>
    public bool JsonLog { get; init; }

    /// <summary>The command that brings a running undercloud to newer images, update or upgrade; null for an install.</summary>
    public string? Renewal { get; init; }

    /// <summary>Whether an update leaves the images of this host as they are.</summary>
    public bool KeepImages { get; init; }

    /// <summary>Whether an update upgrades the Debian packages of the nodes.</summary>
    public bool Packages { get; init; }

    /// <summary>Whether an update that fails stays where it stopped.</summary>
    public bool NoRollback { get; init; }

    /// <summary>The command's name, for records.</summary>
    public string Command => Renewal ?? (Given.IsEmpty ? "install" : "deploy");

    /// <summary>Options of undercloud.conf from the command line, as configuration files. With them, undercloud.conf is read only if it is named.</summary>
    public ImmutableArray<ConfigText> Given { get; init; } = [];

    /// <summary>What the undercloud is afterwards, for the last words.</summary>
    public string Done => Renewal is { } renewal ? $"{renewal}d" : "installed";

    /// <summary>Whether the run changes the host.</summary>
    public bool Applies => !OutputOnly && !DryRun;

    /// <summary>The release that gives undercloud.conf its defaults, by name; null for the tool's own.</summary>
    public string? Compat { get; init; }

    /// <summary>Directories with *.conf files to read after undercloud.conf; absolute paths.</summary>
    public ImmutableArray<string> ConfigDirectories { get; init; } = [];

    /// <summary>The release with a name; none for null.</summary>
    public static ConfigRelease Named(string? release) => release is null ? ConfigRelease.None : ConfigReleases.Named(release);

    public string ConfPath(string home) => Conf is null ? Path.Combine(home, "undercloud.conf") : Path.GetFullPath(Conf);

    /// <summary>The file with the nodes of the cloud; null for this host alone.</summary>
    public string? Nodes { get; init; }

    /// <summary>The file of the saved plan to apply; null for none.</summary>
    public string? Plan { get; init; }

    /// <summary>The request for the operation.</summary>
    /// <exception cref="Host.Failures.InstallException">The file is not a saved plan.</exception>
    public InstallRequest Request(string home) => new(Wanted(home), Command, Applies ? InstallGoal.Apply : OutputOnly ? InstallGoal.Project : InstallGoal.Plan)
    {
        RenewsImages = this is { Renewal: not null, KeepImages: false },
        IsUpdate = Renewal is not null,
        RollsBack = this is { Renewal: not null, NoRollback: false },
        UpgradesPackages = Packages,
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
