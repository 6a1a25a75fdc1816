using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>The option table: every option of undercloud.conf that instack-undercloud or python-tripleoclient had.</summary>
public static class UndercloudOptions
{
    public static ConfigOption Hostname => AddressOptions.Hostname;

    public static ConfigOption LocalIp => AddressOptions.LocalIp;

    public static ConfigOption PublicHost => AddressOptions.PublicHost;

    public static ConfigOption AdminHost => AddressOptions.AdminHost;

    public static ConfigOption LocalInterface => AddressOptions.LocalInterface;

    public static ConfigOption LocalMtu => AddressOptions.LocalMtu;

    public static ConfigOption NtpServers => AddressOptions.NtpServers;

    public static ConfigOption Debug => ServiceOptions.Debug;

    public static ConfigOption LogFile => FileOptions.LogFile;

    public static ConfigOption OutputDirectory => FileOptions.OutputDirectory;

    public static ConfigOption CustomEnvironmentFiles => FileOptions.CustomEnvironmentFiles;

    public static ConfigOption ContainerImagesFile => ImageOptions.ContainerImagesFile;

    public static ConfigOption Templates => FileOptions.Templates;

    public static ConfigOption RolesFile => FileOptions.RolesFile;

    /// <summary>The table by topic, in the order of the sample file.</summary>
    public static ImmutableArray<OptionTopic> Topics { get; } =
    [
        new("Addresses and networks", AddressOptions.All),
        new("Images and containers", ImageOptions.All),
        new("Services", ServiceOptions.All),
        new("TLS", TlsOptions.All),
        new("Inspection and hardware", HardwareOptions.All),
        new("Files and clients", FileOptions.All),
        new("Subnets", SubnetOptions.All),
        new("Passwords", AuthOptions.All),
    ];

    /// <summary>Every option, with the default subnet, which exists when <c>subnets</c> is not set.</summary>
    public static ImmutableArray<ConfigOption> All { get; } = [.. Topics.SelectMany(topic => topic.Options)];

    /// <summary>The table for a file: with the options of each of its subnets.</summary>
    public static ImmutableArray<ConfigOption> For(SubnetSections subnets, ConfigRelease compatibility = ConfigRelease.None) =>
    [
        .. Topics.SelectMany(topic => topic.Options == SubnetOptions.All
            ? subnets.Names.SelectMany(name => SubnetOptions.Of(name, name == subnets.Local))
            : topic.Options).Select(option => option.As(compatibility)),
    ];
}
