using System.Collections.Immutable;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>Records the state of the node's network, and rolls the network back to it. It continues after failures: a partial network is better than none.</summary>
internal sealed class NetworkRestore(NodeLayout layout, IProcessRunner processes)
{
    private readonly BridgePart _bridges = new(processes);

    public async Task<NetworkSnapshot> TakeAsync(OwnedState owned, CancellationToken stop)
    {
        var bridges = await _bridges.ReadAsync(stop);
        var hardware = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var bridge in bridges ?? [])
            hardware[bridge.Name] = await HardwareAsync(bridge.Name, stop);
        return new()
        {
            Links = await LinksAsync(stop),
            Devices = await DeviceState.ReadAsync(processes, stop),
            Routes4 = await RoutesAsync("-4", stop),
            Routes6 = await RoutesAsync("-6", stop),
            Bridges = bridges,
            HardwareAddresses = hardware.ToImmutable(),
            Files = Files().ToImmutableSortedDictionary(path => path, path => File.Exists(path) ? File.ReadAllText(path) : null),
            Owned = owned,
        };
    }

    /// <summary>Rolls the network back; returns the failures.</summary>
    public async Task<ImmutableArray<string>> ApplyAsync(NetworkSnapshot before, CancellationToken stop)
    {
        var failures = ImmutableArray.CreateBuilder<string>();
        await TryAsync(failures, () => new DeviceRestore(layout, processes).ApplyAsync(before, failures, stop));
        await TryAsync(failures, () => BridgesAsync(before, failures, stop));
        await TryAsync(failures, () => AddressesAsync(before, failures, stop));
        await TryAsync(failures, () => RoutesAsync("-4", before.Routes4, failures, stop));
        await TryAsync(failures, () => RoutesAsync("-6", before.Routes6, failures, stop));
        await TryAsync(failures, () => NamesAsync(before, failures, stop));
        await TryAsync(failures, () =>
        {
            new OwnedStore(layout).Save(before.Owned);
            return Task.CompletedTask;
        });
        return failures.ToImmutable();
    }

    private async Task BridgesAsync(NetworkSnapshot before, ImmutableArray<string>.Builder failures, CancellationToken stop)
    {
        if (await _bridges.ReadAsync(stop) is not { } now)
            return;
        var was = before.Bridges ?? [];
        foreach (var bridge in now)
        {
            if (was.FirstOrDefault(there => there.Name == bridge.Name) is not { } there)
            {
                await RunAsync(failures, Command("ovs-vsctl", "--timeout=10", "--if-exists", "del-br", bridge.Name), stop);
                continue;
            }

            foreach (var port in bridge.Ports.Except(there.Ports))
                await RunAsync(failures, Command("ovs-vsctl", "--timeout=10", "--if-exists", "del-port", bridge.Name, port), stop);
        }

        foreach (var bridge in was.Where(bridge => now.Any(there => there.Name == bridge.Name)))
        {
            foreach (var port in bridge.Ports.Except(now.First(there => there.Name == bridge.Name).Ports))
                await RunAsync(failures, Command("ovs-vsctl", "--timeout=10", "--may-exist", "add-port", bridge.Name, port), stop);
            if (before.HardwareAddresses.GetValueOrDefault(bridge.Name) is not { } hardware || hardware == await HardwareAsync(bridge.Name, stop))
                continue;
            await RunAsync(failures, hardware.Length == 0
                ? Command("ovs-vsctl", "--timeout=10", "remove", "bridge", bridge.Name, "other_config", "hwaddr")
                : Command("ovs-vsctl", "--timeout=10", "set", "bridge", bridge.Name, $"other_config:hwaddr={hardware}"), stop);
        }
    }

    private async Task<string> HardwareAsync(string bridge, CancellationToken stop) =>
        (await processes.RunAsync(Command("ovs-vsctl", "--timeout=10", "--if-exists", "get", "bridge", bridge, "other_config:hwaddr"), stop)).OrThrow().Output.Trim();

    private async Task AddressesAsync(NetworkSnapshot before, ImmutableArray<string>.Builder failures, CancellationToken stop)
    {
        var now = await LinksAsync(stop);
        var pairs = before.Links.Select(was => (was, link: now.FirstOrDefault(link => link.Name == was.Name))).Where(pair => pair.link is not null).ToList();

        // First remove addresses everywhere: an address may have moved from one interface to another.
        foreach (var (was, link) in pairs)
        {
            foreach (var address in link!.Addresses.Except(was.Addresses).Where(address => !LinkState.IsLinkLocal(address)))
                await RunAsync(failures, Command("ip", "address", "del", address, "dev", link.Name), stop);
        }

        foreach (var (was, link) in pairs)
        {
            if (link!.Mtu != was.Mtu)
                await RunAsync(failures, Command("ip", "link", "set", was.Name, "mtu", $"{was.Mtu}"), stop);
            if (link.IsUp != was.IsUp)
                await RunAsync(failures, Command("ip", "link", "set", was.Name, was.IsUp ? "up" : "down"), stop);
            foreach (var address in was.Addresses.Except(link.Addresses).Where(address => !LinkState.IsLinkLocal(address)))
                await RunAsync(failures, Command("ip", ["address", "replace", address, "dev", was.Name, .. address.Contains(':') ? (string[])["nodad"] : ["broadcast", "+"]]), stop);
        }
    }

    private async Task RoutesAsync(string family, ImmutableArray<string> before, ImmutableArray<string>.Builder failures, CancellationToken stop)
    {
        var now = await RoutesAsync(family, stop);
        foreach (var route in now.Except(before))
            await RunAsync(failures, Command("ip", [family, "route", "del", .. route.Split(' ')]), stop);

        // Directly connected networks come first: the routers of the other routes are in them.
        foreach (var route in before.Except(now).OrderBy(route => route.Contains(" via ", StringComparison.Ordinal)))
            await RunAsync(failures, Command("ip", [family, "route", "replace", .. route.Split(' ')]), stop);
    }

    private async Task NamesAsync(NetworkSnapshot before, ImmutableArray<string>.Builder failures, CancellationToken stop)
    {
        foreach (var (path, text) in before.Files.Where(file => (File.Exists(file.Key) ? File.ReadAllText(file.Key) : null) != file.Value))
        {
            if (text is null)
                File.Delete(path);
            else
                await File.WriteAllTextAsync(path, text, stop);
            if (path != layout.ResolverFile)
                await RunAsync(failures, Command("systemctl", "try-restart", "systemd-resolved.service"), stop);
        }
    }

    // A file that is a symbolic link belongs to another program.
    private IEnumerable<string> Files() =>
        new[] { layout.ResolverFile, Path.Combine(layout.ResolvedDirectory, "undercloud.conf") }.Where(path => new FileInfo(path).LinkTarget is null);

    private async Task<ImmutableArray<LinkState>> LinksAsync(CancellationToken stop) =>
        LinkState.Of(await processes.RunAsync(Command("ip", "-j", "address", "show"), stop));

    private async Task<ImmutableArray<string>> RoutesAsync(string family, CancellationToken stop)
    {
        var shown = await processes.RunAsync(Command("ip", family, "route", "show"), stop);
        return shown.Succeeded ? [.. shown.Output.Split('\n').Select(Replayable).OfType<string>().Distinct()] : [];
    }

    // A route as ip prints it can be passed to ip again, without the words for its state and its remaining lifetime.
    internal static string? Replayable(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("linkdown" or "dead" or "offload" or "rt_offload")).ToList();
        if (words.Count == 0 || line.Contains("proto kernel", StringComparison.Ordinal) || line.StartsWith("multicast", StringComparison.Ordinal))
            return null;
        if (words.IndexOf("expires") is >= 0 and var at)
            words.RemoveRange(at, Math.Min(2, words.Count - at));
        return string.Join(' ', words);
    }

    private async Task RunAsync(ImmutableArray<string>.Builder failures, CommandLine command, CancellationToken stop)
    {
        var result = await processes.RunAsync(command, stop);
        if (!result.Succeeded)
            failures.Add($"{result.Command}: {result.Tail(2)}");
    }

    private static async Task TryAsync(ImmutableArray<string>.Builder failures, Func<Task> part)
    {
        try
        {
            await part();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HostCommandException)
        {
            failures.Add(FailureWords.Of(exception));
        }
    }

    private static CommandLine Command(string program, params string[] arguments) => CommandLine.Of(program, arguments) with { Timeout = TimeSpan.FromSeconds(15) };
}
