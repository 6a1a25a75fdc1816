using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Options of the files that an installation reads and writes, and of who owns them.</summary>
public static class FileOptions
{
    public static ConfigOption LogFile { get; } = new("undercloud_log_file", OptionTypes.Path, "install-undercloud.log",
        "The log of the installation.")
    {
        Releases = ConfigRelease.FromRocky,
        Effect = OptionEffect.Applied,
        RelativeToHome = true,
    };

    public static ConfigOption OutputDirectory { get; } = new("output_dir", OptionTypes.Path, ".",
        "The directory for what the installation writes: the Ansible project and the passwords. Unset, the home directory.")
    {
        Releases = ConfigRelease.FromRocky,
        Effect = OptionEffect.Applied,
        EmptyIsUnset = true,
        RelativeToHome = true,
    };

    public static ConfigOption CustomEnvironmentFiles { get; } = new("custom_env_files", OptionTypes.ListOf(OptionTypes.Path),
        ListValue.Empty,
        "Heat environment files to add after all others, so that they win.")
    {
        Releases = ConfigRelease.Client,
        Effect = OptionEffect.Applied,
        RelativeToHome = true,
    };

    public static ConfigOption Templates { get; } = new("templates", OptionTypes.Path, Value.Null,
        "The directory of Heat templates to use in place of the ones that come with the tool.")
    {
        Releases = ConfigRelease.Client,
        Effect = OptionEffect.Applied,
        EmptyIsUnset = true,
        RelativeToHome = true,
    };

    public static ConfigOption RolesFile { get; } = new("roles_file", OptionTypes.Path, Value.Null,
        "The file that says which services the undercloud has. A relative path starts at the templates.")
    {
        Releases = ConfigRelease.FromRocky,
        Effect = OptionEffect.Applied,
        EmptyIsUnset = true,
    };

    public static ConfigOption NetworksFile { get; } = new("networks_file", OptionTypes.Path, Value.Null,
        "The file that says which networks there are. A relative path starts at the templates.")
    {
        Releases = ConfigRelease.FromStein,
        EmptyIsUnset = true,
    };

    public static ConfigOption HieradataOverride { get; } = new("hieradata_override", OptionTypes.Path, Value.Null,
        "A file of Puppet's hieradata, or a Heat environment with it. What is known of it is translated to options of the services.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        Computed = ["UndercloudExtraConfig"],
        EmptyIsUnset = true,
        RelativeToHome = true,
    };

    public static ConfigOption DeploymentUser { get; } = new("deployment_user", OptionTypes.Word, Value.Null,
        "Who owns the files that are written for the operator. Unset, who runs the installation.")
    {
        Releases = ConfigRelease.FromRocky,
        Computed = ["DeploymentUser"],
        EmptyIsUnset = true,
    };

    public static ConfigOption Cleanup { get; } = new("cleanup", OptionTypes.Boolean, true,
        "Whether temporary files are removed at the end.")
    {
        Releases = ConfigRelease.FromRocky,
        Effect = OptionEffect.None,
        SoAnyway = true,
        Reason =
            "An installation leaves no temporary files; the Ansible project in output_dir is kept for reading.",
        Instead =
            "Take the line out.",
    };

    /// <summary>All of them, in the order of the sample file.</summary>
    public static ImmutableArray<ConfigOption> All { get; } =
    [
        LogFile, OutputDirectory, CustomEnvironmentFiles, Templates, RolesFile, NetworksFile, HieradataOverride, DeploymentUser, Cleanup,
    ];
}
