using System.Collections.Immutable;
using Undercloud.Deploy.Firewall;
using Undercloud.Deploy.Manifests;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Services;

/// <summary>The typed <c>role_data</c> output of one service's template.</summary>
public sealed record ServiceData
{
    /// <summary><c>service_name</c>, e.g. keystone.</summary>
    public required string Name { get; init; }

    public ImmutableArray<ConfigFile> Files { get; init; } = [];

    /// <summary>File name to section to option to value: the operator's overrides of the template's values.</summary>
    public MapValue ConfigOverrides { get; init; } = MapValue.Empty;

    public ImmutableArray<StateDirectory> StateDirectories { get; init; } = [];

    public ImmutableArray<Database> Databases { get; init; } = [];

    /// <summary>How databases on the node are dumped and loaded; only the database server's own service says it.</summary>
    public DatabaseServer? DatabaseServer { get; init; }

    /// <summary>The files that a backup keeps.</summary>
    public ImmutableArray<BackupPart> Backup { get; init; } = [];

    /// <summary>The key of the containers in the role data: docker_config or container_config.</summary>
    public string ContainersKey { get; init; } = "container_config";

    /// <summary>Start-up configurations by step, then by container name.</summary>
    public ImmutableSortedDictionary<int, MapValue> Containers { get; init; } = ImmutableSortedDictionary<int, MapValue>.Empty;

    public ImmutableArray<CloudService> CloudServices { get; init; } = [];

    public ImmutableArray<CloudUser> CloudUsers { get; init; } = [];

    /// <summary>Roles that the tool assigns to no user.</summary>
    public ImmutableArray<string> CloudRoles { get; init; } = [];

    public ImmutableArray<string> CloudDomains { get; init; } = [];

    /// <summary>Objects that are created in the services once all of them answer.</summary>
    public CloudResources CloudResources { get; init; } = new();

    /// <summary>The login to the cloud; only Keystone's own service provides it.</summary>
    public CloudLogin? CloudLogin { get; init; }

    public string? Region { get; init; }

    public string? Hostname { get; init; }

    /// <summary>Lines for /etc/hosts.</summary>
    public ImmutableArray<string> HostsEntries { get; init; } = [];

    public ImmutableArray<InterfaceEntry> Interfaces { get; init; } = [];

    /// <summary>Addresses, with prefix length, that the service itself puts on an interface; the agent does not.</summary>
    public ImmutableArray<string> VirtualAddresses { get; init; } = [];

    public ImmutableArray<BridgeEntry> Bridges { get; init; } = [];

    /// <summary>Kernel VLANs; only an operator's own network has any.</summary>
    public ImmutableArray<VlanEntry> Vlans { get; init; } = [];

    /// <summary>The host's own nameservers.</summary>
    public ImmutableArray<string> Nameservers { get; init; } = [];

    /// <summary>An interface that may become a bridge's port although the host is reached through it.</summary>
    public string? ConsentedInterface { get; init; }

    /// <summary>Who may reach the service's ports.</summary>
    public ImmutableArray<FirewallRule> FirewallRules { get; init; } = [];

    /// <summary>Kernel settings, by name, e.g. net.ipv4.ip_forward.</summary>
    public ImmutableSortedDictionary<string, string> KernelSettings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Certificates that the host generates and renews.</summary>
    public ImmutableArray<CertificateEntry> Certificates { get; init; } = [];

    public ImmutableArray<HostUnit> Units { get; init; } = [];

    public ImmutableArray<string> Packages { get; init; } = [];

    public ListValue HostPrepTasks { get; init; } = ListValue.Empty;

    public ListValue DeployStepsTasks { get; init; } = ListValue.Empty;

    public ListValue ExternalDeployTasks { get; init; } = ListValue.Empty;

    public ListValue UpdateTasks { get; init; } = ListValue.Empty;

    public ListValue PostUpdateTasks { get; init; } = ListValue.Empty;

    /// <summary>Notes for the operator, e.g. why the clock is left alone here.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}

/// <summary>The format of a file's content.</summary>
public enum ConfigFormat
{
    /// <summary>Sections of options; a list sets an option several times, a null option is omitted.</summary>
    Ini,
    Yaml,
    Json,

    /// <summary>Options without sections, one per line: <see cref="ConfigFile.Prefix"/>, name, <see cref="ConfigFile.Separator"/>, value.</summary>
    Options,
    Text,

    /// <summary>HAProxy's format: sections of keywords; true is the keyword alone, a list repeats the keyword, a null one is omitted.</summary>
    Haproxy,

    /// <summary>The SQL that creates the databases and users of all services of the node.</summary>
    Databases,

    /// <summary>The node's nftables table, with the rules of all its services.</summary>
    Firewall,
}

/// <summary>A configuration file.</summary>
/// <param name="Volume">The config volume it belongs to; null for a file of the host itself.</param>
/// <param name="Path">Absolute path as the service sees it.</param>
/// <param name="Owner">User of <see cref="ServiceUser"/>'s table, or root.</param>
/// <param name="Group">Group of the same table.</param>
/// <param name="Mode">Octal text.</param>
/// <param name="Format">The format in which <paramref name="Content"/> is written.</param>
/// <param name="Content">The data.</param>
public sealed record ConfigFile(string? Volume, string Path, string Owner, string Group, string Mode, ConfigFormat Format, Value Content)
{
    /// <summary>The containing directory's mode, if it differs from 0755; the directory then has the file's group.</summary>
    public string? DirectoryMode { get; init; }

    /// <summary>The text between name and value in a file of options.</summary>
    public string Separator { get; init; } = " = ";

    /// <summary>The text before a name in a file of options. With a prefix the options are a command's arguments: true is the name alone, false is no argument.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>In an HAProxy file: the place for the services' public endpoints with TLS.</summary>
    public PublicFrontend? Frontend { get; init; }
}

/// <summary>The address and certificate with which HAProxy serves the public endpoints.</summary>
/// <param name="Address">The address to listen on; empty for all.</param>
/// <param name="Certificate">The file with certificate and key, by its path in HAProxy's container.</param>
public sealed record PublicFrontend(string Address, string Certificate);

/// <summary>A directory with state.</summary>
public sealed record StateDirectory(string Path, string Owner, string Group, string Mode);

/// <summary>A database with its user, who has all rights in it.</summary>
public sealed record Database(string Name, string User, string Password);

/// <summary>A systemd unit of the host; without content for a unit from a package.</summary>
public sealed record HostUnit(string Name, string? Content, bool Enabled);
