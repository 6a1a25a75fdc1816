using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Undercloud.Deploy.Containers;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Checks;

/// <summary>Reads the state of this host. Facts that cannot be read are left out: no check fails because a program is not installed yet.</summary>
public sealed partial class HostStateReader(IProcessRunner runner)
{
    /// <summary>The state of the host.</summary>
    public async Task<HostState> ReadAsync(CancellationToken stop)
    {
        var sockets = await runner.RunAsync(CommandLine.Of("ss", "--no-header", "--listening", "--tcp", "--udp", "--numeric", "--processes"), stop);
        var containers = await runner.RunAsync(
            CommandLine.Of("podman", "ps", "--filter", $"label={ContainerLabels.ConfigParts}", "--format", "{{.Pid}}"), stop);

        // systemd listens for a service of ours that does not run at the moment.
        var sleeping = await runner.RunAsync(CommandLine.Of("systemctl", "show", "--property=Listen", ContainerUnit.SocketNameOf("*")), stop);
        var held = Addresses(sleeping.Output).ToHashSet();
        var own = containers.Succeeded ? Lines(containers.Output).Select(Number).ToHashSet() : [];
        return new()
        {
            Interfaces = [.. Directory.GetDirectories("/sys/class/net").Select(path => Path.GetFileName(path)!)],
            Listeners = sockets.Succeeded ? [.. Listeners(sockets.Output, process => ProcessTree.IsOf(process, own, ProcessTree.ParentOf)).Where(listener => !held.Contains((listener.Address, listener.Port)))] : [],
            Room = [.. DriveInfo.GetDrives().Where(drive => drive is { IsReady: true, TotalSize: > 0 }).Select(drive => new FileSystemRoom(drive.Name, drive.AvailableFreeSpace) { TotalBytes = drive.TotalSize })],
            MemoryBytes = MemoryOf(await File.ReadAllTextAsync("/proc/meminfo", stop)),
        };
    }

    /// <summary>The addresses in the output of <c>systemctl show --property=Listen</c>, e.g. <c>Listen=192.168.24.1:5000 (Stream)</c>.</summary>
    internal static IEnumerable<(IPAddress Address, int Port)> Addresses(string output) =>
        from line in Lines(output)
        let text = line.Replace("Listen=", "", StringComparison.Ordinal).Split(' ')[0]
        let colon = text.LastIndexOf(':')
        where colon > 0
        let address = AddressOf(text[..colon])
        where address is not null && int.TryParse(text[(colon + 1)..], CultureInfo.InvariantCulture, out _)
        select (address, Number(text[(colon + 1)..]));

    /// <summary>The listeners in the output of ss, one a line, without processes for which <paramref name="isOwn"/> is true.</summary>
    internal static IEnumerable<Listener> Listeners(string output, Func<int, bool> isOwn)
    {
        foreach (var fields in Lines(output).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(fields => fields.Length >= 6))
        {
            var users = User().Matches(fields.Length > 6 ? string.Join(' ', fields[6..]) : "");
            if (users.Any(user => isOwn(Number(user.Groups[2].Value))))
                continue;
            var colon = fields[4].LastIndexOf(':');
            if (colon < 0 || AddressOf(fields[4][..colon]) is not { } address || !int.TryParse(fields[4][(colon + 1)..], CultureInfo.InvariantCulture, out var port))
                continue;

            // A listener that is bound to another interface, such as libvirt's DHCP server, does not conflict.
            if (fields[4].Contains('%') && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
                continue;
            var process = users.Count == 0 ? "" : $"{users[0].Groups[1].Value} ({users[0].Groups[2].Value})";
            yield return new(fields[0], address, port, process);
        }
    }

    /// <summary>MemTotal and SwapTotal of /proc/meminfo, in bytes.</summary>
    internal static long MemoryOf(string text) =>
        Memory().Matches(text).Sum(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)) * 1024;

    private static IPAddress? AddressOf(string text)
    {
        var bare = text.Split('%')[0].Trim('[', ']');
        return bare == "*" ? IPAddress.IPv6Any : IPAddress.TryParse(bare, out var address) ? address : null;
    }

    private static int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex("""\("([^"]*)",pid=(\d+),""")]
    private static partial Regex User();

    [GeneratedRegex(@"^(?:MemTotal|SwapTotal):\s+(\d+) kB$", RegexOptions.Multiline)]
    private static partial Regex Memory();
}
