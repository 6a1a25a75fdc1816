using System.Collections.Immutable;
using Undercloud.Deploy.Firewall;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Reading;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Services;

/// <summary>Reads the <c>role_data</c> of a role's services (docs/service-templates.md describes the contract).</summary>
public static class RoleDataReader
{
    // Keys of upstream trees and of later phases; this program needs none of them.
    private static readonly string[] s_carried =
        ["config_settings", "service_config_settings", "kolla_config", "upgrade_tasks", "post_upgrade_tasks"];

    private static readonly string[] s_known =
    [
        "service_name", "config_files", "host_files", "config_overrides", "state_directories", "databases", "database_server", "backup", "docker_config", "container_config",
        "keystone_resources", "cloud_resources", "cloud_login", "hostname", "hosts_entries", "network", "units", "packages", "host_prep_tasks",
        "deploy_steps_tasks", "external_deploy_tasks", "update_tasks", "post_update_tasks", "notes", "certificates", "firewall_rules", "sysctl", .. s_carried,
    ];

    /// <summary>The services, in their order; a null member (a service mapped to OS::Heat::None) is dropped.</summary>
    public static ImmutableArray<ServiceData> Read(Value roleData, DiagnosticBag diagnostics) =>
        [.. new ValueCursor(roleData, "role_data", new(diagnostics, "PLAN001")).Items().Where(item => !item.IsNull).Select(Service)];

    private static ServiceData Service(ValueCursor data)
    {
        var name = data["service_name"].Text();
        var cursor = data.Named(name.Length > 0 ? name : data.Where);
        cursor.OnlyKeys(s_known, "the service contract");
        return new ServiceData
        {
            Name = name,
            Files =
            [
                .. cursor["config_files"].Entries().SelectMany(volume => Files(volume.Key, volume.Item)),
                .. Files(null, cursor["host_files"]),
            ],
            ConfigOverrides = cursor["config_overrides"].Map(),
            StateDirectories = [.. cursor["state_directories"].Items().Select(Directory)],
            Databases = [.. cursor["databases"].Items().Select(d => new Database(d["name"].Text(), d["user"].Text(), d["password"].Text()))],
            DatabaseServer = cursor["database_server"] is { IsNull: false } server
                ? new(server["container"].Text(), server["schema"].Texts(), server["dump"].Texts(), server["load"].Texts()) { Size = server["size"].Texts() }
                : null,
            Backup = [.. cursor["backup"].Items().Select(Backup)],
            ContainersKey = ContainersKey(cursor),
            Containers = Containers(cursor),
            CloudServices = [.. cursor["keystone_resources"].Entries().Where(e => !e.Item["service"].IsNull).Select(CloudService)],
            CloudUsers = [.. cursor["keystone_resources"].Entries().SelectMany(e => e.Item["users"].Entries()).Select(CloudUser)],
            CloudRoles = [.. cursor["keystone_resources"].Entries().SelectMany(e => e.Item["roles"].Texts())],
            CloudDomains = [.. cursor["keystone_resources"].Entries().SelectMany(e => e.Item["domains"].Texts())],
            Region = cursor["keystone_resources"].Entries().Select(e => e.Item["region"].OptionalText()).FirstOrDefault(r => r is not null),
            CloudResources = CloudResourcesReader.Read(cursor["cloud_resources"]),
            CloudLogin = cursor["cloud_login"] is { IsNull: false } login
                ? new(login["url"].Text(), login["user"].Text(), login["password"].Text(), login["project"].Text())
                : null,
            Hostname = cursor["hostname"].OptionalText(),
            HostsEntries = cursor["hosts_entries"].Texts(),
            Interfaces =
            [
                .. cursor["network"]["interfaces"].Items().Select(i => new InterfaceEntry(i["name"].Interface(), [.. i["addresses"].Items().Select(address => address.AddressWithLength())], (int?)i["mtu"].Whole(0, int.MaxValue))
                {
                    Routes = [.. i["routes"].Items().Select(route => new RouteEntry(route["ip_netmask"].Text(), route["next_hop"].Address()))],
                }),
            ],
            VirtualAddresses = [.. cursor["network"]["virtual_addresses"].Items().Select(address => address.AddressWithLength())],
            Nameservers = [.. cursor["network"]["nameservers"].Items().Select(server => server.Address())],
            ConsentedInterface = cursor["network"]["consented_interface"].OptionalText(),
            Certificates = [.. cursor["certificates"].Items().Select(Certificate)],
            FirewallRules = FirewallRuleReader.Read(cursor["firewall_rules"]),
            KernelSettings = KernelSettings(cursor["sysctl"]),
            Bridges = [.. cursor["network"]["bridges"].Items().Select(Bridge)],
            Units = [.. cursor["units"].Entries().Select(u => new HostUnit(u.Key, u.Item["content"].OptionalText(), u.Item["enabled"].Flag(true)))],
            Packages = cursor["packages"].Texts(),
            HostPrepTasks = cursor["host_prep_tasks"].List(),
            DeployStepsTasks = cursor["deploy_steps_tasks"].List(),
            ExternalDeployTasks = cursor["external_deploy_tasks"].List(),
            UpdateTasks = cursor["update_tasks"].List(),
            PostUpdateTasks = cursor["post_update_tasks"].List(),
            Notes = cursor["notes"].Texts(),
        };
    }

    // A name is a path below /proc/sys, so it must not lead out of that directory.
    private static ImmutableSortedDictionary<string, string> KernelSettings(ValueCursor settings)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, item) in settings.Entries())
        {
            if (!name.All(c => char.IsAsciiLetterOrDigit(c) || "._-".Contains(c)) || name.Split('.').Any(part => part.Length == 0))
                item.Fail("is no setting of the kernel", "Name it as sysctl does, e.g. net.ipv4.ip_forward.");
            else
                all[name] = item.Text();
        }

        return all.ToImmutable();
    }

    private static BridgeEntry Bridge(ValueCursor bridge)
    {
        OneOf(bridge["datapath"], "system", "netdev");
        OneOf(bridge["fail_mode"], "standalone", "secure");
        return new(bridge["name"].Interface(), [.. bridge["ports"].Items().Select(port => port.Interface())], bridge["datapath"].OptionalText(), bridge["fail_mode"].OptionalText());
    }

    private static void OneOf(ValueCursor entry, params string[] allowed)
    {
        if (entry.OptionalText() is { } text && !allowed.Contains(text))
            entry.Fail($"is {text}", $"It is {string.Join(" or ", allowed)}, or left out.");
    }

    private static IEnumerable<ConfigFile> Files(string? volume, ValueCursor files)
    {
        foreach (var (path, entry) in files.Entries())
        {
            if (entry.IsNull)
                continue;
            if (!path.StartsWith('/'))
                entry.Fail("is not an absolute path", "Name the file as the service sees it, e.g. /etc/keystone/keystone.conf.");
            var owner = Known(entry["owner"], "root");
            var group = Known(entry["group"], "root");
            var mode = entry["mode"].OptionalText() ?? "0644";
            if (!entry["files"].IsNull)
            {
                // The shape of KeystoneFernetKeys: path to {content}.
                foreach (var (file, item) in entry["files"].Entries())
                {
                    yield return new(volume, file, owner, group, mode, ConfigFormat.Text, item["content"].Text())
                    {
                        DirectoryMode = entry["directory_mode"].OptionalText(),
                    };
                }

                continue;
            }

            var formats = Enum.GetValues<ConfigFormat>().Where(format => !entry[Key(format)].IsNull).ToArray();
            if (formats.Length != 1)
            {
                entry.Fail("has no content, or more than one", $"Give it one of: {string.Join(", ", Enum.GetValues<ConfigFormat>().Select(Key))}, files.");
                continue;
            }

            var content = entry[Key(formats[0])];
            yield return new(volume, path, owner, group, mode, formats[0], formats[0] == ConfigFormat.Options ? content.Map() : content.Value)
            {
                DirectoryMode = entry["directory_mode"].OptionalText(),
                Separator = entry["separator"].OptionalText() ?? " = ",
                Prefix = entry["prefix"].OptionalText() ?? "",
                Frontend = entry["public_endpoints"] is { IsNull: false } frontend
                    ? new(frontend["address"].OptionalText() ?? "", frontend["certificate"].Text())
                    : null,
            };
        }
    }

    private static CertificateEntry Certificate(ValueCursor entry) => new(
        entry["path"].Text(),
        ServiceUser.IdOf(Known(entry["owner"], "root")) ?? 0,
        ServiceUser.IdOf(Known(entry["group"], "root")) ?? 0,
        entry["mode"].OptionalText() ?? "0640",
        entry["hosts"].Texts(),
        entry["authority"].Text(),
        entry["trust_anchor"].Text())
    {
        ReloadContainer = entry["reload"]["container"].OptionalText(),
        ReloadSignal = entry["reload"]["signal"].OptionalText(),
    };

    private static string Key(ConfigFormat format) => format.ToString().ToLowerInvariant();

    private static StateDirectory Directory(ValueCursor entry) =>
        new(entry["path"].Text(), Known(entry["owner"], "root"), Known(entry["group"], "root"), entry["mode"].OptionalText() ?? "0755");

    private static BackupPart Backup(ValueCursor entry)
    {
        entry.OnlyKeys(["name", "paths", "exclude"], "a part of a backup");
        return new(entry["name"].Text(), Paths(entry["paths"]), Paths(entry["exclude"]));

        static ImmutableArray<string> Paths(ValueCursor paths)
        {
            foreach (var path in paths.Items().Where(path => !path.Text().StartsWith('/')))
                path.Fail("is not an absolute path", "Name the file or directory as the host sees it, e.g. /var/lib/glance.");
            return paths.Texts();
        }
    }

    private static string Known(ValueCursor user, string otherwise)
    {
        var name = user.OptionalText() ?? otherwise;
        if (ServiceUser.IdOf(name) is null)
            user.Fail($"names {name}, which has no number in the table of service users", "Use one of: root, " + string.Join(", ", ServiceUser.All.Select(u => u.Name)) + ".");
        return name;
    }

    // The key is docker_config up to ussuri, container_config later; a service has one of them.
    private static string ContainersKey(ValueCursor cursor) => cursor["container_config"].IsNull ? "docker_config" : "container_config";

    private static ImmutableSortedDictionary<int, MapValue> Containers(ValueCursor cursor)
    {
        var steps = ImmutableSortedDictionary.CreateBuilder<int, MapValue>();
        foreach (var (step, containers) in cursor[ContainersKey(cursor)].Entries())
        {
            if (step.StartsWith("step_", StringComparison.Ordinal) && int.TryParse(step["step_".Length..], out var number) && number is >= 1 and <= 5)
                steps[number] = containers.Map();
            else
                containers.Fail("is no step", "Steps are step_1 to step_5.");
        }

        return steps.ToImmutable();
    }

    private static CloudService CloudService((string Key, ValueCursor Item) entry) => new(
        entry.Key,
        entry.Item["service"].Text(),
        entry.Item["description"].OptionalText() ?? "",
        new SortedDictionary<string, string>(entry.Item["endpoints"].Entries().ToDictionary(e => e.Key, e => e.Item.Text()), StringComparer.Ordinal));

    private static CloudUser CloudUser((string Key, ValueCursor Item) entry) => new(
        entry.Key,
        entry.Item["password"].Text(),
        entry.Item["project"].OptionalText() ?? "service",
        entry.Item["roles"].IsNull ? ["admin", "service"] : entry.Item["roles"].Texts())
    {
        Domain = entry.Item["domain"].OptionalText(),
    };
}
