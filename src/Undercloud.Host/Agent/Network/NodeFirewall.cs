using System.Security.Cryptography;
using System.Text;
using Undercloud.Deploy.Firewall;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>Loads the node's own nftables table atomically; other tables are not changed.</summary>
public sealed class NodeFirewall(NodeLayout layout, IProcessRunner processes)
{
    private static readonly string[] s_table = ["table", .. FirewallTable.Name.Split(' ')];
    private readonly OwnedStore _store = new(layout);

    /// <summary>Loads the table when it is missing, has other rules, or was changed after it was loaded.</summary>
    /// <param name="manifest">The desired state.</param>
    /// <param name="check">Whether to report the changes without making them.</param>
    /// <param name="stop">Cancels the run between two changes.</param>
    public async Task<NodeResult> ApplyAsync(NodeManifest manifest, bool check, CancellationToken stop)
    {
        var plan = new AgentPlan(_store.Load());
        if (manifest.Firewall is { } firewall)
        {
            if (manifest.Files.Files.FirstOrDefault(file => file.Path == firewall.File) is not { } wanted)
                plan.Refusals.Add($"The firewall's file {firewall.File} is not among the node's files.");
            else
                await LoadAsync(plan, firewall, wanted.Content, check, stop);
        }

        return check ? plan.Preview() : await plan.RunAsync(_store, removes: false, stop);
    }

    /// <summary>Removes the table when the tool owns it and it is no longer wanted.</summary>
    public async Task<NodeResult> PruneAsync(NodeManifest manifest, bool check, CancellationToken stop)
    {
        var plan = new AgentPlan(_store.Load());
        if (manifest.Firewall is null && plan.Before.Firewall is not null)
        {
            plan.Owned = plan.Owned with { Firewall = null };
            if (await ListAsync(stop) is not null)
                plan.Add(new("firewall", FirewallTable.Name, "remove"), async token => (await NftAsync(token, ["delete", .. s_table])).OrThrow());
        }

        return check ? plan.Preview() : await plan.RunAsync(_store, removes: true, stop);
    }

    private async Task LoadAsync(AgentPlan plan, FirewallEntry firewall, string rules, bool check, CancellationToken stop)
    {
        var loaded = await ListAsync(stop);
        var owned = plan.Before.Firewall;
        var reason = loaded is null ? "it is not loaded"
            : owned is null || owned.Rules != Digest(rules) ? "its rules differ"
            : owned.Loaded != Digest(loaded) ? "it was changed since it was loaded"
            : null;
        if (reason is null)
            return;
        if (!check && (await NftAsync(stop, "--version")).ExitCode == 127)
        {
            plan.Refusals.Add("nft, which loads the firewall, is not installed on this node. Install it (apt-get install nftables) and run this again.");
            return;
        }

        plan.Owned = plan.Owned with { Firewall = new(Digest(rules), null) };
        plan.Add(new("firewall", FirewallTable.Name, loaded is null ? "create" : "update", reason), async token =>
        {
            (await NftAsync(token, "-f", firewall.File)).OrThrow();

            // nft prints a table in its own spelling, so its listing right after loading is what later listings are compared with.
            plan.Owned = plan.Owned with { Firewall = new(Digest(rules), Digest(await ListAsync(token) ?? "")) };
            _store.Save(plan.Owned);
        });
    }

    // The listing without counters and other state; null without the table or without nft.
    private async Task<string?> ListAsync(CancellationToken stop)
    {
        var listed = await NftAsync(stop, ["--stateless", "list", .. s_table]);
        return listed.ExitCode == 127 || (!listed.Succeeded && listed.Error.Contains("No such file or directory", StringComparison.Ordinal)) ? null : listed.OrThrow().Output;
    }

    private Task<ProcessResult> NftAsync(CancellationToken stop, params string[] arguments) =>
        processes.RunAsync(CommandLine.Of("nft", arguments) with { Timeout = TimeSpan.FromSeconds(20) }, stop);

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
