using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>undercloud.conf as it takes effect: one setting for each option of the table, and of each subnet.</summary>
/// <param name="Settings">In the table's order, see <see cref="UndercloudOptions.For"/>.</param>
public sealed record UndercloudConfig(ImmutableArray<Setting> Settings)
{
    /// <summary>The undercloud's address on the control plane, with its prefix.</summary>
    public AddressWithPrefix LocalIp => AddressWithPrefix.TryParse(Text(UndercloudOptions.LocalIp), out var address)
        ? address
        : throw new InvalidOperationException("local_ip holds no address.");

    public string LocalInterface => Text(UndercloudOptions.LocalInterface);

    public int LocalMtu => (int)((IntegerValue)this[UndercloudOptions.LocalMtu].Value).Number;

    /// <summary>The name to give the host, or null to leave it as it is.</summary>
    public string? Hostname => TextOrNull(UndercloudOptions.Hostname);

    /// <summary>An address without prefix, or a name.</summary>
    public string PublicHost => Text(UndercloudOptions.PublicHost);

    /// <summary>An address without prefix, or a name.</summary>
    public string AdminHost => Text(UndercloudOptions.AdminHost);

    public bool Debug => ((BooleanValue)this[UndercloudOptions.Debug].Value).Flag;

    public ImmutableArray<string> NtpServers => Texts(UndercloudOptions.NtpServers);

    /// <summary>Absolute path of the installation's log.</summary>
    public string LogFile => Text(UndercloudOptions.LogFile);

    /// <summary>Absolute path.</summary>
    public string OutputDirectory => Text(UndercloudOptions.OutputDirectory);

    /// <summary>Absolute paths, the last one strongest.</summary>
    public ImmutableArray<string> CustomEnvironmentFiles => Texts(UndercloudOptions.CustomEnvironmentFiles);

    /// <summary>Absolute path, or null.</summary>
    public string? ContainerImagesFile => TextOrNull(UndercloudOptions.ContainerImagesFile);

    /// <summary>Absolute path of the template tree, or null for the tool's own.</summary>
    public string? Templates => TextOrNull(UndercloudOptions.Templates);

    /// <summary>A path, relative to the templates unless absolute, or null for the tool's own.</summary>
    public string? RolesFile => TextOrNull(UndercloudOptions.RolesFile);

    /// <summary>One option's setting.</summary>
    public Setting this[ConfigOption option] =>
        Settings.First(setting => setting.Option.Name == option.Name && setting.Option.Group == option.Group);

    /// <summary>
    /// Reads the file's text. All findings are reported at once, in the order of the lines; an option with an error has its default.
    /// </summary>
    /// <param name="text">The file's text, or null when there is no such file.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="home">The user's home directory, absolute: where relative paths start.</param>
    /// <param name="diagnostics">Takes the findings.</param>
    public static UndercloudConfig Read(string? text, string path, string home, DiagnosticBag diagnostics)
    {
        if (text is null)
            diagnostics.Warning(new SourceSpan(path, 0, 0), ConfigCodes.Missing, "There is no such file; every option has its default.",
                "Write the file to set options, or go on with the defaults.");
        var found = new DiagnosticBag();
        var file = text is null ? OsloConfigFile.Empty(path) : OsloConfigReader.Read(text, path, found);
        var subnets = SubnetSections.Of(file);
        var options = UndercloudOptions.For(subnets);
        NameCheck.Run(file, options, subnets, found);
        var (settings, failed) = OptionResolver.Resolve(file, options, home, found);
        ConfigChecks.Run(new CheckedConfig(file, subnets, settings, failed), found);
        diagnostics.AddRange(found.All.OrderBy(finding => finding.Location?.Line).ThenBy(finding => finding.Location?.Column));
        return new UndercloudConfig(settings);
    }

    private string Text(ConfigOption option) => ((StringValue)this[option].Value).Text;

    private string? TextOrNull(ConfigOption option) => (this[option].Value as StringValue)?.Text;

    private ImmutableArray<string> Texts(ConfigOption option) =>
        [.. ((ListValue)this[option].Value).Items.Select(item => ((StringValue)item).Text)];
}
