using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Agent.Network;

/// <summary>Kernel settings: set at once, and restored by a prune. A file in /etc/sysctl.d sets them again at a reboot.</summary>
internal static class KernelPart
{
    private const string Forwarding = "net/ipv6/conf/all/forwarding";

    public static void Apply(AgentPlan plan, IReadOnlyDictionary<string, string> wanted, NodeLayout layout)
    {
        foreach (var (path, value) in wanted.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key.Replace('.', '/'), pair.Value)))
        {
            if (path == Forwarding && value == "1")
                KeepListening(plan, layout);
            if (Read(path, layout) is not { } now)
                plan.Refusals.Add($"This node's kernel has no setting {Name(path)}.");
            else if (now != value)
                Set(plan, path, now, value, layout);
        }
    }

    public static void Prune(AgentPlan plan, IReadOnlyDictionary<string, string> wanted, NodeLayout layout)
    {
        var stays = wanted.Keys.Select(name => name.Replace('.', '/')).ToHashSet();
        foreach (var (path, before) in plan.Before.KernelSettings.Where(pair => !stays.Contains(pair.Key) && !(stays.Contains(Forwarding) && IsListening(pair.Key))))
        {
            plan.Owned = plan.Owned with { KernelSettings = plan.Owned.KernelSettings.Remove(path) };
            if (Read(path, layout) is { } now && now != before)
                Write(plan, path, $"{before} again, was {now}", before, layout);
        }
    }

    // With forwarding, an interface accepts router advertisements only with accept_ra = 2; otherwise it would lose the default route that came with them
    // (Documentation/networking/ip-sysctl: accept_ra).
    private static void KeepListening(AgentPlan plan, NodeLayout layout)
    {
        var interfaces = Path.Combine(layout.KernelSettings, "net/ipv6/conf");
        if (!Directory.Exists(interfaces))
            return;
        foreach (var name in Directory.GetDirectories(interfaces).Select(Path.GetFileName).Order(StringComparer.Ordinal))
        {
            var path = $"net/ipv6/conf/{name}/accept_ra";
            if (name is not ("all" or "default" or "lo") && Read(path, layout) == "1")
                Set(plan, path, "1", "2", layout);
        }
    }

    private static bool IsListening(string path) => path.StartsWith("net/ipv6/conf/", StringComparison.Ordinal) && path.EndsWith("/accept_ra", StringComparison.Ordinal);

    private static void Set(AgentPlan plan, string path, string now, string value, NodeLayout layout)
    {
        if (!plan.Before.KernelSettings.ContainsKey(path))
            plan.Owned = plan.Owned with { KernelSettings = plan.Owned.KernelSettings.SetItem(path, now) };
        Write(plan, path, $"{value}, was {now}", value, layout);
    }

    private static void Write(AgentPlan plan, string path, string reason, string value, NodeLayout layout) =>
        plan.Add(new("kernel setting", Name(path), "update", reason), stop => File.WriteAllTextAsync(Path.Combine(layout.KernelSettings, path), value + "\n", stop));

    // The settings of an interface disappear with it.
    private static string? Read(string path, NodeLayout layout) =>
        File.Exists(Path.Combine(layout.KernelSettings, path)) ? File.ReadAllText(Path.Combine(layout.KernelSettings, path)).Trim() : null;

    private static string Name(string path) => path.Replace('/', '.');
}
