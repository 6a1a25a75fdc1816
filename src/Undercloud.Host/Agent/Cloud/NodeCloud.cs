using Undercloud.Deploy.Manifests;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>
/// Makes what a manifest names at Keystone, and at the services its catalogue leads to: networks, flavors and the like. What is there already is adopted, not owned:
/// only what was made here is removed again.
/// </summary>
/// <param name="layout">Where the node keeps what it owns.</param>
/// <param name="handler">Makes the connections.</param>
/// <param name="isHere">Whether the host of a URL is this node.</param>
/// <param name="time">For waiting.</param>
public sealed class NodeCloud(NodeLayout layout, Func<HttpMessageHandler> handler, Predicate<Uri> isHere, TimeProvider time)
{
    private const int Attempts = 3;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly OwnedStore _store = new(layout);
    private readonly KeptTokens _tokens = new(layout.TokensFile, time);

    /// <summary>Makes and updates one step's objects.</summary>
    /// <param name="manifest">What is wanted.</param>
    /// <param name="step">The deployment step whose objects are meant; a step without any changes nothing.</param>
    /// <param name="check">
    /// Only say what would change; a Keystone that does not run yet counts as empty. Before an installation nothing is asked over the network.
    /// </param>
    /// <param name="stop">Ends it between two objects.</param>
    public async Task<NodeResult> ApplyAsync(NodeManifest manifest, int step, bool check, CancellationToken stop)
    {
        if (manifest.Cloud.GetValueOrDefault(step) is not { } cloud || cloud.IsEmpty())
            return new(false, []);
        if (cloud.Login is null)
            return Failed($"The manifest names objects in the cloud for step {step}, and no login to make them with.");

        // A conflict says that somebody has made the same thing since it was looked for: it is looked for again, and adopted.
        var changes = new List<NodeChange>();
        for (var attempt = 1; ; attempt++)
        {
            var plan = new AgentPlan(_store.Load());
            var result = await ApplyAsync(plan, cloud, cloud.Login, check, stop);
            changes.AddRange(result.Changes);
            if (!plan.Conflicted || attempt == Attempts)
                return result with { Changed = changes.Count > 0, Changes = changes };
        }
    }

    private async Task<NodeResult> ApplyAsync(AgentPlan plan, CloudManifest cloud, CloudLogin login, bool check, CancellationToken stop)
    {
        using var keystone = Client(login, check);
        try
        {
            var inventory = check && !MayHaveCloud(plan, login) ? null : await InventoryAsync(plan, keystone, cloud, check, stop);
            await new CloudPlan(plan, inventory ?? CloudInventory.Empty(), keystone).AddAsync(cloud, inventory is not null, stop);
            if (inventory is null)
                ResourcePlan.AddAll(plan, cloud.Resources);
            else
                await new ResourcePlan(plan, keystone, cloud.Region, check).AddAsync(cloud.Resources, stop);
            return check ? plan.Preview() : await RunAsync(plan, removes: false, stop);
        }
        catch (CloudException exception) when (check && exception.Unreachable)
        {
            return new(false, []) { Notes = [$"Keystone does not answer, so what is in the cloud is not compared: {exception.Message}"] };
        }
        catch (CloudException exception)
        {
            return Failed(exception.Message);
        }
    }

    /// <summary>
    /// Removes the objects that are ours and that no step of the manifest wants any more, and what the node's services have left behind under
    /// names that it had before.
    /// </summary>
    /// <param name="manifest">What is wanted. Without a login nothing is asked: the cloud goes with its services.</param>
    /// <param name="step">The step whose login is used, or any other's when it has none.</param>
    /// <param name="check">Only say what would be removed.</param>
    /// <param name="stop">Ends it between two objects.</param>
    public async Task<NodeResult> PruneAsync(NodeManifest manifest, int step, bool check, CancellationToken stop)
    {
        var plan = new AgentPlan(_store.Load());
        var login = manifest.Cloud.GetValueOrDefault(step)?.Login ?? manifest.Cloud.Values.Select(cloud => cloud.Login).FirstOrDefault(l => l is not null);
        if (login is null || (check && !MayHaveCloud(plan, login)))
            return new(false, []);
        using var keystone = Client(login, check);
        var (resources, isFormer) = (new ResourceRemoval(plan, keystone, [.. manifest.Cloud.Values]), FormerHosts.IsNeeded(plan));
        var isStale = CloudRemoval.IsNeeded(plan, manifest.Cloud.Values);
        if (!isStale && !isFormer && !resources.IsNeeded)
            return new(false, []);
        try
        {
            await keystone.LoginAsync(stop);
            var domainUsers = plan.Before.Cloud.Values.Where(owned => owned.Kind == "domain-user").Select(owned => new CloudKey(owned.Kind, owned.Name));
            await resources.AddAsync(stop);
            if (isStale)
                CloudRemoval.Add(plan, await CloudInventory.ReadAsync(keystone, domainUsers, stop), keystone, manifest.Cloud.Values);
            await new FormerHosts(plan, keystone, [.. manifest.Cloud.Values], check, time).AddAsync(stop);
            if (check)
                return plan.Preview();

            // With the users that go, their tokens go.
            if (plan.Steps.Count > 0)
                _tokens.Forget();
            return await RunAsync(plan, removes: true, stop);
        }
        catch (CloudException exception) when (check && exception.Unreachable)
        {
            return new(false, []) { Notes = [$"Keystone does not answer, so what is no longer wanted there is not known: {exception.Message}"] };
        }
        catch (CloudException exception)
        {
            return Failed(exception.Message);
        }
    }

    // Before an installation, in one that has not come to the network yet, and after an uninstall that keeps the data, the address of Keystone may be
    // anybody's: a preview does not tell them a password. Without an address here, units say that the node is installed: an uninstall leaves none.
    private bool MayHaveCloud(AgentPlan plan, CloudLogin login) =>
        (!plan.Before.IsEmpty && Uri.TryCreate(login.Url, UriKind.Absolute, out var url) && isHere(url)) || (!plan.Before.Cloud.IsEmpty && !plan.Before.Units.IsEmpty);

    // A preview of a first installation has no Keystone to ask. Where something was made before, one that does not answer says nothing about it.
    private static async Task<CloudInventory?> InventoryAsync(
        AgentPlan plan, KeystoneClient keystone, CloudManifest cloud, bool check, CancellationToken stop)
    {
        try
        {
            await keystone.LoginAsync(stop);
            if ((cloud with { Resources = new() }).IsEmpty())
                return CloudInventory.Empty();
            return await CloudInventory.ReadAsync(keystone, cloud.Users.Where(user => user.Domain is not null).Select(CloudKey.User), stop);
        }
        catch (CloudException exception) when (check && exception.Unreachable && plan.Before.Cloud.IsEmpty)
        {
            plan.Notes.Add($"Keystone does not answer, so nothing is taken to be there: {exception.Message}");
            return null;
        }
    }

    // The ids of what was made are known only afterwards: they are recorded even when a later object fails.
    private async Task<NodeResult> RunAsync(AgentPlan plan, bool removes, CancellationToken stop)
    {
        try
        {
            return await plan.RunAsync(_store, removes, stop);
        }
        finally
        {
            if (!removes)
                _store.Save(plan.Owned);
        }
    }

    private KeystoneClient Client(CloudLogin login, bool check) =>
        new(handler(), login, check ? TimeSpan.Zero : s_patience, time) { Kept = _tokens };

    private static NodeResult Failed(string message) => new(false, [], Failed: true, message);
}
