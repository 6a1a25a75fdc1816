using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>Finds out what has to be made or changed at Keystone.</summary>
internal sealed class CloudPlan(AgentPlan plan, CloudInventory inventory, KeystoneClient keystone)
{
    private readonly CloudOwnership _ownership = new(plan);

    /// <summary>Plans one step's objects, in the order in which they need each other.</summary>
    /// <param name="cloud">What is wanted.</param>
    /// <param name="reachable">False while there is no Keystone yet: then nobody's password is tried.</param>
    /// <param name="stop">Ends the asking.</param>
    public async Task AddAsync(CloudManifest cloud, bool reachable, CancellationToken stop)
    {
        foreach (var role in cloud.Roles.Concat(cloud.Users.SelectMany(user => user.Roles)).Distinct(StringComparer.OrdinalIgnoreCase))
            Named(CloudKey.Role(role), "/v3/roles", new() { ["name"] = role });
        foreach (var project in cloud.Projects.Concat(ProjectsOf(cloud)).Distinct(StringComparer.OrdinalIgnoreCase))
            Named(CloudKey.Project(project), "/v3/projects", new() { ["name"] = project, ["domain_id"] = "default" });
        foreach (var domain in DomainsOf(cloud))
            Domain(domain);
        foreach (var (user, isAccepted) in cloud.Users.Zip(reachable ? await AcceptedAsync(cloud.Users, stop) : [.. cloud.Users.Select(_ => true)]))
            User(user, isAccepted);
        if (cloud.Services.Count > 0)
            Named(CloudKey.Region(cloud.Region), "/v3/regions", new() { ["id"] = cloud.Region });
        foreach (var service in cloud.Services)
            Service(service, cloud.Region);
    }

    /// <summary>The projects of users in the domain Default.</summary>
    public static IEnumerable<string> ProjectsOf(CloudManifest cloud) => cloud.Users.Where(user => user.Domain is null).Select(user => user.Project);

    private static IEnumerable<string> DomainsOf(CloudManifest cloud) =>
        cloud.Domains.Concat(cloud.Users.Select(user => user.Domain).OfType<string>()).Distinct(StringComparer.OrdinalIgnoreCase);

    private void Domain(string name)
    {
        var key = CloudKey.Domain(name);
        if (!Adopt(key))
            Create(key, "/v3/domains", () => new() { ["name"] = name, ["enabled"] = true });
        else if (CloudInventory.IsDisabled(inventory.Find(key)!))
            Update(key, "/v3/domains", "was disabled", new() { ["enabled"] = true });
    }

    private void Named(CloudKey key, string path, JsonObject fields)
    {
        if (!Adopt(key))
            Create(key, path, () => fields);
    }

    // Whether Keystone takes each user's password. Several at a time: a login keeps one of its workers busy. Who is not there yet is not asked about, and
    // a login cannot tell whether the password of a disabled user is right.
    private async Task<bool[]> AcceptedAsync(IEnumerable<CloudUser> users, CancellationToken stop)
    {
        using var gate = new SemaphoreSlim(Math.Clamp(Environment.ProcessorCount, 2, 4));
        return await Task.WhenAll(users.Select(async user =>
        {
            if (inventory.Find(CloudKey.User(user)) is not { } found || CloudInventory.IsDisabled(found))
                return true;
            await gate.WaitAsync(stop);
            try
            {
                return await keystone.AcceptsAsync(user, CloudInventory.Text(found, "id"), stop);
            }
            finally
            {
                gate.Release();
            }
        }));
    }

    private void User(CloudUser user, bool isAccepted)
    {
        var key = CloudKey.User(user);
        if (!Adopt(key))
        {
            Create(key, "/v3/users", () => new()
            {
                ["name"] = user.Name,
                ["domain_id"] = user.Domain is { } domain ? inventory.NeedId(CloudKey.Domain(domain)) : "default",
                ["password"] = user.Password,
                ["enabled"] = true,
            });
        }
        else if (CloudInventory.IsDisabled(inventory.Find(key)!))
        {
            Update(key, "/v3/users", "was disabled", new() { ["enabled"] = true, ["password"] = user.Password });
        }
        else if (!isAccepted)
        {
            Update(key, "/v3/users", "password differs", new() { ["password"] = user.Password });
        }

        foreach (var missing in user.Roles.Select(role => CloudKey.Assignment(user, role)).Where(assignment => !inventory.IsAssigned(assignment)))
            Assign(missing);
    }

    private void Assign(CloudKey key)
    {
        _ownership.Own(key, id: null);
        plan.Add(new(key.Kind, key.Name, "create"), stop => keystone.CallAsync(HttpMethod.Put, inventory.AssignmentPath(key), null, stop));
    }

    private void Service(CloudService service, string region)
    {
        var key = CloudKey.Service(service.Type, service.Name);
        if (!Adopt(key))
        {
            Create(key, "/v3/services", () => new()
            {
                ["type"] = service.Type,
                ["name"] = service.Name,
                ["description"] = service.Description,
            });
        }
        else if (inventory.Find(key)!.AsObject() is var found
            && (CloudInventory.IsDisabled(found) || CloudInventory.Text(found, "description") != service.Description))
        {
            Update(key, "/v3/services", CloudInventory.IsDisabled(found) ? "was disabled" : "description differs", new()
            {
                ["description"] = service.Description,
                ["enabled"] = true,
            });
        }

        foreach (var (side, url) in service.Endpoints.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Endpoint(service, key, side, url, region);
    }

    private void Endpoint(CloudService service, CloudKey of, string side, string url, string region)
    {
        var key = CloudKey.Endpoint(service.Type, service.Name, side, region);
        if (!Adopt(key))
        {
            Create(key, "/v3/endpoints", () => new()
            {
                ["service_id"] = inventory.NeedId(of),
                ["interface"] = side,
                ["region_id"] = region,
                ["url"] = url,
                ["enabled"] = true,
            });
        }
        else if (inventory.Find(key)! is var found
            && (CloudInventory.Text(found, "url") != url || CloudInventory.IsDisabled(found)))
        {
            var reason = CloudInventory.Text(found, "url") is var old && old != url ? $"url {url}, was {old}" : "was disabled";
            Update(key, "/v3/endpoints", reason, new() { ["url"] = url, ["enabled"] = true });
        }
    }

    private bool Adopt(CloudKey key)
    {
        var found = inventory.All(key);
        if (found.Count > 1)
        {
            plan.Notes.Add($"Keystone has {found.Count} of the {key.Kind} {key.Name}: the first one ({inventory.IdOf(key)}) is looked after; "
                + $"remove the others ({string.Join(", ", found.Skip(1).Select(other => CloudInventory.Text(other, "id")))}).");
        }

        if (inventory.IdOf(key) is not { } id)
            return false;
        _ownership.Adopt(key, id);
        return true;
    }

    private void Create(CloudKey key, string path, Func<JsonObject> fields)
    {
        _ownership.Own(key, id: null);
        plan.Add(new(key.Kind, key.Name, "create"), async stop =>
        {
            var made = await keystone.CreateAsync(path, key.Resource, fields(), stop);
            inventory.Add(key, made);
            _ownership.Own(key, CloudInventory.Text(made, "id"));
        });
    }

    private void Update(CloudKey key, string path, string reason, JsonObject fields)
    {
        var id = inventory.NeedId(key);
        plan.Add(
            new(key.Kind, key.Name, "update", reason),
            stop => keystone.CallAsync(HttpMethod.Patch, $"{path}/{Uri.EscapeDataString(id)}", new() { [key.Resource] = fields }, stop));
    }
}
