using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Values;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>Applies a recorded plan again, as a new generation. Databases whose schema has changed since go back to their dumps first.</summary>
public sealed class RollbackOperation
{
    private readonly OperationContext _context;
    private readonly RollbackRequest _request;
    private RunLock? _lock;
    private GenerationEntry? _entry;
    private bool _changed;

    /// <param name="context">What it works with.</param>
    /// <param name="request">The plan to go back to.</param>
    public RollbackOperation(OperationContext context, RollbackRequest request)
    {
        (_context, _request) = (context, request);
        Phases =
        [
            new("Checks", "Make sure that every image of the former plan is still on its node, and that the dumps to load are complete.", () => true, CheckAsync),
            new("Record", "Record the former plan as a new generation, and write its Ansible project.", () => true, RecordAsync),
            new("Dumps", "Dump the databases whose schema the former images may change, or that older dumps replace.", () => !request.Touched.IsEmpty, stop => new DatabaseDumps(context).TakeAsync(request.Plan, _entry!.Number, request.Touched, stop)),
            new("Databases", "Stop the services of databases with another schema, and replace these databases by their dumps.", () => !request.Databases.IsEmpty, LoadAsync),
            new("Apply", "Play the project: host preparation, steps 1 to 5, clean up.", () => true, async stop => _changed = await new PlaybookRun(context).RunAsync(request.Project, stop)) { IsAnnounced = false },
            new("Endpoints", "Wait until every endpoint answers.", () => true, stop => new EndpointPatience(context).RunAsync(request.Plan, stop)),
        ];
    }

    /// <summary>What it does, in order.</summary>
    public ImmutableArray<OperationPhase> Phases { get; }

    /// <summary>Carries the phases out.</summary>
    /// <returns>How it ended.</returns>
    /// <exception cref="InstallException">A phase failed; the message says what, where and why.</exception>
    public async Task<InstallOutcome> RunAsync(CancellationToken stop)
    {
        try
        {
            await _context.RunAsync(Phases, stop);
            _entry!.Complete();
            await new GenerationRemoval(_context).PruneAsync(stop);
            return new(_entry.Number, _changed, _entry.Resumes);
        }
        catch (Exception failure) when (_entry is not null && InstallOperation.IsFailure(failure))
        {
            _entry.Fail(_context.Events.Masked(FailureWords.Of(failure)));
            throw;
        }
        finally
        {
            _lock?.Dispose();
        }
    }

    private async Task CheckAsync(CancellationToken stop)
    {
        foreach (var dump in _request.Databases.GroupBy(database => database.Generation))
            await new DatabaseDumps(_context).VerifyAsync(_request.Plan, dump.Key, [.. dump.Select(database => database.Database)], stop);
        if (await new KeptImages(_context).MissingAsync(_request.Plan, stop) is { IsEmpty: false } missing)
        {
            throw new InstallException(
                $"These images of generation {_request.Target} are no longer there:\n{string.Join('\n', missing.Select(image => $"  {image}"))}\n"
                + "Nothing was changed. Choose another generation (`undercloud generation list`), or correct undercloud.conf and install again.");
        }

        if (!_request.AfterFailure && (await new DatabaseDumps(_context).WithoutRoomAsync(_request.Plan, _request.Touched, stop)).ToImmutableArray() is { IsEmpty: false } findings)
            throw new InputException(findings);
    }

    private async Task RecordAsync(CancellationToken stop)
    {
        _lock = _request.Held is null ? await RunLock.TakeAsync(_context, "rollback", stop) : null;
        await KeepImagesAsync(stop);
        _entry = GenerationEntry.Begin(_context, _request.Plan, "rollback", _request.Target, _request.Databases.IsEmpty ? null : _request.Databases.ToDictionary(database => database.Database, database => database.Generation));
        new ProjectDirectory(_context.Tool, _request.Project)
            .Write(_request.Plan, purge: false, [new(Gatherer.ProjectPasswords, PasswordFiles.WriteYaml(_context.Secrets.Passwords() ?? MapValue.Empty), true)]);
        _entry.Start();
    }

    // The images of what is left stay, and the plan's names lead to the former images again: otherwise the next install would apply the images that were left.
    private async Task KeepImagesAsync(CancellationToken stop)
    {
        var images = new KeptImages(_context);
        foreach (var number in new[] { _context.Generations.NewestApplied()?.Number, _context.Generations.Newest()?.Number }.OfType<int>().Distinct())
        {
            if (_context.Generations.FindPlan(number) is { } left)
                await images.KeepAsync(left, _request.Plan, stop);
        }

        await images.NameAsync(_request.Plan, stop);
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        ImmutableArray<DeploymentPlan> plans = [.. Later(), _request.Plan];
        await StopServicesAsync(plans, stop);
        foreach (var dump in _request.Databases.GroupBy(database => database.Generation))
            await new DatabaseDumps(_context).LoadAsync(_request.Plan, dump.Key, [.. dump.Select(database => database.Database)], stop);
        await ForgetMigrationsAsync(plans, stop);
        _entry!.Restored();
    }

    // A migration that succeeded is not repeated while its container is there, but its database is older now.
    private async Task ForgetMigrationsAsync(ImmutableArray<DeploymentPlan> plans, CancellationToken stop)
    {
        var databases = _request.Databases.Select(database => database.Database).ToHashSet(StringComparer.Ordinal);
        foreach (var node in _request.Plan.Nodes)
        {
            string[] jobs = [.. plans.SelectMany(plan => plan.Nodes.Where(other => other.Name == node.Name)).SelectMany(other => other.AllContainers)
                .Where(spec => spec.Job == ContainerJob.Migrate && spec.Databases.Any(databases.Contains)).Select(spec => spec.Name).Distinct().Order(StringComparer.Ordinal)];
            if (jobs.Length > 0)
                (await _context.Nodes.RunnerOf(node).RunAsync(new("podman", ["rm", "--force", "--ignore", .. jobs]), stop)).OrThrow();
        }
    }

    // The services that use the databases, of the former plan and of every later one, with their sockets: a waiting client would start a service. The play starts
    // the services again.
    private async Task StopServicesAsync(ImmutableArray<DeploymentPlan> plans, CancellationToken stop)
    {
        _context.Events.Now("stopping the services");
        var names = _request.Databases.Select(database => database.Database).ToList();
        foreach (var name in names.Where(name => plans.All(plan => plan.Nodes.All(node => DatabaseUsers.Of(plan, node, [name]).IsEmpty))))
            _context.Events.Warn($"No configuration file has a URL of the database {name}, so no service is stopped before it is replaced: restart its services afterwards.");
        foreach (var node in _request.Plan.Nodes)
        {
            var users = plans
                .SelectMany(plan => plan.Nodes.Where(other => other.Name == node.Name).SelectMany(other => DatabaseUsers.Of(plan, other, names)))
                .SelectMany(name => new[] { ContainerUnit.NameOf(name), ContainerUnit.SocketNameOf(name) }).ToHashSet(StringComparer.Ordinal);
            var runner = _context.Nodes.RunnerOf(node);
            var listed = (await runner.RunAsync(new("systemctl", ["list-unit-files", "--no-legend", "--plain", ContainerUnit.NameOf("*"), ContainerUnit.SocketNameOf("*")]), stop)).Output;
            var units = listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).Where(users.Contains).ToList();
            if (units.Count > 0)
                (await runner.RunAsync(new("systemctl", ["stop", .. units]), stop)).OrThrow();
        }
    }

    // The plans after the former one.
    private ImmutableArray<DeploymentPlan> Later()
    {
        var plans = ImmutableArray.CreateBuilder<DeploymentPlan>();
        foreach (var generation in _context.Generations.All().Where(generation => generation.Number > _request.Target && generation.Number != _entry!.Number))
        {
            if (_context.Generations.FindPlan(generation.Number) is { } plan)
                plans.Add(plan);
            else
                _context.Events.Warn($"The plan of generation {generation.Number} cannot be read: a service that only this generation has is not stopped before the databases are replaced.");
        }

        return plans.ToImmutable();
    }
}
