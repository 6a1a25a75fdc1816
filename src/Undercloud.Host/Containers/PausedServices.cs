using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Containers;

/// <summary>
/// Lets running services wait while a container that they use is replaced (<see cref="ServicePause"/>): their clients wait, and no request meets a
/// database that is away.
/// </summary>
/// <param name="podman">Sends the signals.</param>
/// <param name="host">The host's containers and units at the beginning of the apply.</param>
/// <param name="time">Measures the wait for requests that are being answered.</param>
/// <param name="answers">Whether the service at an address answers a request that needs nothing else.</param>
internal sealed class PausedServices(Podman podman, HostContainers host, TimeProvider time, Func<string, CancellationToken, Task<bool>> answers)
{
    private const int MostThreads = 64;

    // Requests that are being answered end in this time; a longer one (an upload) is not waited for.
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(1);

    /// <summary>Whether a service waits while this container is replaced.</summary>
    public bool AnyFor(string container) => For(container).Any();

    /// <summary>Runs an action while the services that use a container wait. The services go on whatever becomes of the action.</summary>
    /// <param name="container">The container that the action replaces.</param>
    /// <param name="act">The action.</param>
    /// <param name="stop">Cancels the wait before the action.</param>
    public async Task RunAsync(string container, Func<Task> act, CancellationToken stop)
    {
        var waiting = new List<(ContainerFact Service, string Signal)>();
        try
        {
            foreach (var (service, signal) in For(container))
            {
                if (await podman.SignalAsync(service.Id, signal, stop))
                    waiting.Add((service, signal));
            }

            if (waiting.Count > 0)
            {
                await Task.WhenAll(waiting.Select(one => SettleAsync(one.Service, stop)));
                await Task.Delay(s_drain, time, stop);
            }

            await act();
        }
        finally
        {
            if (waiting.Count > 0)
                await ResumeAsync(waiting);
        }
    }

    // A thread of uwsgi that waits for a connection takes one more request before it waits for the second signal: requests that need no database take
    // the threads, until none answers.
    private async Task SettleAsync(ContainerFact service, CancellationToken stop)
    {
        if (ContainerUnit.AddressesOf(host.UnitOf(service.Name)?.SocketText ?? "").FirstOrDefault() is not { } address)
            return;
        for (var taken = 0; taken < MostThreads && await answers(address, stop); taken++)
        {
        }
    }

    // A service that has been started again since then does not wait: the signal would let it wait for ever.
    private async Task ResumeAsync(IReadOnlyList<(ContainerFact Service, string Signal)> waiting)
    {
        var now = (await podman.ListAsync(CancellationToken.None)).ToLookup(container => container.Id);
        foreach (var (service, signal) in waiting.Where(one => now[one.Service.Id].Any(container => container.IsRunning && container.Process == one.Service.Process)))
            await podman.SignalAsync(service.Id, signal, CancellationToken.None);
    }

    private IEnumerable<(ContainerFact Service, string Signal)> For(string container) =>
        from service in host.Containers
        where service.IsRunning
        let words = service.Labels.GetValueOrDefault(ContainerLabels.Pause)?.Split(' ') ?? []
        where words.Skip(1).Contains(container)
        select (service, words[0]);
}
