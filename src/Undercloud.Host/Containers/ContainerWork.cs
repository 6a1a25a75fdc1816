using System.Collections.Concurrent;
using System.Collections.Immutable;
using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Containers;

/// <summary>Executes one action of a plan. After an interruption at any point, a new plan continues from the state of the host.</summary>
internal sealed class ContainerWork(
    Podman podman, SystemdUnits units, ContainerPaths paths, ContainerPlacement placement, RunRecords records, DrainWait drain, HealthWait health)
{
    // What a container that has a successor may take for its end, e.g. for the upload of a large image.
    private static readonly TimeSpan s_lastRequests = TimeSpan.FromMinutes(10);

    private readonly NamespaceServers _servers = new(paths);
    private readonly ConcurrentDictionary<string, string> _made = new(StringComparer.Ordinal);

    // Former containers that ended, and whose names their successors do not have yet.
    private readonly ConcurrentDictionary<string, ContainerFact> _ended = new(StringComparer.Ordinal);

    /// <summary>Removes containers with their units. Units are removed first: a container that is left over is found by its labels in the next run.</summary>
    public async Task RemoveAsync(IReadOnlyCollection<ContainerAction> actions, CancellationToken stop)
    {
        await DropUnitsAsync([.. actions.Where(action => action.Unit is not null).Select(action => action.Name)], stop);
        foreach (var action in actions)
        {
            if (action.Existing is { } existing)
                await podman.RemoveAsync(existing.Id, stop);
        }
    }

    /// <summary>Writes the units of services. A unit only names its container, so it can exist before the container.</summary>
    public async Task PrepareAsync(IReadOnlyCollection<ContainerAction> actions, CancellationToken stop)
    {
        Directory.CreateDirectory(paths.LogDirectory, (UnixFileMode)0b111_101_000);
        var services = actions.Where(action => action.Spec is { Kind: ContainerKind.Service }).ToArray();
        var changed = actions.Any(action => action.Kind == ContainerActionKind.Remove || action.Unit is { NeedsReload: true });

        // Sockets that are no longer wanted are closed before their unit's file goes; others stay open until their service is replaced.
        await units.CloseAsync([.. services.Where(service => service.Spec!.Listen.IsEmpty).Select(service => service.Name)], stop);
        foreach (var service in services)
            changed |= units.Write(service.Name, ContainerUnit.Text(service.Spec!, placement), ContainerUnit.SocketText(service.Spec!, placement));
        var differing = services.Where(service => HasOtherSockets(service) || service.Unit?.Enabled != ContainerUnit.IsEnabled(service.Spec!)).ToLookup(s => ContainerUnit.IsEnabled(s.Spec!));
        await units.EnableAsync([.. differing[true].Select(service => service.Name)], true, stop);
        await units.EnableAsync([.. differing[false].Where(service => service.Unit is not null).Select(service => service.Name)], false, stop);
        if (changed || differing.Count > 0)
            await units.ReloadAsync(stop);
    }

    /// <summary>
    /// Prepares a replacement, so that only the swap is left to do while clients wait: creates the container beside the former one, waits until the former one is
    /// not in the middle of work, and lets the new one load its program where it can. Nothing for other actions.
    /// </summary>
    public async Task ReadyAsync(ContainerAction action, CancellationToken stop)
    {
        if (action is not { Kind: ContainerActionKind.Replace, Existing: { } former })
            return;
        CheckSources(action.Spec!);
        _made[action.Name] = await CreateAsync(action.Spec!, ContainerUnit.NextOf(action.Name), stop);
        if (former.IsRunning)
            await drain.ForAsync(action.Spec!, former, stop);
        if (IsLoadedFirst(action))
            await BesideAsync(action.Spec!, _made[action.Name], stop);
    }

    /// <summary>Creates the new container of a service beside the former one and waits until the new one is healthy.</summary>
    /// <param name="action">An action with <see cref="IsStartedFirst"/>.</param>
    /// <param name="stop">Cancels the wait.</param>
    /// <returns>What ends the former container, or null where no former container works: the action is done then.</returns>
    /// <exception cref="ContainerFailure">The new container does not become healthy; it is removed, and the former one goes on.</exception>
    /// <exception cref="Processes.HostCommandException">The action failed on the host.</exception>
    public async Task<Func<CancellationToken, Task>?> StartFirstAsync(ContainerAction action, CancellationToken stop)
    {
        if (!IsWorking(action))
        {
            await DoAsync(action, stop);
            return null;
        }

        var spec = action.Spec!;
        CheckSources(spec);
        var made = _made[spec.Name] = await CreateAsync(spec, ContainerUnit.NextOf(spec.Name), stop);
        await BesideAsync(spec, made, stop);
        return async cancelled =>
        {
            await drain.ForAsync(spec, action.Existing!, cancelled);
            await EndAsync(spec, action.Existing!, s_lastRequests, cancelled);
            await InheritAsync(spec, action.Existing!, cancelled);
        };
    }

    /// <summary>Whether the action left something for <see cref="FinishAsync"/> that nobody has to wait for, since the new container works.</summary>
    public async Task<bool> CanFinishLaterAsync(ContainerAction action, CancellationToken stop) =>
        _ended.ContainsKey(action.Name) && await health.AnswersAsync(action.Spec!, ContainerUnit.NextOf(action.Name), _made[action.Name], stop);

    /// <summary>Finishes a replacement whose former container has ended: removes it, and gives its name to the new one. Nothing for other actions.</summary>
    public async Task FinishAsync(ContainerAction action, CancellationToken stop)
    {
        if (_ended.TryRemove(action.Name, out var former))
            await InheritAsync(action.Spec!, former, stop);
    }

    /// <exception cref="ContainerFailure">The action failed inside the container.</exception>
    /// <exception cref="Processes.HostCommandException">The action failed on the host.</exception>
    public Task DoAsync(ContainerAction action, CancellationToken stop) => action.Kind switch
    {
        ContainerActionKind.Create or ContainerActionKind.Replace => ReplaceAsync(action, stop),
        ContainerActionKind.Start => StartAsync(action, stop),
        ContainerActionKind.Run => RunAsync(action, stop),
        ContainerActionKind.Await => AwaitAsync(action, stop),
        ContainerActionKind.Exec => ExecAsync(action, stop),
        _ => Task.CompletedTask,
    };

    private async Task ReplaceAsync(ContainerAction action, CancellationToken stop)
    {
        var spec = action.Spec!;
        CheckSources(spec);

        // The new container is created beside the former one, and the unit swaps them at its restart: the service is away only for its stop and its start.
        var isReady = _made.TryGetValue(spec.Name, out var made);
        if (!isReady)
            made = _made[spec.Name] = await CreateAsync(spec, action.Existing is null ? spec.Name : ContainerUnit.NextOf(spec.Name), stop);

        if (IsLoadedFirst(action))
        {
            await drain.ForAsync(spec, action.Existing!, stop, isReady ? DrainWait.LastCheck : null);
            if (!isReady)
                await BesideAsync(spec, made!, stop);
            await EndAsync(spec, action.Existing!, null, stop);
            _ended[spec.Name] = action.Existing!;
            return;
        }

        if (action.Existing is { IsRunning: true } busy)
            await drain.ForAsync(spec, busy, stop, isReady ? DrainWait.LastCheck : null);
        await CloseOtherSocketsAsync(action, stop);
        if (spec.ReplaceSignal is { } signal && action.Existing is { IsRunning: true } former)
            await podman.SignalAsync(former.Id, signal, stop);
        if (spec.Outlive is { } unit && action.Existing is { IsRunning: true } leaving && _servers.Of(leaving.Id) is { Count: > 0 } left)
        {
            await units.AttachAsync(unit, left, stop);
            _servers.Leave(leaving.Id, left);
        }

        await StartUnitAsync(spec, stop);
        if (action.Existing is null || (await podman.StartOfAsync(spec.Name, stop)).Id == made)
            return;
        await RemakeAsync(spec, stop);
        await StartUnitAsync(spec, stop);
    }

    // The new container runs beside the former one until it is healthy, or has loaded its program. Then it belongs to the unit as well. A new container that does not
    // get there is removed, and the former one goes on.
    private async Task BesideAsync(ContainerSpec spec, string made, CancellationToken stop)
    {
        var next = ContainerUnit.NextOf(spec.Name);
        try
        {
            await StartNextAsync();
            await health.ForBesideAsync(spec, next, made, StartNextAsync, stop);
            await units.AdoptAsync(spec.Name, stop);
        }
        catch (Exception failure) when (failure is ContainerFailure or Processes.HostCommandException)
        {
            await podman.RemoveAsync(next, stop);
            throw;
        }
        finally
        {
            if (!spec.Listen.IsEmpty)
                await units.DropNextAsync(spec.Name, stop);
        }

        Task StartNextAsync() => spec.Listen.IsEmpty ? podman.StartAsync(next, stop) : units.StartNextAsync(spec.Name, stop);
    }

    private async Task EndAsync(ContainerSpec spec, ContainerFact former, TimeSpan? grace, CancellationToken stop)
    {
        if (spec.ReplaceSignal is { } signal)
            await podman.SignalAsync(former.Id, signal, stop);
        (await (grace is { } limit ? podman.StopAsync(former.Id, limit, stop) : podman.StopAsync(former.Id, stop))).OrThrow();
    }

    // The unit goes on with the new container without a restart. When the new container has ended meanwhile, the unit has started again, and has swapped the two.
    private async Task InheritAsync(ContainerSpec spec, ContainerFact former, CancellationToken stop)
    {
        await podman.RemoveAsync(former.Id, stop);
        var renamed = await podman.RenameAsync(ContainerUnit.NextOf(spec.Name), spec.Name, stop);
        if (!renamed.Succeeded && (await podman.StartOfAsync(spec.Name, stop)).Id != _made[spec.Name])
            renamed.OrThrow();
        if ((await units.ShowAsync([spec.Name], stop)) is not [{ ActiveState: "active" }])
            await StartUnitAsync(spec, stop);
    }

    /// <summary>Whether the former container, if it works, goes on until the new one does. Sockets with other addresses cannot be shared.</summary>
    public bool IsStartedFirst(ContainerAction action) => action is { Kind: ContainerActionKind.Replace, Spec.ReplaceOrder: ReplaceOrder.StartFirst } && SharesSockets(action);

    // A former container that holds no lock, of templates before this order or with other ones, would not keep its successor from working.
    private bool IsLoadedFirst(ContainerAction action) =>
        action is { Kind: ContainerActionKind.Replace, Spec.ReplaceOrder: ReplaceOrder.LoadFirst } && SharesSockets(action) && IsWorking(action)
        && action.Existing!.Labels.GetValueOrDefault(ContainerLabels.ReplaceOrder) == ReplaceOrders.NameOf(ReplaceOrder.LoadFirst);

    private bool SharesSockets(ContainerAction action) => action.Spec!.Listen.IsEmpty || !HasOtherSockets(action);

    private static bool IsWorking(ContainerAction action) => action is { Existing.IsRunning: true, Unit.ActiveState: "active" };

    // systemd does not change the addresses of sockets that are in use, and a service that held its port itself has to let go of it before systemd listens there.
    private async Task CloseOtherSocketsAsync(ContainerAction action, CancellationToken stop)
    {
        if (HasOtherSockets(action) && action.Unit is not null)
            await units.StopAsync([action.Name], stop);
    }

    /// <summary>Whether systemd does not listen for a service as wanted, so that the service is away while its sockets are opened anew.</summary>
    public bool HasOtherSockets(ContainerAction action) => (action.Unit?.SocketText ?? "") != ContainerUnit.SocketText(action.Spec!, placement);

    // A container that a killed podman left incomplete may never start; a new container does.
    private async Task RemakeAsync(ContainerSpec spec, CancellationToken stop)
    {
        await units.StopAsync([spec.Name], stop);
        await podman.RemoveAsync(spec.Name, stop);
        await podman.RemoveAsync(ContainerUnit.NextOf(spec.Name), stop);
        _made[spec.Name] = await CreateAsync(spec, spec.Name, stop);
    }

    private async Task<string> CreateAsync(ContainerSpec spec, string name, CancellationToken stop)
    {
        var arguments = PodmanArguments.ForCreate(spec, placement, name);
        try
        {
            return await podman.CreateAsync(arguments, stop);
        }
        catch (Processes.HostCommandException exception) when (Podman.IsNameTaken(exception.Result))
        {
            if (await LateAsync(name, stop) is { } late)
                await podman.RemoveAsync(late.Id, stop);
            else if (!await podman.RemoveLeftoverAsync(name, stop))
                throw;
            return await podman.CreateAsync(arguments, stop);
        }
    }

    // A podman that outlived a killed apply may have created the container after the plan was made.
    private async Task<ContainerFact?> LateAsync(string name, CancellationToken stop) =>
        (await podman.ListAsync(stop)).FirstOrDefault(container => container.Name == name && container.ManagedBy == placement.ManagedBy);

    private async Task StartAsync(ContainerAction action, CancellationToken stop)
    {
        if (action.Existing is { State: "paused" } paused)
            await podman.UnpauseAsync(paused.Id, stop);

        // A container that runs without its unit is stopped first: systemd would not notice its end.
        if (action.Existing is { State: not ("created" or "exited") } existing)
            await podman.StopAsync(existing.Id, stop);
        await CloseOtherSocketsAsync(action, stop);
        await StartUnitAsync(action.Spec!, stop);
    }

    private async Task StartUnitAsync(ContainerSpec spec, CancellationToken stop)
    {
        if ((await units.RestartAsync(spec.Name, stop)).Succeeded)
            return;
        await RemakeAsync(spec, stop);
        if ((await units.RestartAsync(spec.Name, stop)).Succeeded)
            return;
        var journal = await units.JournalTailAsync(spec.Name, 8, stop);
        throw ContainerFailure.Of($"Container '{spec.Name}' could not be started.", journal, $"journalctl -u {ContainerUnit.NameOf(spec.Name)}");
    }

    private async Task RunAsync(ContainerAction action, CancellationToken stop)
    {
        var spec = action.Spec!;
        CheckSources(spec);
        if (action.Unit is not null)
            await DropUnitsAsync([action.Name], stop);
        if (action.Existing is { } existing)
            await podman.RemoveAsync(existing.Id, stop);
        var arguments = PodmanArguments.ForRun(spec, placement);
        var (result, tail) = await podman.FollowAsync(arguments, ContainerFailure.TailLines, stop);
        if (Podman.IsNameTaken(result) && await LateAsync(spec.Name, stop) is { } late)
        {
            await AwaitAsync(action with { Existing = late }, stop);
            return;
        }

        if (Podman.IsNameTaken(result) && await podman.RemoveLeftoverAsync(spec.Name, stop))
            (result, tail) = await podman.FollowAsync(arguments, ContainerFailure.TailLines, stop);
        Judge(spec, result.ExitCode, tail);
        if (spec.Remove)
            Remember(spec, target: "");
    }

    private async Task AwaitAsync(ContainerAction action, CancellationToken stop)
    {
        var code = await podman.WaitAsync(action.Existing!.Id, stop);
        Judge(action.Spec!, code, await podman.LogTailAsync(action.Name, ContainerFailure.TailLines, stop));
        if (action.Spec!.Remove)
            Remember(action.Spec, target: "");
    }

    private async Task ExecAsync(ContainerAction action, CancellationToken stop)
    {
        var spec = action.Spec!;
        var target = spec.Command[0];
        var id = _made.GetValueOrDefault(target) ?? action.Existing!.Id;
        var (result, tail) = await podman.FollowAsync(PodmanArguments.ForExec(spec), ContainerFailure.TailLines, stop);
        if (!spec.ExitCodes.Contains(result.ExitCode))
            throw ContainerFailure.Of($"'{spec.Name}' in container '{target}' ended with exit code {result.ExitCode}.", tail, $"podman logs {target}");
        Remember(spec, id);
    }

    private void Remember(ContainerSpec spec, string target) =>
        records.Remember(ContainerPlanner.RecordKey(placement.ConfigId, spec.Name), new(ContainerFingerprint.Of(spec).Hash, target));

    private static void Judge(ContainerSpec spec, int exitCode, IReadOnlyList<string> tail)
    {
        if (!spec.ExitCodes.Contains(exitCode))
            throw ContainerFailure.Of($"Container '{spec.Name}' ended with exit code {exitCode}.", tail, $"podman logs {spec.Name}");
    }

    private async Task DropUnitsAsync(ImmutableArray<string> containers, CancellationToken stop)
    {
        await units.StopAsync(containers, stop);
        await units.EnableAsync(containers, false, stop);
        foreach (var container in containers)
            units.Delete(container);
    }

    // podman would report this too, but only after the old container has been removed.
    private static void CheckSources(ContainerSpec spec)
    {
        var missing = spec.Volumes.Select(volume => volume.Split(':')).Where(parts => parts.Length > 1 && parts[0].StartsWith('/')).Select(parts => parts[0])
            .Concat(spec.EnvFiles).Where(path => !Path.Exists(path)).ToArray();
        if (missing.Length > 0)
            throw new ContainerFailure($"Container '{spec.Name}' needs {string.Join(", ", missing)}, which {(missing.Length == 1 ? "does" : "do")} not exist on this host.");
    }
}
