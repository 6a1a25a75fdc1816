using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>A server of the stack. <paramref name="Name"/> is its short host name, in lower case.</summary>
internal sealed record Server(string Id, string Name, string Role);

/// <summary>
/// The servers of a stack, from the outputs ServerIdData and RoleNetHostnameMap. Servers without an id (blacklisted ones) are not among them.
/// </summary>
internal sealed class ServerList
{
    // tripleo-common has this network's name as a constant here; only the inventory can use another one.
    private const string HostNetwork = "ctlplane";

    private readonly Dictionary<string, Server> _byId = new(StringComparer.Ordinal);

    private ServerList(IEnumerable<Server> servers)
    {
        foreach (var server in servers)
            _byId[server.Id] = server;
        All = [.. _byId.Values];
    }

    public ImmutableArray<Server> All { get; }

    public Server? Of(string id) => _byId.GetValueOrDefault(id);

    public static ServerList Read(OutputNode outputs) =>
        new(Servers(outputs["RoleNetHostnameMap"].Required(), outputs["ServerIdData"].Required()["server_ids"]));

    /// <summary>A host's name without network and domain.</summary>
    public static string ShortName(string name, string network)
    {
        var end = name.IndexOf($".{network}.", StringComparison.Ordinal);
        return (end < 0 ? name : name[..end]).ToLowerInvariant();
    }

    private static IEnumerable<Server> Servers(OutputNode roles, OutputNode ids)
    {
        if (ids.IsNull)
            yield break;
        var roleOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (role, list) in ids.Entries())
        {
            foreach (var id in list.List().Items.OfType<StringValue>())
                roleOf.TryAdd(id.Text, role);
        }

        foreach (var (role, networks) in roles.Entries())
        {
            var index = 0;
            foreach (var name in networks[HostNetwork].Texts())
            {
                if (ids[role].At(index++) is StringValue { Text: var id })
                    yield return new(id, ShortName(name, HostNetwork), roleOf[id]);
            }
        }
    }
}
