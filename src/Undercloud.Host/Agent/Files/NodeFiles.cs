using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent.Certificates;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Files;

/// <summary>Brings directories, files, blocks, host name and units of a node to what its manifest says, and removes what it no longer says.</summary>
public sealed class NodeFiles(NodeLayout layout, IProcessRunner processes)
{
    private readonly OwnedStore _store = new(layout);

    /// <summary>Makes and updates; what is as it should be is not touched.</summary>
    /// <param name="manifest">What is wanted.</param>
    /// <param name="check">Only say what would change, with diffs.</param>
    /// <param name="stop">Ends it between two changes.</param>
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

    /// <summary>Removes what is owned and no longer wanted; everything that is not ours stays.</summary>
    /// <param name="manifest">What is wanted.</param>
    /// <param name="purge">State directories and kept files go as well.</param>
    /// <param name="check">Only say what would change.</param>
    /// <param name="stop">Ends it between two changes.</param>
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

        // Keystone, which issued them, is gone.
        if (!result.Failed && manifest.IsEmpty() && Directory.Exists(layout.RuntimeDirectory))
            File.Delete(layout.TokensFile);
        return result;
    }

    // The cloud's objects live in its database: without that they are gone, with it a later installation finds them as ours.
    private static void ForgetCloud(AgentPlan plan)
    {
        if (!plan.Owned.Directories.Values.Any(directory => directory.State))
            plan.Owned = plan.Owned with { Cloud = plan.Owned.Cloud.Clear() };
    }
}
