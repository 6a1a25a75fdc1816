using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Checks;

/// <summary>A systemd unit with processes that run replaced files.</summary>
/// <param name="Name">The name of the unit.</param>
/// <param name="File">One of the replaced files.</param>
public sealed record StaleUnit(string Name, string File);

/// <summary>Which restarts became necessary on a node, because packages replaced what runs.</summary>
public sealed partial record DueRestarts
{
    // Nothing can restart these but the host: every service and session has a connection to dbus.
    private static readonly ImmutableArray<string> s_ofHost = ["dbus.service", "dbus-broker.service"];

    /// <summary>Why the whole host has to be restarted; none when it need not be.</summary>
    public ImmutableArray<string> Host { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The units to restart, in the order of their names.</summary>
    public ImmutableArray<StaleUnit> Units { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How many login sessions run replaced files.</summary>
    public int Sessions { get; init; }

    /// <summary>The restarts and their remedies in words; null when there is nothing to restart.</summary>
    public string? Text()
    {
        var sessions = Sessions == 0 ? "" : $"{Count(Sessions, "login session runs", "login sessions run")} replaced files until the logout.";
        if (!Host.IsEmpty)
            return $"restart the host (systemctl reboot): {string.Join("; ", Host)}.{(Units.IsEmpty ? "" : $" The restart also renews {Count(Units.Length, "unit that runs", "units that run")} replaced files.")}";
        if (Units.IsEmpty)
            return sessions.Length == 0 ? null : sessions;
        var units = string.Join(", ", Units.Select(unit => $"{unit.Name} ({Path.GetFileName(unit.File)})"));
        return $"{Count(Units.Length, "unit runs", "units run")} replaced files: {units}. Restart: systemctl restart {ShellWords.Join([.. Units.Select(unit => unit.Name)])}{(sessions.Length == 0 ? "" : $". {sessions}")}";
    }

    /// <summary>The restarts that follow from what a node has.</summary>
    /// <param name="running">The release of the running kernel, e.g. 6.1.0-18-amd64.</param>
    /// <param name="installed">The releases of the installed kernels.</param>
    /// <param name="required">The packages in /run/reboot-required.pkgs; null when no package asks for a restart.</param>
    /// <param name="processes">The processes that run replaced files.</param>
    public static DueRestarts Of(string running, IEnumerable<string> installed, IReadOnlyCollection<string>? required, IReadOnlyCollection<StaleProcess> processes)
    {
        var (host, units, sessions) = (new List<string>(), new SortedDictionary<string, string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        if (NewerKernel(running, installed) is { } newer)
            host.Add($"the kernel {newer} is installed, and {running} runs");
        if (required is not null)
            host.Add($"packages ask for it (/run/reboot-required){(required.Count == 0 ? "" : $": {string.Join(", ", required)}")}");
        foreach (var process in processes.OrderBy(process => process.Id))
        {
            var (unit, isSession) = UnitOf(process.ControlGroup);
            if (process.Id == 1 || s_ofHost.Contains(unit))
                host.Add($"{(process.Id == 1 ? "process 1" : unit)} runs a replaced {Path.GetFileName(process.File)}");
            else if (isSession)
                sessions.Add(unit);

            // The unit of a container has conmon, which only watches the container, and is renewed with it.
            else if (unit.Length > 0 && ContainerUnit.ContainerOf(unit) is null)
                units.TryAdd(unit, process.File);
        }

        return new() { Host = [.. host.Distinct()], Units = [.. units.Select(unit => new StaleUnit(unit.Key, unit.Value))], Sessions = sessions.Count };
    }

    /// <summary>The newest installed kernel of the running kernel's flavour, when it is newer than the running one.</summary>
    internal static string? NewerKernel(string running, IEnumerable<string> installed)
    {
        var flavour = Kernel().Match(running);
        return installed.Select(release => Kernel().Match(release))
            .Where(kernel => kernel.Success && flavour.Success && kernel.Groups["flavour"].Value == flavour.Groups["flavour"].Value)
            .Where(kernel => DebianVersion.Compare(kernel.Groups["version"].Value, flavour.Groups["version"].Value) > 0)
            .Aggregate((Match?)null, (newest, kernel) => newest is null || DebianVersion.Compare(kernel.Groups["version"].Value, newest.Groups["version"].Value) > 0 ? kernel : newest)?.Value;
    }

    // The service of a control group, or what of a login it belongs to; empty for a group of something else, such as a container's scope.
    private static (string Unit, bool IsSession) UnitOf(string controlGroup)
    {
        var parts = controlGroup.Split('/');
        return parts.Contains("user.slice")
            ? (parts.FirstOrDefault(part => part.EndsWith(".scope", StringComparison.Ordinal) || part.EndsWith(".service", StringComparison.Ordinal)) ?? "", true)
            : (parts.LastOrDefault(part => part.EndsWith(".service", StringComparison.Ordinal)) ?? "", false);
    }

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";

    // 6.1.0-18-cloud-amd64: the version, and the flavour from the first letter after a hyphen.
    [GeneratedRegex("^(?<version>.+?)-(?<flavour>[a-z].*)$")]
    private static partial Regex Kernel();
}
