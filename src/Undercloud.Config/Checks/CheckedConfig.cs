using System.Collections.Immutable;
using System.Net;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>
/// A configuration as the checks see it: an option that could not be read is missing, so that no finding follows from it.
/// </summary>
internal sealed class CheckedConfig
{
    private readonly Dictionary<(string Group, string Name), Setting> _settings = [];
    private readonly Dictionary<string, SourceSpan> _headers = [];

    public CheckedConfig(
        OsloConfigFile file, SubnetSections sections, ImmutableArray<Setting> settings, ImmutableArray<ConfigOption> failed)
    {
        var unread = failed.Select(option => (option.Group, option.Name)).ToHashSet();
        foreach (var setting in settings.Where(setting => !unread.Contains((setting.Option.Group, setting.Option.Name))))
            _settings.TryAdd((setting.Option.Group, setting.Option.Name), setting);
        foreach (var header in file.Sections)
            _headers.TryAdd(header.Name.ToLowerInvariant(), header.Location);
        Sections = sections;
        LocalAddress = this[UndercloudOptions.LocalIp]?.Value is StringValue text && AddressWithPrefix.TryParse(text.Text, out var local)
            ? local
            : null;
        Hosts = [.. new[] { UndercloudOptions.PublicHost, UndercloudOptions.AdminHost }.Select(option => this[option]).OfType<Setting>()];
        HasTls = !IsFalse(TlsOptions.GenerateServiceCertificate) || this[TlsOptions.ServiceCertificate]?.Value is not NullValue;
        Subnets = [.. sections.Names.Select(name => CheckedSubnet.Of(name, name == sections.Local, this))];
    }

    public SubnetSections Sections { get; }

    /// <summary>The suggestions of the checks.</summary>
    public Proposals Proposals { get; } = new();

    /// <summary>local_ip, when it could be read.</summary>
    public AddressWithPrefix? LocalAddress { get; }

    /// <summary>undercloud_public_host and undercloud_admin_host, those that could be read.</summary>
    public ImmutableArray<Setting> Hosts { get; }

    /// <summary>Whether the public endpoints have TLS, as far as that could be read. Without TLS the two hosts are not used.</summary>
    public bool HasTls { get; }

    /// <summary>The subnets in the order of <c>subnets</c>.</summary>
    public ImmutableArray<CheckedSubnet> Subnets { get; }

    public CheckedSubnet? LocalSubnet => Subnets.FirstOrDefault(subnet => subnet.IsLocal);

    /// <summary>The undercloud's own addresses: local_ip, and with TLS the two hosts that are not names.</summary>
    public IEnumerable<(Setting Setting, IPAddress Address)> OwnAddresses
    {
        get
        {
            if (this[UndercloudOptions.LocalIp] is { } local && LocalAddress is not null)
                yield return (local, LocalAddress.Address);
            foreach (var host in HasTls ? Hosts : [])
            {
                if (AddressOf(host) is { } address)
                    yield return (host, address);
            }
        }
    }

    /// <summary>The addresses that no node gets: python-tripleoclient excludes those of the two hosts with and without TLS.</summary>
    public IEnumerable<IPAddress> TakenAddresses => OwnAddresses.Select(own => own.Address).Concat(Hosts.Select(AddressOf).OfType<IPAddress>());

    /// <summary>An option's setting, or null when it could not be read.</summary>
    public Setting? this[ConfigOption option] => Find(option.Group, option.Name);

    public Setting? Find(string group, string name) => _settings.GetValueOrDefault((group, name));

    /// <summary>Whether an option was read and is true.</summary>
    public bool IsTrue(ConfigOption option) => this[option]?.Value is BooleanValue { Flag: true };

    /// <summary>Whether an option was read and is false.</summary>
    public bool IsFalse(ConfigOption option) => this[option]?.Value is BooleanValue { Flag: false };

    /// <summary>Whether the file sets an option to a value.</summary>
    public bool IsSet(ConfigOption option) => this[option] is { IsDefault: false, Value: not NullValue };

    /// <summary>python-tripleoclient train: inspection assigns no addresses in a network where nodes generate their own.</summary>
    public bool HasStatelessInspection(AddressWithPrefix? network) =>
        network is { IsIPv6: true } && this[AddressOptions.Ipv6AddressMode]?.Value is StringValue { Text: "dhcpv6-stateless" };

    /// <summary>Whether nodes are not inspected, so that no range is needed for it.</summary>
    public bool HasNoInspection => IsFalse(ServiceOptions.EnableIronic) || IsFalse(ServiceOptions.EnableIronicInspector);

    /// <summary>The header of a subnet's section, if the file has one.</summary>
    public SourceSpan? HeaderOf(string subnet) =>
        _headers.TryGetValue(subnet.ToLowerInvariant(), out var header) ? header : null;

    /// <summary>The items of a list, or the text itself.</summary>
    public static IEnumerable<string> Texts(Setting? setting) => setting?.Value switch
    {
        StringValue text => [text.Text],
        ListValue list => list.Items.OfType<StringValue>().Select(item => item.Text),
        _ => [],
    };

    /// <summary>The addresses in a setting of one or several.</summary>
    public static ImmutableArray<IPAddress> Addresses(Setting? setting) =>
        [.. Texts(setting).Select(text => AddressWithPrefix.TryParseAddress(text, out var address) ? address : null).OfType<IPAddress>()];

    /// <summary>The address of a host, or null when it is a name.</summary>
    public static IPAddress? AddressOf(Setting host) => Addresses(host).FirstOrDefault();
}
