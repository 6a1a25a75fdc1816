using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Adoption;

/// <summary>
/// Decides what an upgrade takes over from a package-based undercloud: reads passwords, keys and names from the services' own configuration files and from
/// what the database says. Pure.
/// </summary>
public sealed class AdoptionReader
{
    private const string Unused = "Set it to the value that is in use. If the service is not in use, purge its packages, so that the file goes as well (apt purge).";
    private const string Token = "keystone_authtoken";
    private const string FernetKeys = "/etc/keystone/fernet-keys/", CredentialKeys = "/etc/keystone/credential-keys/";
    private const string Region = "regionOne", ControlPlane = "ctlplane", ZeroCell = "00000000-0000-0000-0000-000000000000";

    // The services' logins at Keystone: the user that the containers have, the parameter of its password, and the section of today's login.
    private static readonly ImmutableArray<(string User, string Parameter, string File, string Section)> s_logins =
    [
        ("glance", "GlancePassword", "/etc/glance/glance-api.conf", Token),
        ("heat", "HeatPassword", "/etc/heat/heat.conf", Token),
        ("ironic", "IronicPassword", "/etc/ironic/ironic.conf", Token),
        ("neutron", "NeutronPassword", "/etc/neutron/neutron.conf", Token),
        ("nova", "NovaPassword", "/etc/nova/nova.conf", Token),
        ("placement", "PlacementPassword", "/etc/placement/placement.conf", Token),
        ("swift", "SwiftPassword", "/etc/swift/proxy-server.conf", "filter:authtoken"),
    ];

    // The options of secrets: parameter, file, section, option.
    private static readonly ImmutableArray<(string Parameter, string File, string Section, string Option)> s_secrets =
    [
        .. s_logins.Select(login => (login.Parameter, login.File, login.Section, "password")),
        ("HeatAuthEncryptionKey", "/etc/heat/heat.conf", OsloConfigFile.DefaultSection, "auth_encryption_key"),
        ("HeatStackDomainAdminPassword", "/etc/heat/heat.conf", OsloConfigFile.DefaultSection, "stack_domain_admin_password"),
        ("NeutronMetadataProxySharedSecret", "/etc/neutron/metadata_agent.ini", OsloConfigFile.DefaultSection, "metadata_proxy_shared_secret"),
    ];

    // The databases of the containers, and the options with their URLs.
    private static readonly ImmutableArray<(string Name, string File, string Section)> s_databases =
    [
        ("keystone", "/etc/keystone/keystone.conf", "database"),
        ("glance", "/etc/glance/glance-api.conf", "database"),
        ("placement", "/etc/placement/placement.conf", "placement_database"),
        ("ovs_neutron", "/etc/neutron/neutron.conf", "database"),
        ("nova", "/etc/nova/nova.conf", "database"),
        ("nova_api", "/etc/nova/nova.conf", "api_database"),
        ("ironic", "/etc/ironic/ironic.conf", "database"),
        ("ironic-inspector", "/etc/ironic-inspector/inspector.conf", "database"),
        ("heat", "/etc/heat/heat.conf", "database"),
    ];

    private static readonly ImmutableArray<string> s_queueFiles = ["/etc/nova/nova.conf", "/etc/neutron/neutron.conf", "/etc/ironic/ironic.conf", "/etc/heat/heat.conf"];

    /// <summary>The files in the home directory that may have the administrator's login, the first one that does counts.</summary>
    public static ImmutableArray<string> Logins { get; } = ["stackrc", "openrc", "admin-openrc", "admin-openrc.sh", "keystonerc_admin"];

    /// <summary>The file with the host's names.</summary>
    public const string Hosts = "/etc/hosts";

    private readonly FoundHost _host;
    private readonly Dictionary<string, OsloConfigFile> _files = new(StringComparer.Ordinal);
    private readonly DiagnosticBag _findings = new();
    private readonly List<AdoptedValue> _values = [];
    private readonly List<AdoptedDatabase> _databases = [];

    private AdoptionReader(FoundHost host) => _host = host;

    /// <summary>What is taken over.</summary>
    /// <param name="host">The host, with the answers to <see cref="Queries"/>.</param>
    public static AdoptedUndercloud Read(FoundHost host)
    {
        var reader = new AdoptionReader(host);
        reader.Administrator();
        reader.Secrets();
        reader.Users();
        reader.Keys();
        reader.Queue();
        reader.Databases();
        reader.Catalogue();
        reader.Stacks();
        reader.Network();
        reader.Work();
        return new()
        {
            Services = [.. Services(host)],
            Values = [.. reader._values.OrderBy(value => value.Parameter, StringComparer.Ordinal)],
            Databases = [.. reader._databases],
            Findings = reader._findings.All,
        };
    }

    /// <summary>What the database server has to be asked before <see cref="Read"/>: the names of the databases are in the configuration files.</summary>
    public static ImmutableArray<AdoptionQuery> Queries(FoundHost host)
    {
        var reader = new AdoptionReader(host);
        reader.Databases();
        return host.HasDatabase ? [.. AdoptionQuery.For(name => reader._databases.FirstOrDefault(database => database.Becomes == name)?.Name)] : [];
    }

    private static IEnumerable<AdoptedService> Services(FoundHost host) =>
        from service in PackagedService.All
        let units = host.Units.Where(unit => !unit.IsMasked && PackagedService.OfUnit(unit.Name) == service).OrderByDescending(unit => unit.IsActive).ThenBy(unit => unit.Name, StringComparer.Ordinal).ToImmutableArray()
        where units.Length > 0
        select new AdoptedService(service, units, [.. host.Packages.Where(package => PackagedService.OfPackage(package.Key) == service).Select(package => $"{package.Key} {package.Value}")]);

    // Of the file of variables that an operator logs in with.
    private void Administrator()
    {
        if (!Has("/etc/keystone/keystone.conf"))
            return;
        foreach (var (path, text) in Logins.SelectMany(name => _host.Files.Where(file => Path.GetFileName(file.Key) == name)))
        {
            if (ShellVariables.Of(text) is var variables && variables.GetValueOrDefault("OS_USERNAME") == "admin" && variables.GetValueOrDefault("OS_PASSWORD") is { Length: > 0 } password)
            {
                Add("AdminPassword", password, $"{path} OS_PASSWORD", isSecret: true);
                return;
            }
        }

        Error(null, "No file in the home directory has the administrator's password (OS_USERNAME=admin and OS_PASSWORD).",
            "Write export OS_USERNAME=admin and export OS_PASSWORD=... into ~/stackrc.", AdoptionCodes.NoAdministrator);
    }

    private void Secrets()
    {
        foreach (var (parameter, file, section, option) in s_secrets)
        {
            if (!Has(file))
                continue;
            if (Option(file, section, option) is { } value)
                Secret(parameter, value.Text, value.Location, Place(file, section, option));
            else
                Error(new(file, 0, 0), $"{file} has no {option} in [{section}], which becomes {parameter}.", Unused, AdoptionCodes.NoSecret);
        }

        SwiftHash();
    }

    // Swift takes the text as it is: quotes and dollar signs belong to the hash (swift/common/utils/__init__.py, validate_hash_conf). It needs one of the two.
    private void SwiftHash()
    {
        const string File = "/etc/swift/swift.conf", Section = "swift-hash", Suffix = "swift_hash_path_suffix", Prefix = "swift_hash_path_prefix";
        if (!_host.Files.TryGetValue(File, out var text))
            return;
        var (suffix, prefix) = (Raw(text, Section, Suffix), Raw(text, Section, Prefix));
        if (suffix.Length + prefix.Length == 0)
        {
            Error(new(File, 0, 0), $"{File} has neither {Suffix} nor {Prefix} in [{Section}].", Unused, AdoptionCodes.NoSecret);
            return;
        }

        if ((suffix + prefix).Contains('\uFFFD', StringComparison.Ordinal))
            Error(new(File, 0, 0), $"{File} is not in UTF-8, so that the hash of the objects cannot be taken over as it is.", "Store the objects again under a hash in UTF-8: no other coding is supported.", AdoptionCodes.WrongCharacters);
        Add("SwiftHashSuffix", suffix, Place(File, Section, Suffix), isSecret: true);
        if (prefix.Length > 0)
            Add("SwiftHashPrefix", prefix, Place(File, Section, Prefix), isSecret: true);
    }

    // The last assignment, as Python's ConfigParser reads it.
    private static string Raw(string text, string section, string option)
    {
        var (value, isHere) = ("", false);
        foreach (var line in OsloConfigReader.Lines(text))
        {
            if (line.StartsWith('['))
                isHere = line.TrimEnd() == $"[{section}]";
            else if (isHere && line.IndexOfAny(['=', ':']) is var at and > 0 && line[..at].Trim().Equals(option, StringComparison.OrdinalIgnoreCase))
                value = line[(at + 1)..].Trim();
        }

        return value;
    }

    // oslo.config reads $name as a reference to another option, also in the files that the containers get.
    private void Secret(string parameter, string value, SourceSpan? location, string from)
    {
        if (!Interpolation.NamesIn(value).IsEmpty)
            Error(location, $"{from} has a dollar sign before a name, which the services of the containers would read as a reference to an option.", "Change the password to one without a dollar sign.", AdoptionCodes.WrongCharacters);
        else if (value.Contains('\uFFFD', StringComparison.Ordinal))
            Error(location, $"{from} is not in UTF-8.", "Change the password to one of other characters.", AdoptionCodes.WrongCharacters);
        else
            Add(parameter, value, from, isSecret: true);
    }

    private void Users()
    {
        foreach (var (user, _, file, section) in s_logins)
        {
            if (Option(file, section, "username") is { } name && name.Text != user)
                Warn(name.Location, $"The service logs in as {name.Text}. The containers log in as {user}, with the same password; the user {name.Text} stays.", "Delete the user afterwards if nothing else uses it.", AdoptionCodes.OtherUser);
            if (Option(file, section, "project_name") is { Text: not "service" } project)
                Warn(project.Location, $"The project of the services is {project.Text}. The containers use the project service; {project.Text} stays.", "Delete the project afterwards if nothing else uses it.", AdoptionCodes.OtherUser);
        }
    }

    private void Keys()
    {
        if (!Has("/etc/keystone/keystone.conf"))
            return;
        var tokens = KeysIn(FernetKeys);
        if (tokens.Count > 0)
            _values.Add(new("KeystoneFernetKeys", new MapValue(tokens.Select(key => KeyValuePair.Create(FernetKeys + key.Number, (Value)new MapValue([KeyValuePair.Create("content", (Value)key.Text)])))), FernetKeys.TrimEnd('/'), true));
        else
            Error(new(FernetKeys, 0, 0), "There are no Fernet keys, with which Keystone reads the tokens that it has issued.", "Set key_repository in [fernet_tokens] to this directory, or make the keys with `keystone-manage fernet_setup`.", AdoptionCodes.NoKeys);

        // The staged key is 0, the primary one has the highest number.
        var credentials = KeysIn(CredentialKeys);
        if (credentials.Count > 0)
        {
            Add("KeystoneCredential0", credentials[0].Text, CredentialKeys + credentials[0].Number, isSecret: true);
            Add("KeystoneCredential1", credentials[^1].Text, CredentialKeys + credentials[^1].Number, isSecret: true);
        }

        if (credentials.Count > 2)
            Warn(new(CredentialKeys, 0, 0), $"There are {credentials.Count} keys for credentials. The containers have the first one and the last one.", "Run `keystone-manage credential_migrate` before the upgrade: all credentials are then encrypted with the last key.", AdoptionCodes.ManyKeys);
    }

    private List<(int Number, string Text)> KeysIn(string directory) =>
        [.. _host.Files.Where(file => file.Key.StartsWith(directory, StringComparison.Ordinal) && int.TryParse(file.Key[directory.Length..], out _)).Select(file => (int.Parse(file.Key[directory.Length..], null), file.Value.Trim())).OrderBy(key => key.Item1)];

    private void Queue()
    {
        foreach (var file in s_queueFiles)
        {
            if (Option(file, OsloConfigFile.DefaultSection, "transport_url") is not { } option)
                continue;
            var place = Place(file, OsloConfigFile.DefaultSection, "transport_url");
            if (DatabaseUrl.Parse(option.Text) is not { User.Length: > 0 } url)
            {
                Error(option.Location, "The URL of the message queue has no user.", "Write it as rabbit://USER:PASSWORD@HOST:PORT/.", AdoptionCodes.WrongUrl);
                return;
            }

            Add("RpcUserName", url.User, place, isSecret: false);
            Add("RpcPassword", url.Password, place, isSecret: true);
            return;
        }
    }

    private void Databases()
    {
        if (!_host.HasDatabase && _host.HasServices)
            Error(null, "MariaDB does not answer to root at its socket, so that the databases cannot be compared with the configuration files.", "Start it: systemctl start mariadb. root has to reach it by `mariadb --protocol=socket` without a password.", AdoptionCodes.DatabaseAway);
        foreach (var (name, file, section) in s_databases)
        {
            if (Option(file, section, "connection") is not { } option)
            {
                if (Has(file))
                    Error(new(file, 0, 0), $"{file} has no connection in [{section}].", Unused, AdoptionCodes.NoDatabase);
                continue;
            }

            Database(name, option.Text, option.Location, Place(file, section, "connection"));
        }

        // The database of the instances without a host has no option: the cell has its URL (nova/objects/cell_mapping.py).
        var cells = _host.Answers.GetValueOrDefault(AdoptionQuery.Cells, []);
        if (cells.FirstOrDefault(cell => cell[0] == ZeroCell) is { IsDefault: false } zero)
            Database("nova_cell0", Filled(zero[2]), null, "Nova's cell0");
        var others = cells.Where(cell => cell[0] != ZeroCell).ToList();
        if (others.Count > 1)
            Error(null, $"Nova has the cells {string.Join(", ", others.Select(NameOf))}. The containers have one.", "Delete the cells that are not in use: nova-manage cell_v2 delete_cell --cell_uuid UUID.", AdoptionCodes.ManyCells);
        else if (others is [var cell] && cell[1] != "default")
            Warn(null, $"Nova's cell {NameOf(cell)} gets the name default.", "", AdoptionCodes.CellRenamed);

        static string NameOf(ImmutableArray<string> cell) => cell[1].Length > 0 ? cell[1] : cell[0];
    }

    // A cell's URL may take its parts from the option connection (nova/objects/cell_mapping.py, _format_url).
    private string Filled(string text)
    {
        if (!text.Contains('{') || Option("/etc/nova/nova.conf", "database", "connection") is not { } option || DatabaseUrl.Parse(option.Text) is not { } url)
            return text;
        (string Name, string Value)[] parts = [("scheme", url.Scheme), ("username", "user"), ("password", "password"), ("hostname", url.Host), ("port", "3306"), ("netloc", $"user:password@{url.Host}"), ("query", "charset=utf8"), ("path", url.Name), ("fragment", "")];
        return parts.Aggregate(text, (filled, part) => filled.Replace($"{{{part.Name}}}", part.Value, StringComparison.Ordinal));
    }

    private void Database(string name, string text, SourceSpan? location, string from)
    {
        if (DatabaseUrl.Parse(text) is not { Name.Length: > 0 } url)
            Error(location, $"{from} is no URL of a database.", "Write it as mysql+pymysql://USER:PASSWORD@HOST/DATABASE.", AdoptionCodes.WrongUrl);
        else if (!url.IsMysql)
            Error(location, $"{from} names a database of {url.Scheme}. The containers use MariaDB.", "Move the data to MariaDB on this host first.", AdoptionCodes.OtherServer);
        else if (!IsHere(url.Host))
            Error(location, $"{from} names a database at {url.Host}, which is no name or address of this host.", "Move the database to MariaDB on this host first, or correct the option.", AdoptionCodes.OtherServer);
        else if (_host.HasDatabase && !_host.Databases.Contains(url.Name))
            Error(location, $"{from} names the database {url.Name}, which the database server of this host does not have.", "Move the database to MariaDB on this host first, or correct the option.", AdoptionCodes.OtherServer);
        else if (_databases.FirstOrDefault(other => other.Name == url.Name) is { } same)
            Error(location, $"{from} and {same.From} name the same database, {url.Name}.", $"The containers need a database for each: move the tables of one service into a database {name}, and correct its option.", AdoptionCodes.SharedDatabase);
        else
            _databases.Add(new(url.Name, name, from));
    }

    // By its addresses, its own names, and what /etc/hosts calls these addresses.
    private bool IsHere(string host) => host is "" or "localhost" || IsOwn(host)
        || (_host.Files.GetValueOrDefault(Hosts) ?? "").Split('\n').Select(line => line.Split('#')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Any(words => words.Length > 1 && words.AsSpan(1).Contains(host) && IsOwn(words[0]));

    private bool IsOwn(string address) => address is "::1" || address.StartsWith("127.", StringComparison.Ordinal) || _host.Addresses.Contains(address);

    // The region is in the database; the options may leave it to a default.
    private void Catalogue()
    {
        var regions = _host.Answers.GetValueOrDefault(AdoptionQuery.Regions, []).Select(region => region[0]).ToList();
        if (regions.Count > 0 && regions[0] != Region)
            Add("KeystoneRegion", regions[0], "Keystone's catalogue", isSecret: false);
        if (regions.Count > 1)
            Error(null, $"Keystone's catalogue has the regions {string.Join(", ", regions)}. The containers have one.", "Delete the endpoints of the regions that are not in use.", AdoptionCodes.ManyRegions);
    }

    // The users of existing stacks stay in their domain.
    private void Stacks()
    {
        const string File = "/etc/heat/heat.conf", Name = "stack_user_domain_name", Id = "stack_user_domain_id";
        if (Option(File, OsloConfigFile.DefaultSection, "stack_domain_admin") is { Text.Length: > 0 } administrator)
            Add("HeatStackDomainAdmin", administrator.Text, Place(File, OsloConfigFile.DefaultSection, "stack_domain_admin"), isSecret: false);

        // Heat ignores the name where the id is set (heat/common/config.py).
        if (Option(File, OsloConfigFile.DefaultSection, Id) is not { Text.Length: > 0 } id)
        {
            if (Option(File, OsloConfigFile.DefaultSection, Name) is { Text.Length: > 0 } name)
                Add("HeatStackDomainName", name.Text, Place(File, OsloConfigFile.DefaultSection, Name), isSecret: false);
        }
        else if (_host.Answers.TryGetValue(AdoptionQuery.Domains, out var domains))
        {
            if (domains.FirstOrDefault(domain => domain[0] == id.Text) is { IsDefault: false } domain)
                Add("HeatStackDomainName", domain[1], Place(File, OsloConfigFile.DefaultSection, Id), isSecret: false);
            else
                Error(id.Location, $"Keystone has no domain {id.Text}, in which Heat has the users of stacks.", "Correct stack_user_domain_id, or set stack_user_domain_name.", AdoptionCodes.NoDomain);
        }
    }

    private void Network()
    {
        const string OpenVSwitch = "/etc/neutron/plugins/ml2/openvswitch_agent.ini", LinuxBridge = "/etc/neutron/plugins/ml2/linuxbridge_agent.ini";
        foreach (var (file, section, option) in new[] { (OpenVSwitch, "ovs", "bridge_mappings"), (LinuxBridge, "linux_bridge", "bridge_mappings"), (LinuxBridge, "linux_bridge", "physical_interface_mappings") })
        {
            if (Option(file, section, option) is not { Text.Length: > 0 } mappings)
                continue;
            var known = _host.Answers.GetValueOrDefault(AdoptionQuery.Networks, []).FirstOrDefault(network => network[0] == ControlPlane);
            var physical = known.IsDefault ? mappings.Text.Split(',')[0].Split(':')[0].Trim() : known[1];
            if (physical.Length > 0 && physical != ControlPlane)
                Add("CtlplaneLocalPhysicalNetwork", physical, known.IsDefault ? Place(file, section, option) : $"Neutron's network {ControlPlane}", isSecret: false);
            if (mappings.Text.Contains(','))
                Warn(mappings.Location, $"Neutron has more than one physical network. The containers are given {physical}.", "Set NeutronBridgeMappings and NeutronFlatNetworks in an environment file, and name the file in custom_env_files.", AdoptionCodes.ManyNetworks);
            return;
        }
    }

    // Nothing may be in the middle of work when the services are stopped.
    private void Work()
    {
        foreach (var node in _host.Answers.GetValueOrDefault(AdoptionQuery.Nodes, []))
            Error(null, $"Ironic works on the node {(node[1].Length > 0 ? node[1] : node[0])}: it is {node[2]}, and the conductor {node[3]} has reserved it.", "Wait until the node's work has ended, or abort it.", AdoptionCodes.AtWork);
        foreach (var stack in _host.Answers.GetValueOrDefault(AdoptionQuery.Stacks, []))
            Error(null, $"Heat works on the stack {stack[0]}: {stack[1]}_IN_PROGRESS.", "Wait until the stack is complete, or cancel its update.", AdoptionCodes.AtWork);
    }

    private bool Has(string path) => _host.Files.ContainsKey(path);

    // The last assignment counts, and a reference is looked up in the same section, then in DEFAULT, as in oslo.config.
    private ConfigEntry? Option(string path, string section, string option)
    {
        if (!_host.Files.TryGetValue(path, out var text))
            return null;
        if (!_files.TryGetValue(path, out var file))
            _files[path] = file = OsloConfigReader.Read(text, path, new DiagnosticBag());
        return file.All(section, option) is [.., var last] ? last with { Text = Interpolation.Replace(last.Text, name => Referenced(file, section, name)) ?? last.Text } : null;
    }

    private static string Referenced(OsloConfigFile file, string section, string name)
    {
        var dot = name.IndexOf('.');
        (string Section, string Name)[] places = dot < 0 ? [(section, name), (OsloConfigFile.DefaultSection, name)] : [(name[..dot], name[(dot + 1)..])];
        return places.Select(place => file.All(place.Section, place.Name)).FirstOrDefault(found => found.Length > 0) is [.., var other] ? other.Text : $"${name}";
    }

    private void Add(string parameter, string value, string from, bool isSecret) => _values.Add(new(parameter, value, from, isSecret));

    private static string Place(string file, string section, string option) => $"{file} [{section}] {option}";

    private void Error(SourceSpan? place, string message, string remedy, string code) => _findings.Error(place, code, message, remedy);

    private void Warn(SourceSpan? place, string message, string remedy, string code) => _findings.Warning(place, code, message, remedy.Length > 0 ? remedy : null);
}
