using System.Collections.Immutable;
using Undercloud.Host.Files;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Files;

/// <summary>The node's host name: in /etc/hostname and in the kernel.</summary>
internal sealed class HostnamePart(NodeLayout layout, IProcessRunner processes)
{
    public void Apply(AgentPlan plan, string? wanted)
    {
        if (wanted is null)
            return;
        var (configured, running) = (Configured(), Running());
        var before = plan.Before.Hostname;
        var isSet = configured == wanted && running == wanted;
        if (isSet && before?.Name == wanted)
            return;

        // A name that the host already has is recorded as well: services register under it, and leave entries behind when it changes.
        var previous = isSet ? wanted : before?.Previous ?? configured ?? running;
        var former = Former(before, [configured, running, before?.Name, before?.Previous], wanted);

        // A name under which the tool's services ran until now is waited for again, even if an earlier wait was in vain.
        var waited = former.Intersect(before?.Waited ?? []).Except(new[] { configured, running, before?.Name }.OfType<string>());
        plan.Owned = plan.Owned with { Hostname = new(wanted, previous) { Former = former, Waited = waited } };
        if (!isSet)
            plan.Add(new("hostname", wanted, "update", $"was {configured ?? running}"), stop => SetAsync(wanted, stop));
    }

    // An interrupted run may have set only one of the two names.
    private static ImmutableSortedSet<string> Former(OwnedHostname? before, IEnumerable<string?> names, string wanted) =>
        (before?.Former ?? []).Union(names.OfType<string>()).Remove(wanted);

    public void Prune(AgentPlan plan, string? wanted)
    {
        if (wanted is not null || plan.Before.Hostname is not { } owned)
            return;
        plan.Owned = plan.Owned with { Hostname = null };
        if (owned.Previous == owned.Name)
            return;
        if ((Configured() ?? Running()) == owned.Name)
            plan.Add(new("hostname", owned.Previous, "update", "the previous name is restored"), stop => SetAsync(owned.Previous, stop));
        else
            plan.Notes.Add($"The host name stays {Configured() ?? Running()}: it is not the one that this tool set.");
    }

    // hostnamectl needs D-Bus, and it fails where /etc/hostname is a mount point, as in a container.
    internal async Task SetAsync(string name, CancellationToken stop)
    {
        if (layout.SystemdRuns)
            await processes.RunAsync(CommandLine.Of("hostnamectl", "set-hostname", name) with { Timeout = TimeSpan.FromSeconds(30) }, stop);
        if (Configured() != name)
        {
            NodeFile.Write(
                layout.HostnameFile,
                System.Text.Encoding.UTF8.GetBytes(name + "\n"),
                FileStatus.Of(layout.HostnameFile) is { } status ? NodeFile.AccessOf(status) : new(0, 0, "0644"));
        }

        if (Running() != name)
            File.WriteAllText(layout.KernelHostname, name);
    }

    private string? Configured() => File.Exists(layout.HostnameFile)
        ? File.ReadLines(layout.HostnameFile).Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0 && !line.StartsWith('#'))
        : null;

    private string Running() => File.ReadAllText(layout.KernelHostname).Trim();
}
