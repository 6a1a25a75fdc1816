using System.Collections.Concurrent;
using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Containers;

/// <summary>
/// Executes a plan: first removals, then one start order after the other; containers of one start order run concurrently, except services whose
/// clients wait meanwhile: of those the next is replaced when the one before is healthy, so that each wait is short. Services whose sockets get other
/// addresses start concurrently: nobody waits for them, and the other services need them at their new addresses.
/// </summary>
internal sealed class ContainerRun(
    ContainerPlan plan, ImmutableArray<ContainerSpec> wanted, ContainerWork work, PausedServices pauses, HealthWait health, ContainerApplyOptions options)
{
    // Besides those that are starting, so many services may be on the host twice, until their former containers have ended.
    private const int LeavingAtOnce = 6;

    private readonly ConcurrentBag<ContainerAction> _done = [];
    private readonly ConcurrentBag<string> _failures = [];
    private readonly ConcurrentDictionary<string, bool> _healthy = new(StringComparer.Ordinal);

    private int _begun;

    /// <param name="starting">Running services that are not healthy yet and are waited for as well.</param>
    /// <param name="stop">Cancels the run between two actions.</param>
    public async Task<NodeResult> ExecuteAsync(ImmutableArray<ContainerSpec> starting, CancellationToken stop)
    {
        var removals = plan.Actions.Where(action => action.Kind == ContainerActionKind.Remove).ToArray();
        await GuardAsync("containers that are no longer wanted", async () =>
        {
            foreach (var removal in removals)
            {
                Say(removal);
                _done.Add(removal);
            }

            await work.RemoveAsync(removals, stop);
            await work.PrepareAsync(plan.Actions, stop);
        });
        foreach (var group in plan.Actions.Except(removals).GroupBy(action => action.StartOrder).OrderBy(group => group.Key))
        {
            if (_failures.IsEmpty)
                await GroupAsync([.. group], stop);
        }

        if (_failures.IsEmpty)
            await ConfirmAsync([.. Touched().Where(spec => spec.Health is not null).UnionBy(starting, spec => spec.Name)], stop);
        var changes = plan.Actions.Where(action => _done.Contains(action)).Select(action => action.ToChange() with { Seconds = health.SecondsOf(action.Name) }).ToArray();
        return new(changes.Length > 0, changes, !_failures.IsEmpty, _failures.IsEmpty ? null : string.Join("\n\n", _failures.Order(StringComparer.Ordinal)));
    }

    private async Task GroupAsync(ImmutableArray<ContainerAction> group, CancellationToken stop)
    {
        // Including services that an earlier, interrupted apply started: the next start order relies on them.
        var order = group[0].StartOrder;
        if (group.Any(action => action.Kind != ContainerActionKind.UpdateUnit))
            await ConfirmAsync([.. wanted.Where(spec => spec is { Kind: ContainerKind.Service, Health: not null } && spec.StartOrder < order)], stop);
        if (!_failures.IsEmpty)
            return;
        var execs = group.Where(action => action.Kind == ContainerActionKind.Exec).ToArray();

        // A request that waits for what another replacement took away would hold up the end of a service with sockets, so these go first.
        var awaited = group.Where(IsAwaited).OrderBy(action => pauses.AnyFor(action.Name)).ToArray();
        var last = group.Where(work.IsStartedFirst).ToArray();
        await SideBySideAsync([.. group.Except(execs).Except(awaited).Except(last)], stop);

        // While clients wait, nothing else takes the processors.
        await OneByOneAsync(awaited, stop);
        if (!_failures.IsEmpty)
            return;

        // These may need the others at their new addresses, and nobody waits for them.
        await StartFirstAsync(last, stop);
        if (!_failures.IsEmpty)
            return;
        await GuardAsync("services", () => health.ForSettledAsync([.. group.Where(IsStart).Select(a => a.Spec!).Where(spec => spec.Health is null)], stop));
        if (execs.Length == 0)
            return;
        await ConfirmAsync([.. Touched().Where(spec => spec.Health is not null)], stop);
        if (_failures.IsEmpty)
            await SideBySideAsync(execs, stop);
    }

    private Task SideBySideAsync(IReadOnlyCollection<ContainerAction> actions, CancellationToken stop) =>
        Parallel.ForEachAsync(actions, Degree(stop), async (action, token) => await GuardAsync($"'{action.Name}'", () => DoAsync(action, token)));

    // The end of a former container takes time, but hardly the processors: the next one starts meanwhile.
    private async Task StartFirstAsync(IReadOnlyCollection<ContainerAction> actions, CancellationToken stop)
    {
        var ends = new ConcurrentBag<Task>();
        using var room = new SemaphoreSlim(options.Parallel + LeavingAtOnce);
        try
        {
            await Parallel.ForEachAsync(actions, Degree(stop), async (action, token) =>
            {
                await room.WaitAsync(token);
                Func<CancellationToken, Task>? end = null;
                try
                {
                    await GuardAsync($"'{action.Name}'", async () =>
                    {
                        Begin(action);
                        end = await work.StartFirstAsync(action, token);
                    });
                }
                finally
                {
                    if (end is null)
                        room.Release();
                }

                if (end is not null)
                    ends.Add(LeaveAsync(action, end));
            });
        }
        finally
        {
            await Task.WhenAll(ends);
        }

        async Task LeaveAsync(ContainerAction action, Func<CancellationToken, Task> end)
        {
            try
            {
                await GuardAsync($"'{action.Name}'", () => end(stop));
            }
            finally
            {
                room.Release();
            }
        }
    }

    private async Task OneByOneAsync(IReadOnlyCollection<ContainerAction> actions, CancellationToken stop)
    {
        foreach (var action in actions)
        {
            if (!_failures.IsEmpty)
                return;
            await GuardAsync($"'{action.Name}'", async () =>
            {
                await work.ReadyAsync(action, stop);
                var isLater = false;
                await pauses.RunAsync(action.Name, async () =>
                {
                    Begin(action);
                    await work.DoAsync(action, stop);
                    isLater = await work.CanFinishLaterAsync(action, stop);
                    if (!isLater)
                        await FinishAsync(action);
                }, stop);
                if (isLater)
                    await FinishAsync(action);
            });
        }

        async Task FinishAsync(ContainerAction action)
        {
            await work.FinishAsync(action, stop);
            if (action.Spec!.Health is not null)
                await ConfirmAsync([action.Spec], stop);
        }
    }

    private async Task DoAsync(ContainerAction action, CancellationToken stop)
    {
        Begin(action);
        await work.DoAsync(action, stop);
        await work.FinishAsync(action, stop);
    }

    private void Begin(ContainerAction action)
    {
        Say(action);
        _done.Add(action);
    }

    // Nobody waits for a service whose former container works until the new one does.
    private bool IsAwaited(ContainerAction action) =>
        action is { Kind: ContainerActionKind.Replace, Spec: var spec } && !work.IsStartedFirst(action) && ((!spec!.Listen.IsEmpty && !work.HasOtherSockets(action)) || pauses.AnyFor(action.Name));

    // The services are asked in turns, so that each is found healthy soon after it is, however many there are.
    private async Task ConfirmAsync(ImmutableArray<ContainerSpec> services, CancellationToken stop)
    {
        var touched = Touched().Select(spec => spec.Name).ToHashSet(StringComparer.Ordinal);
        var waiting = new ConcurrentQueue<PendingHealth>(
            services.Where(spec => !_healthy.ContainsKey(spec.Name)).Select(spec => health.Begin(spec, touched.Contains(spec.Name))));
        await Parallel.ForEachAsync(Enumerable.Range(0, Math.Min(options.Parallel, waiting.Count)), Degree(stop), async (_, token) =>
        {
            while (waiting.TryDequeue(out var next))
                await GuardAsync($"'{next.Spec.Name}'", () => AskAsync(next, waiting, token));
        });
    }

    private async Task AskAsync(PendingHealth next, ConcurrentQueue<PendingHealth> waiting, CancellationToken stop)
    {
        if (await health.IsHealthyAsync(next, stop))
        {
            _healthy[next.Spec.Name] = true;
            return;
        }

        waiting.Enqueue(next);
        await health.PauseAsync(next.Begun, stop);
    }

    private IEnumerable<ContainerSpec> Touched() => _done.Where(IsStart).Select(action => action.Spec!);

    private static bool IsStart(ContainerAction action) =>
        action.Kind is ContainerActionKind.Create or ContainerActionKind.Replace or ContainerActionKind.Start;

    // A failure does not interrupt the other actions of the same start order; it prevents the start orders after it.
    private async Task GuardAsync(string what, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (ContainerFailure failure)
        {
            _failures.Add(failure.Message);
        }
        catch (Exception exception) when (exception is HostCommandException or IOException or UnauthorizedAccessException)
        {
            _failures.Add($"For {what}: {FailureWords.Of(exception)}");
        }
    }

    private ParallelOptions Degree(CancellationToken stop) => new() { MaxDegreeOfParallelism = options.Parallel, CancellationToken = stop };

    private void Say(ContainerAction action) =>
        options.Progress?.Invoke($"[{Interlocked.Increment(ref _begun)}/{plan.Actions.Length}] {action.Name}: {action.ToChange().Action} ({action.Reason})");
}
