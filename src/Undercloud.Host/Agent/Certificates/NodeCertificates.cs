using Undercloud.Deploy.Manifests;
using Undercloud.Host.Files;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Certificates;

/// <summary>
/// Creates the certificates of a node's manifest and renews them before they expire, with the authority that signs them and the host's trust in the
/// authority. A container that uses a changed certificate gets a signal to reload it.
/// </summary>
public sealed class NodeCertificates(NodeLayout layout, IProcessRunner processes, TimeProvider time)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private readonly OwnedStore _store = new(layout);

    /// <summary>Creates missing certificates, and replaces those that expire soon or no longer match the manifest.</summary>
    /// <param name="manifest">The desired state.</param>
    /// <param name="check">Whether to report the changes without making them.</param>
    /// <param name="stop">Cancels the run between two changes.</param>
    public async Task<NodeResult> ApplyAsync(NodeManifest manifest, bool check, CancellationToken stop)
    {
        var plan = new AgentPlan(_store.Load());
        foreach (var group in manifest.Certificates.GroupBy(entry => (entry.Authority, entry.TrustAnchor)))
        {
            var authority = Authority(plan, group.Key.Authority);
            Trust(plan, group.Key.TrustAnchor, authority);
            foreach (var entry in group)
                Certificate(plan, entry, authority);
        }

        return check ? plan.Preview() : await plan.RunAsync(_store, removes: false, stop);
    }

    /// <summary>Plans the removal of owned certificates that are no longer wanted. The authority is in a state directory and stays with it.</summary>
    internal static void Prune(AgentPlan plan, IReadOnlyList<CertificateEntry> wanted, IProcessRunner processes)
    {
        foreach (var path in plan.Before.Certificates.Except(wanted.Select(entry => entry.Path)))
        {
            plan.Owned = plan.Owned with { Certificates = plan.Owned.Certificates.Remove(path) };
            Remove(plan, path);
            Remove(plan, Pending(path), isOurs: false);
        }

        foreach (var path in plan.Before.TrustAnchors.Except(wanted.Select(entry => entry.TrustAnchor)))
        {
            plan.Owned = plan.Owned with { TrustAnchors = plan.Owned.TrustAnchors.Remove(path) };
            Remove(plan, path);
            plan.Add(null, stop => UpdateTrustAsync(processes, stop, "--fresh"));
        }
    }

    private CertificateAuthority Authority(AgentPlan plan, string directory)
    {
        var path = Path.Combine(directory, "authority.pem");
        var now = time.GetUtcNow();
        var there = File.Exists(path) ? CertificateAuthority.TryRead(File.ReadAllText(path)) : null;
        if (there is not null && !there.IsAging(now))
            return there;
        if (there is null && File.Exists(path))
            plan.Refusals.Add($"{path} holds no readable certificate authority. Restore it from a backup, or remove it: then a new one is created, which clients on other hosts have to trust.");
        var authority = there?.Renewed(now) ?? CertificateAuthority.Create(now);
        plan.Add(
            there is null ? new("certificate authority", path, "create") : new("certificate authority", path, "update", "it expires before the certificates that it signs"),
            () => AtomicFile.WriteText(path, authority.ToPem()));
        return authority;
    }

    // update-ca-certificates(8) appends local certificates to the host's bundle.
    private void Trust(AgentPlan plan, string path, CertificateAuthority authority)
    {
        var certificate = authority.Certificate;
        plan.Owned = plan.Owned with { TrustAnchors = plan.Owned.TrustAnchors.Add(path) };
        var written = File.Exists(path) && File.ReadAllText(path) == certificate;
        if (!written)
            plan.Add(new("trust anchor", path, File.Exists(path) ? "update" : "create"), () => AtomicFile.WriteText(path, certificate, AtomicFile.Public));
        if (!written || !File.Exists(layout.TrustBundle) || !File.ReadAllText(layout.TrustBundle).Contains(certificate.TrimEnd(), StringComparison.Ordinal))
            plan.Add(written ? new("trust anchor", path, "update", "the host does not trust it") : null, stop => UpdateTrustAsync(processes, stop));
    }

    private void Certificate(AgentPlan plan, CertificateEntry entry, CertificateAuthority authority)
    {
        var now = time.GetUtcNow();
        plan.Owned = plan.Owned with { Certificates = plan.Owned.Certificates.Add(entry.Path) };
        var exists = File.Exists(entry.Path);
        var fault = exists ? CertificateText.Fault(File.ReadAllText(entry.Path), entry, authority, now) : null;
        var access = new PathAccess(entry.Uid, entry.Gid, entry.Mode);
        if (!exists || fault is not null)
        {
            plan.Add(new("certificate", entry.Path, exists ? "update" : "create", fault), () =>
            {
                // Marks that the container has not read the new certificate yet: after an interruption the next run sends the signal.
                AtomicFile.WriteText(Pending(entry.Path), "");
                NodeFile.Write(entry.Path, System.Text.Encoding.UTF8.GetBytes(authority.Issue(CertificateText.Hosts(entry), now)), access);
            });
        }
        else if (NodeFile.Difference(FileStatus.Of(entry.Path)!, access) is { } difference)
        {
            plan.Add(new("certificate", entry.Path, "update", difference), () => NodeFile.SetAccess(entry.Path, access));
        }

        if (!exists || fault is not null || File.Exists(Pending(entry.Path)))
            plan.Add(null, stop => ReloadAsync(entry, stop));
    }

    private async Task ReloadAsync(CertificateEntry entry, CancellationToken stop)
    {
        if (entry is { ReloadContainer: { } container, ReloadSignal: { } signal } && await RunsAsync(container, stop))
            (await processes.RunAsync(CommandLine.Of("podman", "kill", "--signal", signal, container) with { Timeout = s_limit }, stop)).OrThrow();
        File.Delete(Pending(entry.Path));
    }

    // A container that is not running reads the certificate at its start.
    private async Task<bool> RunsAsync(string container, CancellationToken stop)
    {
        var state = await processes.RunAsync(
            CommandLine.Of("podman", "container", "inspect", "--format", "{{.State.Running}}", container) with { Timeout = s_limit }, stop);
        return state.Succeeded && state.Output.Trim() == "true";
    }

    private static async Task UpdateTrustAsync(IProcessRunner processes, CancellationToken stop, params string[] options) =>
        (await processes.RunAsync(CommandLine.Of("update-ca-certificates", options) with { Timeout = s_limit }, stop)).OrThrow();

    private static void Remove(AgentPlan plan, string path, bool isOurs = true)
    {
        if (!File.Exists(path))
            return;
        plan.Gone.Add(path);
        plan.Add(isOurs ? new("file", path, "remove") : null, () => File.Delete(path));
    }

    private static string Pending(string path) => Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.unread");
}
