using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent.Network;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>Finds out which objects of ours no step wants any more.</summary>
internal static class CloudRemoval
{
    // The reverse of the order in which they need each other. Domains stay: what is in them is others' data.
    private static readonly (string Kind, string Path)[] s_order =
    [
        ("assignment", ""), ("domain-assignment", ""), ("endpoint", "/v3/endpoints"), ("service", "/v3/services"), ("user", "/v3/users"),
        ("domain-user", "/v3/users"),
        ("project", "/v3/projects"), ("role", "/v3/roles"), ("region", "/v3/regions"),
    ];

    public static void Add(AgentPlan plan, CloudInventory inventory, KeystoneClient keystone, IEnumerable<CloudManifest> wanted)
    {
        foreach (var (name, owned, path) in Stale(plan, wanted))
        {
            plan.Owned = plan.Owned with { Cloud = plan.Owned.Cloud.Remove(name) };
            if (Target(inventory, owned, path) is { } target)
                plan.Add(new(owned.Kind, owned.Name, "remove"), stop => keystone.DeleteAsync(target, stop));
        }
    }

    /// <summary>Whether Keystone has to be asked: an object of ours is in no step any more.</summary>
    public static bool IsNeeded(AgentPlan plan, IEnumerable<CloudManifest> wanted) => Stale(plan, wanted).Count > 0;

    private static List<(string Name, OwnedCloudObject Owned, string Path)> Stale(AgentPlan plan, IEnumerable<CloudManifest> wanted)
    {
        var stays = wanted.SelectMany(Keys).Select(key => key.ToString()).ToHashSet();
        return [.. s_order.SelectMany(order => plan.Before.Cloud.Where(pair => pair.Value.Kind == order.Kind && !stays.Contains(pair.Key)).Select(pair => (pair.Key, pair.Value, order.Path)))];
    }

    // Null when it is gone, or when another has taken its name.
    private static string? Target(CloudInventory inventory, OwnedCloudObject owned, string path)
    {
        var key = new CloudKey(owned.Kind, owned.Name);
        if (path.Length == 0)
            return inventory.IsAssigned(key) ? inventory.AssignmentPath(key) : null;

        var ids = inventory.All(key).Select(found => CloudInventory.Text(found, "id"));
        return ids.FirstOrDefault(id => owned.Id is null || owned.Id == id) is { } target ? $"{path}/{Uri.EscapeDataString(target)}" : null;
    }

    private static IEnumerable<CloudKey> Keys(CloudManifest cloud) =>
    [
        .. cloud.Roles.Concat(cloud.Users.SelectMany(user => user.Roles)).Select(CloudKey.Role),
        .. cloud.Projects.Concat(CloudPlan.ProjectsOf(cloud)).Select(CloudKey.Project),
        .. cloud.Users.Select(CloudKey.User),
        .. cloud.Users.SelectMany(user => user.Roles.Select(role => CloudKey.Assignment(user, role))),
        .. cloud.Services.Select(service => CloudKey.Service(service.Type, service.Name)),
        .. cloud.Services.SelectMany(service =>
            service.Endpoints.Keys.Select(side => CloudKey.Endpoint(service.Type, service.Name, side, cloud.Region))),
        .. cloud.Services.Count > 0 ? [CloudKey.Region(cloud.Region)] : Array.Empty<CloudKey>(),
    ];
}
