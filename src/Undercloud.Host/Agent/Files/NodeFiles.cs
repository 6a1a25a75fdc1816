using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent.Certificates;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Files;

/// <summary>Reconciles directories, files, blocks, host name and units of a node with its manifest, and prunes them.</summary>
public sealed class NodeFiles(NodeLayout layout, IProcessRunner processes)
{
    private readonly OwnedStore _store = new(layout);

    /// <summary>Creates and updates what differs from the manifest.</summary>
    /// <param name="manifest">The desired state.</param>
    /// <param name="check">Whether to report the changes, with diffs, without making them.</param>
    /// <param name="stop">Cancels the run between two changes.</param>
    public async Task<NodeResult> ApplyAsync(NodeManifest manifest, bool check, CancellationToken stop)
    {
        var files = manifest.Files;
        var plan = new AgentPlan(_store.Load());
        plan.Refusals.AddRange(ManifestChecks.Refusals(files));
        if (plan.Refusals.Count > 0)
            return plan.Preview();
        DirectoryPart.Apply(plan, files.Directories);
        FilePart.Apply(plan, files.Files, layout);
        BlockPart.Apply(plan, files.Blocks);
        new HostnamePart(layout, processes).Apply(plan, files.Hostname);
        await new UnitPart(layout, processes).ApplyAsync(plan, files, check, stop);
        return check ? plan.Preview() : await plan.RunAsync(_store, removes: false, stop);
    }

    /// <summary>Removes what the tool owns and the manifest no longer has; nothing foreign is removed.</summary>
    /// <param name="manifest">The desired state.</param>
    /// <param name="purge">Whether state directories and kept files are removed as well.</param>
    /// <param name="check">Whether to report the changes without making them.</param>
    /// <param name="stop">Cancels the run between two changes.</param>
    public async Task<NodeResult> PruneAsync(NodeManifest manifest, bool purge, bool check, CancellationToken stop)
    {
        var files = manifest.Files;
        var plan = new AgentPlan(_store.Load());
        var units = new UnitPart(layout, processes);
        await units.DisableAsync(plan, files, stop);
        FilePart.Prune(plan, files, purge, layout);
        BlockPart.Prune(plan, files);
        NodeCertificates.Prune(plan, manifest.Certificates, processes);
        DirectoryPart.Prune(plan, files, purge, new PurgeGuard(layout, files));
        units.Reload(plan);
        new HostnamePart(layout, processes).Prune(plan, files.Hostname);
        if (manifest.IsEmpty())
            ForgetCloud(plan);
        if (check)
            return plan.Preview();
        var result = await plan.RunAsync(_store, removes: true, stop);
        if (!result.Failed)
            _store.Tidy(plan.Owned, all: plan.Owned.IsEmpty && manifest.IsEmpty());

        // Keystone, which issued the tokens, is removed.
        if (!result.Failed && manifest.IsEmpty() && Directory.Exists(layout.RuntimeDirectory))
            File.Delete(layout.TokensFile);
        return result;
    }

    // The objects are in the cloud's database: when it is removed, they are gone; when it stays, a later installation finds them as owned.
    private static void ForgetCloud(AgentPlan plan)
    {
        if (!plan.Owned.Directories.Values.Any(directory => directory.State))
            plan.Owned = plan.Owned with { Cloud = plan.Owned.Cloud.Clear() };
    }
}
