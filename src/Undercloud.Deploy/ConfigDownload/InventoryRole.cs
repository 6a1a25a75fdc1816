using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>A role that has hosts, with the inventory's data about each host.</summary>
internal sealed class InventoryRole
{
    private readonly OutputNode _hostnames;
    private readonly OutputNode _addresses;
    private readonly OutputNode _ids;
    private readonly Value? _bootstrapServer;
    private readonly ImmutableArray<string> _hosts;

    private InventoryRole(string name, OutputNode outputs, OutputNode hostnames, string network)
    {
        Name = name;
        _hostnames = hostnames;
        _addresses = outputs["RoleNetIpMap"][name].Required();
        _ids = outputs["ServerIdData"]["server_ids"];
        _bootstrapServer = outputs["ServerIdData"]["bootstrap_server_id"].Value;
        _hosts = [.. hostnames[network].Texts().Select(host => ServerList.ShortName(host, network))];
        Networks = [.. _addresses.Map().Keys.Order(CodePointOrder.Comparer)];
        HostNetwork = network;
    }

    public string Name { get; }

    /// <summary>The networks on which the role has addresses, sorted: the maps of queens' Python had no order.</summary>
    public ImmutableArray<string> Networks { get; }

    private string HostNetwork { get; }

    /// <summary>The roles that are not empty.</summary>
    public static IEnumerable<InventoryRole> Read(OutputNode outputs, string network) => outputs["RoleNetHostnameMap"].Entries()
        .Where(role => role.Item.Map().Count > 0)
        .Select(role => new InventoryRole(role.Key, outputs, role.Item, network));

    public MapValue Group(InventoryOptions options, ConfigDownloadLayout layout)
    {
        if (_addresses[HostNetwork].List().Items.IsEmpty && !_addresses.IsNull)
        {
            _addresses[HostNetwork].Fail(
                $"has no addresses: Ansible could not reach the hosts of role {Name}", "Choose another host network, or give the role addresses on this one.");
        }

        var vars = new List<KeyValuePair<string, Value>>
        {
            new("ansible_ssh_user", options.SshUser),
            new("bootstrap_server_id", _bootstrapServer ?? Value.Null),
            new("tripleo_role_name", Name),
        };
        if (layout == ConfigDownloadLayout.Queens)
        {
            vars.Add(new("role_name", Name));
        }
        else
        {
            vars.Add(new("serial", 1));
            vars.Add(new("tripleo_role_networks", new ListValue([.. Networks.Select(network => (Value)network)])));
        }

        return new MapValue([new("hosts", Hosts(layout)), new("vars", new MapValue(vars))]);
    }

    private MapValue Hosts(ConfigDownloadLayout layout) =>
        new(_hosts.Select((host, index) => KeyValuePair.Create(host, (Value)new MapValue(Host(index, layout)))));

    private IEnumerable<KeyValuePair<string, Value>> Host(int index, ConfigDownloadLayout layout)
    {
        yield return new("ansible_host", _addresses[HostNetwork].At(index));
        if (!_ids.IsNull)
            yield return new("deploy_server_id", _ids[Name].At(index));
        foreach (var network in Networks)
            yield return new($"{network}_ip", _addresses[network].At(index));
        if (layout == ConfigDownloadLayout.Queens)
        {
            yield return new("enabled_networks", new ListValue([.. Networks.Select(network => (Value)network)]));
            yield break;
        }

        foreach (var network in _hostnames.Map().Keys)
            yield return new($"{network}_hostname", _hostnames[network].At(index));
    }
}
