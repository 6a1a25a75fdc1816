using System.Text;

namespace Undercloud.Deploy.Containers;

/// <summary>The systemd unit that starts and stops a container by its name. It holds no configuration, so it holds no secrets.</summary>
public static class ContainerUnit
{
    private const string Prefix = "tripleo_";
    private const string Suffix = ".service";
    private const string SocketSuffix = ".socket";
    private const string Stream = "ListenStream=";
    private const string OwnerSection = "[X-Undercloud]";

    public static string NameOf(string container) => $"{Prefix}{container}{Suffix}";

    /// <summary>The socket unit of a container's service.</summary>
    public static string SocketNameOf(string container) => $"{Prefix}{container}{SocketSuffix}";

    /// <summary>
    /// The name under which a new container is created beside the one that it will replace. The unit gives it the container's name at its next start.
    /// </summary>
    public static string NextOf(string container) => $"{container}.next";

    /// <summary>
    /// The unit that starts the new container of a service beside the former one, with the same sockets. It exists only until the new container belongs to
    /// the service's own unit.
    /// </summary>
    public static string NextUnitOf(string container) => $"undercloud-next-{container}{Suffix}";

    /// <summary>The text of this unit. It has no main process: conmon leaves it for the service's unit, and the unit then ends without a process to stop.</summary>
    public static string NextText(string container) =>
        $"[Unit]\nDescription=New container {container} beside the former one\nStartLimitIntervalSec=0\n\n"
        + $"[Service]\nType=forking\nGuessMainPID=no\nSockets={SocketNameOf(container)}\nTimeoutStartSec=120\nExecStart=/usr/bin/podman start {NextOf(container)}\n";

    /// <summary>The container of a unit, or null when the unit is no container's.</summary>
    public static string? ContainerOf(string unit) =>
        unit.StartsWith(Prefix, StringComparison.Ordinal) && unit.EndsWith(Suffix, StringComparison.Ordinal) && unit.Length > Prefix.Length + Suffix.Length
            ? unit[Prefix.Length..^Suffix.Length]
            : null;

    /// <summary>Where conmon writes its process id.</summary>
    public static string PidFile(string container, string runDirectory) => $"{runDirectory}/{Prefix}{container}.pid";

    /// <summary>Whether the unit starts at boot: units with a restart policy do.</summary>
    public static bool IsEnabled(ContainerSpec spec) => spec.Restart != RestartPolicy.No;

    /// <summary>
    /// The unit's text. conmon stays in the unit's control group and is its main process, so that systemd notices the container's end.
    /// The unit of a service whose new container runs beside the former one is delegated, which systemd requires of a unit that takes over a process.
    /// There is no start limit: a container that fails is restarted for as long as the host runs.
    /// </summary>
    public static string Text(ContainerSpec spec, ContainerPlacement placement)
    {
        var after = string.Join("", spec.DependsOn.Select(unit => $" {unit}"));
        var socket = spec.Listen.IsEmpty ? "" : SocketNameOf(spec.Name);
        var text = new StringBuilder();
        text.Append($"[Unit]\nDescription=Container {spec.Name}\n");
        text.Append($"After=network-online.target undercloud-network.service{after}\nWants=network-online.target undercloud-network.service{after}\n");
        if (socket.Length > 0)
            text.Append($"Requires={socket}\nAfter={socket}\n");
        text.Append("StartLimitIntervalSec=0\n\n");
        text.Append($"[Service]\nType=forking\nPIDFile={PidFile(spec.Name, placement.RunDirectory)}\n");
        text.Append($"Restart={Policy(spec.Restart)}\nRestartSec=1\nTimeoutStartSec=120\nTimeoutStopSec={(spec.StopGrace ?? 10) + 50}\n");
        if (spec.ReplaceOrder != ReplaceOrder.StopFirst)
            text.Append("Delegate=yes\n");
        text.Append(string.Concat(spec.DependsOn.Select(ContainerOf).OfType<string>().Select(container => Healthy(container, placement.RunDirectory))));
        text.Append(Swap(spec.Name));
        text.Append($"{AfterHostRestart(spec.Name)}ExecStart=/usr/bin/podman start {spec.Name}\n");
        text.Append($"ExecStop=/usr/bin/podman stop --ignore {spec.Name}\n");

        // conmon waits for every process that the container left behind.
        if (spec.Outlive is not null)
            text.Append("ExecStop=-/bin/kill -KILL $MAINPID\n");
        text.Append($"ExecStopPost=/usr/bin/podman stop --ignore {spec.Name}\n");

        // conmon ends with the container's exit code: 143 is a service that ended on SIGTERM.
        text.Append($"SuccessExitStatus=143{(spec.Outlive is null ? "" : " SIGKILL")}\n\n");
        text.Append("[Install]\nWantedBy=multi-user.target\n\n");
        return text.Append(Owner(placement)).ToString();
    }

    /// <summary>
    /// The text of the unit that holds the listening sockets of a service; empty for a service without them. Clients that connect while the service is
    /// replaced wait in the sockets' queue.
    /// </summary>
    public static string SocketText(ContainerSpec spec, ContainerPlacement placement)
    {
        if (spec.Listen.IsEmpty)
            return "";
        var streams = string.Concat(spec.Listen.Select(address => $"{Stream}{address}\n"));

        // FreeBind: an address may come later, e.g. keepalived's.
        return $"[Unit]\nDescription=Sockets of container {spec.Name}\n\n[Socket]\n{streams}FreeBind=true\nBacklog=1024\n\n[Install]\nWantedBy=sockets.target\n\n{Owner(placement)}";
    }

    /// <summary>The addresses in the text of a socket unit.</summary>
    public static IEnumerable<string> AddressesOf(string socketText) =>
        socketText.Split('\n').Where(line => line.StartsWith(Stream, StringComparison.Ordinal)).Select(line => line[Stream.Length..]);

    /// <summary>The owner of a unit with this text; null when it was not written by <see cref="Text"/>.</summary>
    public static (string ConfigId, string ManagedBy)? OwnerOf(string text)
    {
        var lines = text.Split('\n').SkipWhile(line => line != OwnerSection).ToArray();
        return Find("ConfigId=") is { } configId && Find("ManagedBy=") is { } managedBy ? (configId, managedBy) : null;

        string? Find(string key) => lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..];
    }

    // For systemd a container is up as soon as it runs. The wait for a dependency ends after a minute; a container without a health check, or of
    // another node, is not waited for at all. `podman healthcheck run` is not used: its failures count, and would restart the container. After a
    // host restart many units wait for one container: the unit with the lock runs the check. The OCI runtime runs the check in a tenth of the time of
    // `podman exec`; it needs the user, which is the user of the container's first process.
    private static string Healthy(string container, string runDirectory) =>
        $$$"""
        ExecStartPre=-/usr/bin/timeout 60 /usr/bin/flock {{{runDirectory}}}/{{{Prefix}}}{{{container}}}.wait /bin/sh -c 'check=$$(podman inspect --format "{{with .Config.Healthcheck}}{{index .Test 1}}{{end}}" {{{container}}}); [ -n "$$check" ] || exit 0; for i in $$(seq 12); do set -- $$(podman inspect --format "{{.State.Pid}} {{.Id}}" {{{container}}}); as="podman exec"; [ ! -e {{{runDirectory}}}/crun/$$2/status ] || as="crun exec --user $$(stat -c %%u:%%g /proc/$$1)"; for j in $$(seq 5); do $$as $$2 /bin/sh -c "$$check" && exit; sleep 1; done; done'

        """.ReplaceLineEndings("\n");

    // The swap belongs to the unit's start: between a stop and a start of the unit, a waiting client would let systemd start the former container.
    private static string Swap(string container) =>
        $"ExecStartPre=-/bin/sh -c 'podman container exists {NextOf(container)} && podman rm --force --ignore --volumes {container} && podman rename {NextOf(container)} {container}'\n";

    private static string Owner(ContainerPlacement placement) => $"{OwnerSection}\nConfigId={placement.ConfigId}\nManagedBy={placement.ManagedBy}\n";

    // podman 4.3 keeps the paths of these two in its state when the host reboots, and does not write the files in /run again: crun
    // then refuses to start the container. (podman does write hosts and resolv.conf.)
    private static string AfterHostRestart(string container) =>
        $$$"""
        # podman does not write these two again after a host restart.
        ExecStartPre=-/bin/sh -c 'set -- $$(podman inspect --format "{{.HostnamePath}} {{.Config.Hostname}}" {{{container}}}); case "$$1" in /*) [ -e "$$1" ] || { echo "$$2" > "$$1"; : > "$$(dirname "$$1")/.containerenv"; };; esac'

        """.ReplaceLineEndings("\n");

    private static string Policy(RestartPolicy restart) => restart switch
    {
        RestartPolicy.No => "no",
        RestartPolicy.OnFailure => "on-failure",
        _ => "always",
    };
}
