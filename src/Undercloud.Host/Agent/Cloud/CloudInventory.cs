using System.Text.Json.Nodes;
using Undercloud.Host.Agent.Network;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>What Keystone holds, read once; objects made later are added.</summary>
internal sealed class CloudInventory
{
    private static readonly (string Path, string Collection)[] s_lists =
    [
        ("/v3/roles", "roles"), ("/v3/projects?domain_id=default", "projects"), ("/v3/users?domain_id=default", "users"), ("/v3/domains", "domains"),
        ("/v3/regions", "regions"), ("/v3/services", "services"), ("/v3/endpoints", "endpoints"), ("/v3/role_assignments", "role_assignments"),
    ];

    private readonly Dictionary<CloudKey, List<JsonObject>> _objects = [];
    private readonly HashSet<(string User, string Target, string Role)> _assignments = [];

    /// <summary>The empty one: a Keystone that is not there yet.</summary>
    public static CloudInventory Empty() => new();

    /// <summary>Reads it all; of other domains than Default only the users that are asked for, since Heat makes one for many a resource.</summary>
    public static async Task<CloudInventory> ReadAsync(KeystoneClient keystone, IEnumerable<CloudKey> domainUsers, CancellationToken stop)
    {
        // None of the lists depends on another.
        var lists = await Task.WhenAll(s_lists.Select(list => keystone.ListAsync(list.Path, list.Collection, stop)));
        var found = s_lists.Zip(lists).ToDictionary(pair => pair.First.Collection, pair => pair.Second, StringComparer.Ordinal);
        var inventory = new CloudInventory();
        foreach (var role in found["roles"])
            inventory.Add(CloudKey.Role(Text(role, "name")), role);
        foreach (var project in found["projects"])
            inventory.Add(CloudKey.Project(Text(project, "name")), project);
        foreach (var user in found["users"])
            inventory.Add(CloudKey.User(Text(user, "name")), user);
        foreach (var domain in found["domains"])
            inventory.Add(CloudKey.Domain(Text(domain, "name")), domain);
        foreach (var wanted in domainUsers.Distinct())
            await inventory.AddDomainUserAsync(wanted, keystone, stop);
        foreach (var region in found["regions"])
            inventory.Add(CloudKey.Region(Text(region, "id")), region);
        foreach (var service in found["services"])
            inventory.Add(CloudKey.Service(Text(service, "type"), Text(service, "name")), service);
        foreach (var endpoint in found["endpoints"])
            inventory.AddEndpoint(endpoint, found["services"]);
        foreach (var assignment in found["role_assignments"])
            inventory.AddAssignment(assignment);
        return inventory;
    }

    /// <summary>All objects with that key, ordered by id: more than one are duplicates.</summary>
    public IReadOnlyList<JsonObject> All(CloudKey key) => _objects.GetValueOrDefault(key) ?? [];

    public JsonObject? Find(CloudKey key) => All(key) is [var first, ..] ? first : null;

    public string? IdOf(CloudKey key) => Find(key) is { } found ? Text(found, "id") : null;

    /// <summary>The id of an object that is there or was just made.</summary>
    public string NeedId(CloudKey key) => IdOf(key) ?? throw new CloudException($"The {key.Kind} {key.Name} is not at Keystone any more.");

    public void Add(CloudKey key, JsonObject found)
    {
        if (!_objects.TryGetValue(key, out var same))
            _objects[key] = same = [];
        same.Add(found);
        same.Sort((one, other) => string.CompareOrdinal(Text(one, "id"), Text(other, "id")));
    }

    public bool IsAssigned(CloudKey assignment)
    {
        var (user, target, role) = PartsOf(assignment);
        return IdOf(user) is { } userId && IdOf(target) is { } targetId && IdOf(role) is { } roleId
            && _assignments.Contains((userId, targetId, roleId));
    }

    /// <summary>Where an assignment is made and removed.</summary>
    public string AssignmentPath(CloudKey assignment)
    {
        var (user, target, role) = PartsOf(assignment);
        return $"/v3/{target.Kind}s/{NeedId(target)}/users/{NeedId(user)}/roles/{NeedId(role)}";
    }

    public static string Text(JsonObject from, string name) => from[name]?.ToString() ?? "";

    public static bool IsDisabled(JsonObject found) => found["enabled"] is JsonValue value && value.TryGetValue<bool>(out var enabled) && !enabled;

    private static (CloudKey User, CloudKey Target, CloudKey Role) PartsOf(CloudKey assignment)
    {
        var names = assignment.Name.Split('/');
        return assignment.Kind == "domain-assignment"
            ? (CloudKey.DomainUser(names[1], names[0]), CloudKey.Domain(names[1]), CloudKey.Role(names[2]))
            : (CloudKey.User(names[0]), CloudKey.Project(names[1]), CloudKey.Role(names[2]));
    }

    private async Task AddDomainUserAsync(CloudKey wanted, KeystoneClient keystone, CancellationToken stop)
    {
        var names = wanted.Name.Split('/');
        if (IdOf(CloudKey.Domain(names[0])) is not { } domain)
            return;
        var path = $"/v3/users?domain_id={Uri.EscapeDataString(domain)}&name={Uri.EscapeDataString(names[1])}";
        foreach (var user in await keystone.ListAsync(path, "users", stop))
            Add(wanted, user);
    }

    private void AddEndpoint(JsonObject endpoint, List<JsonObject> services)
    {
        if (services.FirstOrDefault(service => Text(service, "id") == Text(endpoint, "service_id")) is { } service)
        {
            Add(
                CloudKey.Endpoint(Text(service, "type"), Text(service, "name"), Text(endpoint, "interface"), Text(endpoint, "region_id")),
                endpoint);
        }
    }

    // Groups, the system and what is inherited are not ours to make.
    private void AddAssignment(JsonObject assignment)
    {
        if (assignment["user"]?["id"] is { } user && (assignment["scope"]?["project"] ?? assignment["scope"]?["domain"])?["id"] is { } target
            && assignment["scope"]?["OS-INHERIT:inherited_to"] is null && assignment["role"]?["id"] is { } role)
            _assignments.Add((user.ToString(), target.ToString(), role.ToString()));
    }
}
