using System.Collections.Immutable;
using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Containers;

/// <summary>
/// Lets running services wait while a container that they use is replaced (<see cref="ServicePause"/>): their clients wait, and no request meets a
/// database that is away.
/// </summary>
/// <param name="podman">Sends the signals.</param>
/// <param name="running">The host's containers at the beginning of the apply.</param>
/// <param name="time">Measures the wait for requests that are being answered.</param>
internal sealed class PausedServices(Podman podman, ImmutableArray<ContainerFact> running, TimeProvider time)
{
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
                await Task.Delay(s_drain, time, stop);
            await act();
        }
        finally
        {
            if (waiting.Count > 0)
                await ResumeAsync(waiting);
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
        from service in running
        where service.IsRunning
        let words = service.Labels.GetValueOrDefault(ContainerLabels.Pause)?.Split(' ') ?? []
        where words.Skip(1).Contains(container)
        select (service, words[0]);
}
