using System.CommandLine;
using Undercloud.Config;
using Undercloud.Deploy.Images;

namespace Undercloud.Cli.Commands;

/// <summary>Options that several commands have. Each command creates its own: the parser allows an option in one command only.</summary>
internal static class CommonOptions
{
    public static Option<string?> Conf() => new("--conf")
    {
        Description = "The configuration file. Default: ~/undercloud.conf",
        HelpName = "FILE",
    };

    public static Option<string?> Release()
    {
        var release = new Option<string?>("--release")
        {
            Description = "The OpenStack release: zed (Debian 12's) or epoxy (Debian 13's). Without it, the installed one; for a new undercloud, zed.",
            HelpName = "RELEASE",
        };
        release.AcceptOnlyFromAmong([.. OpenStackRelease.All.Select(known => known.Name)]);
        return release;
    }

    public static Option<string?> Compat()
    {
        var compat = new Option<string?>("--compat")
        {
            Description = "Give unset options of undercloud.conf the defaults of this release: pike to wallaby.",
            HelpName = "RELEASE",
        };
        compat.AcceptOnlyFromAmong([.. ConfigReleases.Names]);
        return compat;
    }

    /// <summary>The format of a document. Commands that print rows use RowOptions.</summary>
    public static Option<string> DataFormat()
    {
        var format = new Option<string>("-f", "--format") { Description = "How to print: table, json or yaml.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json", "yaml");
        return format;
    }

    public static Option<string?> Nodes() => new("--nodes")
    {
        Description = "A file with the nodes of the cloud: name, role, address and SSH user of each. Without it, this host is the only node.",
        HelpName = "FILE",
    };

    public static Option<bool> DryRun() => new("--dry-run") { Description = "Show the plan and change nothing." };

    public static Option<bool> NoValidations() => new("--no-validations")
    {
        Description = "Continue when checks fail; their findings are printed as warnings.",
    };

    /// <summary>The format of a run's events on standard error.</summary>
    public static Option<string> LogFormat()
    {
        var format = new Option<string>("--log-format") { Description = "The format of the events on standard error: text, or json with one event a line.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        return format;
    }

    public static Option<bool> Yes() => new("-y", "--yes") { Description = "Do not ask." };
}
