using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>undercloud.conf as it takes effect: one setting for each option of the table, and of each subnet.</summary>
/// <param name="Settings">In the table's order, see <see cref="UndercloudOptions.For"/>.</param>
public sealed record UndercloudConfig(ImmutableArray<Setting> Settings)
{
    /// <summary>The releases whose defaults the options have; none for the tool's own.</summary>
    public ConfigRelease Compatibility { get; init; }

    /// <summary>The sections of subnets.</summary>
    public SubnetSections Sections { get; init; } = new([], null);

    /// <summary>The undercloud's address on the control plane, with its prefix.</summary>
    public AddressWithPrefix LocalIp => AddressWithPrefix.TryParse(Text(UndercloudOptions.LocalIp), out var address)
        ? address
        : throw new InvalidOperationException("local_ip holds no address.");

    public string LocalInterface => Text(UndercloudOptions.LocalInterface);

    public int LocalMtu => (int)((IntegerValue)this[UndercloudOptions.LocalMtu].Value).Number;

    /// <summary>The desired host name, or null to leave the host's name alone.</summary>
    public string? Hostname => TextOrNull(UndercloudOptions.Hostname);

    /// <summary>An address without prefix, or a name.</summary>
    public string PublicHost => Text(UndercloudOptions.PublicHost);

    /// <summary>An address without prefix, or a name.</summary>
    public string AdminHost => Text(UndercloudOptions.AdminHost);

    /// <summary>
    /// Whether the public endpoints have TLS. Without TLS no host has a virtual address: all endpoints are at <see cref="LocalIp"/>, whatever
    /// the two hosts are (python-tripleoclient, v1/undercloud_config.py).
    /// </summary>
    public bool HasTls => IsOn(TlsOptions.GenerateServiceCertificate) || TextOrNull(TlsOptions.ServiceCertificate) is not null;

    public bool Debug => ((BooleanValue)this[UndercloudOptions.Debug].Value).Flag;

    public ImmutableArray<string> NtpServers => Texts(UndercloudOptions.NtpServers);

    /// <summary>Absolute path of the installation's log.</summary>
    public string LogFile => Text(UndercloudOptions.LogFile);

    /// <summary>Absolute path.</summary>
    public string OutputDirectory => Text(UndercloudOptions.OutputDirectory);

    /// <summary>Absolute paths, the last one wins.</summary>
    public ImmutableArray<string> CustomEnvironmentFiles => Texts(UndercloudOptions.CustomEnvironmentFiles);

    /// <summary>Absolute path, or null.</summary>
    public string? ContainerImagesFile => TextOrNull(UndercloudOptions.ContainerImagesFile);

    /// <summary>Absolute path of the template tree, or null for the tool's own.</summary>
    public string? Templates => TextOrNull(UndercloudOptions.Templates);

    /// <summary>A path, relative to the templates unless absolute, or null for the tool's own.</summary>
    public string? RolesFile => TextOrNull(UndercloudOptions.RolesFile);

    /// <summary>Absolute path of the file of hieradata, or null.</summary>
    public string? HieradataOverride => TextOrNull(FileOptions.HieradataOverride);

    /// <summary>Absolute path of the template of the network configuration, or null.</summary>
    public string? NetConfigOverride => TextOrNull(AddressOptions.NetConfigOverride);

    /// <summary>The complete subnets, in the order of <c>subnets</c>; an incomplete one has a finding.</summary>
    public ImmutableArray<Subnet> Subnets => [.. Sections.Names.Select(name => Subnet.TryRead(this, name)).OfType<Subnet>()];

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
    /// <param name="compatibility">The releases whose defaults apply to options that are not set; none for the tool's own.</param>
    public static UndercloudConfig Read(
        string? text, string path, string home, DiagnosticBag diagnostics, ConfigRelease compatibility = ConfigRelease.None) =>
        Read([new(path, text)], home, diagnostics, compatibility);

    /// <summary>The same of several files, of which a later one wins over an earlier one.</summary>
    public static UndercloudConfig Read(
        ImmutableArray<ConfigText> texts, string home, DiagnosticBag diagnostics, ConfigRelease compatibility = ConfigRelease.None)
    {
        foreach (var missing in texts.Where(file => file.Text is null))
            diagnostics.Warning(new SourceSpan(missing.Path, 0, 0), ConfigCodes.Missing,
                $"There is no such file; every option has its default{(texts.Length > 1 ? " or what the other files say" : "")}.",
                "Write the file to set options, or go on with the defaults.");
        var found = new DiagnosticBag();
        var file = OsloConfigFile.Layered(
            [.. texts.Select(one => one.Text is null ? OsloConfigFile.Empty(one.Path) : OsloConfigReader.Read(one.Text, one.Path, found))]);
        var subnets = SubnetSections.Of(file);
        var options = UndercloudOptions.For(subnets, compatibility);
        var (settings, failed) = OptionResolver.Resolve(file, options, home, found);
        NameCheck.Run(file, settings, subnets, found);
        ConfigChecks.Run(new CheckedConfig(file, subnets, new MisplacedOptions(settings, subnets).Meant(file), failed), found);
        diagnostics.AddRange(found.All
            .OrderBy(finding => texts.Index().FirstOrDefault(one => one.Item.Path == finding.Location?.Path).Index)
            .ThenBy(finding => finding.Location?.Line).ThenBy(finding => finding.Location?.Column));
        return new UndercloudConfig(settings) { Compatibility = compatibility, Sections = subnets };
    }

    /// <summary>Whether a boolean option is true.</summary>
    public bool IsOn(ConfigOption option) => ((BooleanValue)this[option].Value).Flag;

    /// <summary>The environment files of the templates that a boolean option adds.</summary>
    public ImmutableArray<string> EnvironmentsOf(ConfigOption option) => IsOn(option) ? option.Environments : option.EnvironmentsWhenOff;

    /// <summary>A text value, or null when it is not set.</summary>
    public string? TextOrNull(ConfigOption option) => (this[option].Value as StringValue)?.Text;

    /// <summary>A list of texts.</summary>
    public ImmutableArray<string> Texts(ConfigOption option) =>
        [.. ((ListValue)this[option].Value).Items.Select(item => ((StringValue)item).Text)];

    private string Text(ConfigOption option) => ((StringValue)this[option].Value).Text;
}
