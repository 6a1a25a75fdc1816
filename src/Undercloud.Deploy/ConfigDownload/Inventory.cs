using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>
/// The static inventory: this host, the roles with their hosts, a group for the stack and one for each service (source: tripleo_common's
/// inventory.py).
/// </summary>
internal static class Inventory
{
    public const string File = "inventory.yaml";

    private static readonly (string Service, string Group)[] s_cephGroups =
    [
        ("ceph_mon", "mons"), ("ceph_osd", "osds"), ("ceph_mgr", "mgrs"), ("ceph_rgw", "rgws"), ("ceph_mds", "mdss"), ("ceph_nfs", "nfss"),
        ("ceph_client", "clients"), ("ceph_rbdmirror", "rbdmirrors"), ("ceph_grafana", "grafana-server"),
    ];

    public static MapValue Of(ConfigDownloadRequest request, OutputNode outputs, ConfigDownloadLayout layout)
    {
        var options = request.Inventory;
        var roles = InventoryRole.Read(outputs, options.HostNetwork).ToList();

        // As in Python's dict, a later group of the same name replaces the earlier one: the role Undercloud replaces the group of this host.
        var groups = new MapValue(
        [
            new("Undercloud", InventoryLocalhost.Group(request, outputs, layout)),
            .. roles.Select(role => KeyValuePair.Create(role.Name, (Value)role.Group(options, layout))),
            .. StackGroups(request, outputs, roles, layout),
        ]);
        groups = new MapValue(groups.Entries.Concat(ServiceGroups(outputs["EnabledServices"], options, groups, layout)));
        if (layout == ConfigDownloadLayout.Train)
            groups = WithExcludedHosts(groups, outputs["BlacklistedHostnames"]);
        return WithLocalRole(groups, options, layout);
    }

    private static IEnumerable<KeyValuePair<string, Value>> StackGroups(
        ConfigDownloadRequest request, OutputNode outputs, List<InventoryRole> roles, ConfigDownloadLayout layout)
    {
        if (roles.Count == 0)
            yield break;
        var networks = roles.SelectMany(role => role.Networks).Append("redis").ToHashSet(StringComparer.Ordinal);
        var vars = new MapValue(outputs["VipMap"].Entries()
            .Where(vip => networks.Contains(vip.Key) && !PythonTruth.IsFalse(vip.Item.Value))
            .Select(vip => KeyValuePair.Create($"{vip.Key}_vip", vip.Item.Value)));
        var children = Names(roles.Select(role => role.Name));
        if (layout == ConfigDownloadLayout.Queens)
        {
            yield return new("overcloud", Map(("children", children), ("vars", vars)));
            yield break;
        }

        var all = Names(["allovercloud"]);
        var containerCli = request.Inventory.ParameterDefaults["ContainerCli"] ?? Value.Null;
        yield return new("allovercloud", Map(("children", children), ("vars", vars.With("container_cli", containerCli))));
        yield return new(request.Stack, Map(("children", all)));
        if (request.Stack != "overcloud")
            yield return new("overcloud", Map(("children", all), ("deprecated", "Deprecated by allovercloud group in Ussuri")));
    }

    // A group for each service, of the roles that have both hosts and the service.
    private static IEnumerable<KeyValuePair<string, Value>> ServiceGroups(
        OutputNode services, InventoryOptions options, MapValue groups, ConfigDownloadLayout layout)
    {
        var rolesOf = new SortedDictionary<string, SortedSet<string>>(CodePointOrder.Comparer);
        foreach (var (role, names) in services.Entries())
        {
            foreach (var service in names.Texts())
            {
                if (!rolesOf.TryGetValue(service, out var roles))
                    rolesOf[service] = roles = new SortedSet<string>(CodePointOrder.Comparer);
                roles.Add(role);
            }
        }

        foreach (var (service, group) in layout == ConfigDownloadLayout.Train ? s_cephGroups : [])
        {
            if (rolesOf.TryGetValue(service, out var roles))
                rolesOf[group] = roles;
        }

        foreach (var (service, roles) in rolesOf)
        {
            var children = roles.Where(groups.ContainsKey).ToList();
            if (children.Count > 0)
                yield return new(service.ToLowerInvariant(), Map(("children", Names(children)), ("vars", Map(("ansible_ssh_user", options.SshUser)))));
        }
    }

    private static MapValue WithExcludedHosts(MapValue groups, OutputNode names)
    {
        var hosts = names.Texts().Where(name => name.Length > 0).ToList();
        var group = groups["excluded_overcloud"] as MapValue ?? MapValue.Empty;
        return groups.With("excluded_overcloud", hosts.Count == 0 ? group : group.With("hosts", Names(hosts)));
    }

    private static MapValue WithLocalRole(MapValue groups, InventoryOptions options, ConfigDownloadLayout layout)
    {
        if (groups[options.LocalRole] is not MapValue group)
            return groups;
        var vars = (group["vars"] as MapValue ?? MapValue.Empty).With("ansible_connection", "local");
        if (layout == ConfigDownloadLayout.Train)
            vars = vars.With("ansible_python_interpreter", options.PythonInterpreter);
        return groups.With(options.LocalRole, group.With("vars", vars));
    }

    private static MapValue Names(IEnumerable<string> names) => new(names.Select(name => KeyValuePair.Create(name, (Value)MapValue.Empty)));

    private static MapValue Map(params ReadOnlySpan<(string Key, Value Value)> entries)
    {
        var list = new List<KeyValuePair<string, Value>>();
        foreach (var (key, value) in entries)
            list.Add(new(key, value));
        return new MapValue(list);
    }
}
