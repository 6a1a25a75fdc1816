using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Host.Files;

namespace Undercloud.Host.Containers;

/// <summary>
/// Lets running services wait while a container that they use is replaced (<see cref="ServicePause"/>): their clients wait, and no request meets a
/// database that is away.
/// </summary>
/// <param name="podman">Sends the signals.</param>
/// <param name="host">The host's containers and units at the beginning of the apply.</param>
/// <param name="time">Measures the wait for requests that are being answered.</param>
/// <param name="answers">Whether the service at an address answers a request that needs nothing else.</param>
/// <param name="taken">How many requests the services at some addresses are answering.</param>
/// <param name="lives">Whether a process of this host lives.</param>
/// <param name="record">The file that names the services that wait, for the apply after a killed one.</param>
internal sealed class PausedServices(Podman podman, HostContainers host, TimeProvider time, Func<string, CancellationToken, Task<bool>> answers, Func<IReadOnlyCollection<string>, int> taken, Func<int, bool> lives, string record)
{
    private const int MostThreads = 64;

    // The limit for requests that are being answered; a longer one (an upload) is not waited for.
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether a service waits while this container is replaced.</summary>
    public bool AnyFor(string container) => For(container).Any();

    /// <summary>Runs an action while the services that use a container wait. The services go on whatever becomes of the action.</summary>
    /// <param name="container">The container that the action replaces.</param>
    /// <param name="act">The action.</param>
    /// <param name="stop">Cancels the wait before the action.</param>
    public async Task RunAsync(string container, Func<Task> act, CancellationToken stop)
    {
        ImmutableArray<WaitingService> waiting = AnyFor(container) ? await RunningAsync([.. For(container)], stop) : [];
        if (waiting.IsEmpty)
        {
            await act();
            return;
        }

        AtomicFile.WriteText(record, string.Concat(waiting.Select(user => $"{user.Service.Id} {user.Service.Process} {user.Signal}\n")));
        try
        {
            await SignalAsync(waiting, stop);
            await Task.WhenAll(waiting.Select(one => SettleAsync(one.Service, stop)));
            await DrainAsync([.. waiting.SelectMany(one => AddressesOf(one.Service))], stop);
            ImmutableArray<WaitingService> briefly = [.. waiting.Where(one => one.UntilStop)];
            waiting = [.. waiting.Except(briefly)];
            var work = act();
            await Task.WhenAll(work, GoOnAsync(briefly, container, work));
        }
        finally
        {
            // A service that has been started again since then does not wait: the signal would let it wait for ever.
            await SignalAsync(await RunningAsync(waiting, CancellationToken.None), CancellationToken.None);
            File.Delete(record);
        }
    }

    /// <summary>
    /// Lets services go on that a killed apply left waiting. The signal is given twice or never: a service that answers does not wait, because the apply was
    /// killed before the first signal, or after the second one.
    /// </summary>
    public async Task RecoverAsync(CancellationToken stop)
    {
        if (!File.Exists(record))
            return;
        var left = (await File.ReadAllLinesAsync(record, stop)).Select(line => line.Split(' ')).Where(words => words.Length == 3);
        var waiting = left.SelectMany(words => host.Containers.Where(service => service.IsRunning && service.Id == words[0] && $"{service.Process}" == words[1]).Select(service => (Service: service, Signal: words[2])));
        await Task.WhenAll(waiting.Select(async one =>
        {
            if (await SettleAsync(one.Service, stop))
                await podman.SignalAllAsync([one.Service], one.Signal, stop);
        }));
        File.Delete(record);
    }

    // A thread of uwsgi that waits for a connection takes one more request before it waits for the second signal: requests that need no database take
    // the threads, until none answers. The result is whether the service waits; false for one that cannot be asked.
    private async Task<bool> SettleAsync(ContainerFact service, CancellationToken stop)
    {
        if (AddressesOf(service).FirstOrDefault() is not { } address)
            return false;
        for (var taken = 0; taken < MostThreads; taken++)
        {
            if (!await answers(address, stop))
                return true;
        }

        return false;
    }

    private async Task DrainAsync(IReadOnlyCollection<string> addresses, CancellationToken stop)
    {
        for (var began = time.GetTimestamp(); taken(addresses) > 0 && time.GetElapsedTime(began) < s_drain;)
            await Task.Delay(s_pause, time, stop);
    }

    // When the former container's process is gone, or the action is done. The action's end is waited for also when the run is cancelled.
    private async Task GoOnAsync(ImmutableArray<WaitingService> briefly, string container, Task work)
    {
        if (briefly.IsEmpty)
            return;
        while (host.Find(container) is { } former && lives(former.Process) && !work.IsCompleted)
            await Task.WhenAny(work, Task.Delay(s_pause, time, CancellationToken.None));
        await SignalAsync(await RunningAsync(briefly, CancellationToken.None), CancellationToken.None);
    }

    private IEnumerable<string> AddressesOf(ContainerFact service) => ContainerUnit.AddressesOf(host.UnitOf(service.Name)?.SocketText ?? "");

    // Those that still run as they did.
    private async Task<ImmutableArray<WaitingService>> RunningAsync(ImmutableArray<WaitingService> services, CancellationToken stop)
    {
        var now = (await podman.ListAsync(stop)).ToLookup(container => container.Id);
        return [.. services.Where(one => now[one.Service.Id].Any(container => container.IsRunning && container.Process == one.Service.Process))];
    }

    private async Task SignalAsync(ImmutableArray<WaitingService> services, CancellationToken stop)
    {
        foreach (var group in services.GroupBy(one => one.Signal, one => one.Service))
            await podman.SignalAllAsync([.. group], group.Key, stop);
    }

    private IEnumerable<WaitingService> For(string container) =>
        from service in host.Containers
        where service.IsRunning
        let words = service.Labels.GetValueOrDefault(ContainerLabels.Pause)?.Split(' ') ?? []
        let isUntilStop = !words.Skip(1).Contains(container)
        where !isUntilStop || service.Labels.GetValueOrDefault(ContainerLabels.PauseForStop)?.Split(' ').Contains(container) == true
        select new WaitingService(service, words[0], isUntilStop);

    /// <summary>A service that waits.</summary>
    /// <param name="Service">Its container.</param>
    /// <param name="Signal">The signal that lets it wait, and go on.</param>
    /// <param name="UntilStop">Whether it goes on when the former container has ended, before the new one is healthy.</param>
    private sealed record WaitingService(ContainerFact Service, string Signal, bool UntilStop);
}
