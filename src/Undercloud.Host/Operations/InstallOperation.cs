using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Ansible;
using Undercloud.Deploy.Diffs;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Output;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Checks;
using Undercloud.Host.Failures;
using Undercloud.Host.Files;
using Undercloud.Host.Gathering;
using Undercloud.Host.Prerequisites;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>
/// From undercloud.conf to a running undercloud. Install, deploy and upgrade are this operation. So are a dry run and a run that only writes the
/// Ansible project: they skip the phases that change the host.
/// </summary>
public sealed class InstallOperation
{
    private readonly OperationContext _context;
    private readonly InstallRequest _request;
    private readonly PlanImages _images;
    private PreparedRun? _run;
    private RunLock? _lock;
    private GenerationEntry? _entry;
    private (Generation Generation, DeploymentPlan Plan)? _previous;
    private RemainingWork _left = RemainingWork.All;
    private bool _upgraded;
    private bool _changed;

    /// <param name="context">The host's services that operations use.</param>
    /// <param name="request">The inputs, and how far the install goes.</param>
    public InstallOperation(OperationContext context, InstallRequest request)
    {
        (_context, _request) = (context, request);
        _images = new(context) { Validates = request.Inputs.Validations };
        Phases =
        [
            new("Plan", "Read undercloud.conf and the files that it names, and make the plan.", () => true, PlanAsync),
            new("Checks", "Run the preflight checks of the hosts, before anything is changed.", () => request.Goal != InstallGoal.Project, CheckAsync),
            new("Saved plan", "Make sure that neither the inputs nor the host have changed since the plan was saved.", () => request.Saved is not null, CheckSavedAsync),
            new("Prerequisites", "Install the Debian packages that the run itself needs.", () => Applies, PrerequisitesAsync),
            new("Images", "Build or pull the images that are missing or outdated, and plan again with them.", () => Applies && _images.AreWanted(Run, request.RenewsImages), ImagesAsync),
            new("Image copies", "Copy missing images to the other nodes.", () => Applies && Run.Plan.Nodes.Any(node => node.Connection is not null), stop => new ImageCopies(context) { Validates = request.Inputs.Validations }.RunAsync(Run.Plan, stop)),
            new("Dump space", "Make sure that dumps of databases have room.", () => Applies && NeedsDumps(Previous()), SpaceAsync) { IsAnnounced = false },
            new("Packages", "Upgrade the Debian packages of every node; nothing else upgrades one.", () => request.UpgradesPackages && request.Goal != InstallGoal.Project, PackagesAsync),
            new("Project", "Write the Ansible project.", () => request.Goal == InstallGoal.Project, _ => Do(WriteProject)),
            new("Record", "Record passwords, secrets and the plan as a generation, and write the Ansible project.", () => Applies, RecordAsync),
            new("Comparison", "Compare the nodes with a plan that is already applied: only what is left is played.", () => Applies && _entry is { WasApplied: true }, CompareAsync),
            new("Databases", "Dump the databases whose schema a new image may change.", () => Applies && NeedsDumps(_previous), DumpAsync),
            new("Data", "Put back the files and databases of a backup.", () => Applies && request.RestoresAsync is not null, stop => request.RestoresAsync!(Run, stop)) { IsAnnounced = false },
            new("Apply", "Play the project: host preparation, steps 1 to 5, clean up.", () => Applies && _left != RemainingWork.Nothing, ApplyAsync) { IsAnnounced = false },
            new("Endpoints", "Wait until every endpoint answers.", () => Applies, stop => new EndpointPatience(context).RunAsync(Run.Plan, stop)),
        ];
    }

    /// <summary>The phases, in order.</summary>
    public ImmutableArray<OperationPhase> Phases { get; }

    /// <summary>The prepared run, once the first phase is done.</summary>
    /// <exception cref="InvalidOperationException">The first phase is not done.</exception>
    public PreparedRun Run => _run ?? throw new InvalidOperationException("Nothing is planned yet.");

    /// <summary>The packages that a dry run would upgrade.</summary>
    public ImmutableArray<NodeUpgrades> Upgrades { get; private set; } = [];

    private bool Applies => _request.Goal == InstallGoal.Apply;

    /// <summary>Runs the phases.</summary>
    /// <returns>The outcome; without a generation for a run that applies nothing.</returns>
    /// <exception cref="InstallException">A phase failed; the message gives the place, the cause and the remedy.</exception>
    public async Task<InstallOutcome> RunAsync(CancellationToken stop)
    {
        _context.Fault?.Expect([.. Phases.Select(phase => phase.Name)]);
        try
        {
            await _context.RunAsync(Phases, stop);
            _entry?.Complete();
            if (_entry is { WasApplied: false })
                await new GenerationRemoval(_context).PruneAsync(stop);
            if (_entry is not null && (_changed || _upgraded || _request.RenewsImages))
                await new RestartReport(_context).WarnAsync(Run.Plan, stop);
            return new(_entry?.Number, _changed || _upgraded, _entry is { Resumes: true });
        }
        catch (Exception failure) when (_entry is not null && IsFailure(failure))
        {
            _entry.Fail(_context.Events.Masked(FailureWords.Of(failure)));
            if (!_request.RollsBack || _previous is not { } previous)
                throw;
            throw await RollBackAsync(failure, previous.Generation.Number, previous.Plan, stop);
        }
        finally
        {
            _lock?.Dispose();
        }
    }

    private async Task PlanAsync(CancellationToken stop)
    {
        CheckUnfinished();
        _run = await _context.Preparation.PrepareAsync(_request.Inputs with { Passwords = _request.Saved?.Passwords }, stop);
        _context.Events.Hide(_run.Mask.And(new SecretMask(new KeptPasswords(_run.Config, _context.Secrets).Texts())));
    }

    // What another command left unfinished, it alone can complete: services would begin with databases that are not there yet.
    private void CheckUnfinished()
    {
        if (!Applies || _request.RestoresAsync is not null)
            return;
        if (RestoreRecord.Read(_context.StateDirectory) is not null)
            throw new RefusedException("A restore is unfinished on this host. Run `undercloud restore` again with the same file, or remove what it has made: `undercloud uninstall --purge`.");
        if (_context.Generations.Newest() is { IsUnfinishedRollback: true, Restore: { Count: > 0 } left } newest)
            throw new RefusedException($"A rollback to generation {newest.RollbackTo} is unfinished: {string.Join(", ", left.Keys.Order(StringComparer.Ordinal))} still {(left.Count == 1 ? "has" : "have")} to go back to {(left.Count == 1 ? "its dump" : "their dumps")}. Run `undercloud rollback`.");
    }

    // A dry run, and a run without validations, turn errors into warnings and continue.
    private async Task CheckAsync(CancellationToken stop)
    {
        // While another run replaces containers, their ports and units would look like faults of the host.
        if (Applies && _request.Held is null && File.Exists(_context.LockFile))
            _lock = await RunLock.TakeAsync(_context, _request.Command, stop);
        var plan = Run.Plan;
        var (missing, isFirst) = (PlanImages.Missing(plan).Length, _context.Generations.Newest() is null);
        var states = await _context.Nodes.AskAllAsync(plan, (agent, node) => agent.StateAsync(node, stop));
        ImmutableArray<Diagnostic> findings =
        [
            .. states.Zip(Run.Nodes).SelectMany(pair => HostChecks
                .Find(pair.First.Answer, HostNeeds.Of(pair.Second, plan with { Nodes = [pair.First.Node] }, pair.First.Node.Connection is null ? missing : 0, isFirst))
                .Select(finding => plan.Nodes.Count > 1 ? finding with { Message = $"{pair.First.Node.Name}: {finding.Message}" } : finding)),
        ];
        if (findings.Length > 0 && Applies && _request.Inputs.Validations)
            throw new InputException(findings);
        foreach (var finding in findings)
            _context.Events.Warn((finding with { Severity = Severity.Warning }).ToString());
    }

    private async Task CheckSavedAsync(CancellationToken stop)
    {
        var differences = await _context.Nodes.CheckAsync(Run.Plan, cloud: true, stop);
        if (_request.Saved!.Refusal(Run.Plan, differences) is { } refusal)
            throw new RefusedException(refusal);
    }

    private async Task PrerequisitesAsync(CancellationToken stop)
    {
        await new DebianPrerequisites(_context.Runner, _context.Events).EnsureAsync([PrerequisiteSet.Install], stop);
        foreach (var node in Run.Plan.Nodes.Where(node => node.Connection is not null))
            await new DebianPrerequisites(_context.Nodes.RunnerOf(node), _context.Events).EnsureAsync([PrerequisiteSet.Node], stop);
    }

    private async Task ImagesAsync(CancellationToken stop)
    {
        if (!await _images.ReadyAsync(Run, _request.RenewsImages, stop))
            return;
        _run = await _context.Preparation.WithImagesAsync(Run, stop);
        _context.Events.Hide(_run.Mask);
    }

    private void WriteProject() => new ProjectDirectory(_context.Tool, Gatherer.ProjectDirectory(Run.Config))
        .Write(Run.Plan, purge: false, [new(Gatherer.ProjectPasswords, PasswordFiles.WriteYaml(Run.Inputs.Passwords), true)]);

    private async Task RecordAsync(CancellationToken stop)
    {
        await LockAsync(stop);

        // Before any record of an undercloud exists: with such a record and without the passwords, the next run would be refused.
        _context.Secrets.Keep(Run.Inputs.Passwords, Run.Secrets);
        AtomicFile.WriteText(Gatherer.PasswordsFile(Run.Config), PasswordFiles.WriteYaml(Run.Inputs.Passwords));
        AtomicFile.WriteText(Gatherer.PasswordsConf(Run.Config), PasswordFiles.WriteConf(Run.Inputs.Passwords));
        _previous = Previous();
        if (_previous is { } previous)
            await new KeptImages(_context).KeepAsync(previous.Plan, Run.Plan, stop);
        _entry = GenerationEntry.Begin(_context, Run.Plan, _request.Command);
        WriteProject();
        _entry.Start();
    }

    private async Task LockAsync(CancellationToken stop)
    {
        if (_request.Held is null)
            _lock ??= await RunLock.TakeAsync(_context, _request.Command, stop);
    }

    private async Task PackagesAsync(CancellationToken stop)
    {
        if (!Applies)
        {
            Upgrades = await new PackageUpgrades(_context).ListAsync(Run.Plan, stop);
            return;
        }

        await LockAsync(stop);
        _upgraded = await new PackageUpgrades(_context).RunAsync(Run.Plan, stop);
    }

    // The applied generation that this run replaces. One whose plan is damaged is nothing to go back to.
    private (Generation Generation, DeploymentPlan Plan)? Previous() =>
        _context.Generations.NewestApplied() is { } applied && applied.PlanHash != Run.Plan.Hash && _context.Generations.FindPlan(applied.Number) is { } plan ? (applied, plan) : null;

    private bool NeedsDumps((Generation Generation, DeploymentPlan Plan)? previous) =>
        previous is { } former && Run.Plan.Nodes.Any(node => node.DatabaseServer is not null) && !SchemaMoves.Of(former.Plan, Run.Plan).IsEmpty;

    private async Task SpaceAsync(CancellationToken stop)
    {
        var former = Previous()!.Value.Plan;
        ImmutableArray<Diagnostic> findings = [.. await new DatabaseDumps(_context).WithoutRoomAsync(former, SchemaMoves.Of(former, Run.Plan), stop)];
        if (findings.Length > 0 && _request.Inputs.Validations)
            throw new InputException(findings);
        foreach (var finding in findings)
            _context.Events.Warn((finding with { Severity = Severity.Warning }).ToString());
    }

    private async Task DumpAsync(CancellationToken stop)
    {
        var databases = SchemaMoves.Of(_previous!.Value.Plan, Run.Plan);
        await new DatabaseDumps(_context).TakeAsync(Run.Plan, _entry!.Number, databases, stop);
    }

    // The failure that the run ends with: its cause, and what became of the way back.
    private async Task<InstallException> RollBackAsync(Exception failure, int target, DeploymentPlan plan, CancellationToken stop)
    {
        var cause = FailureWords.Of(failure).TrimEnd() + (_upgraded ? "\nThe packages of the host that this run has upgraded stay so." : "");
        _context.Events.Warn($"The {_request.Command} failed, and generation {target} is applied again. {cause}");
        _context.Events.Phase($"Roll back to generation {target}");
        try
        {
            // A run before this one may have moved a schema as well, and failed.
            var (dumps, _) = await AskedAsync();
            var rollback = new RollbackOperation(_context, new(target, plan, Gatherer.ProjectDirectory(Run.Config)) { Databases = dumps, Touched = [.. dumps.Select(dump => dump.Database)], AfterFailure = true, Held = _lock });
            var outcome = await rollback.RunAsync(stop);
            return new RolledBackException(cause, target, outcome.Generation!.Value);
        }
        catch (Exception second) when (IsFailure(second))
        {
            return new InstallException($"{cause}\n\nThe way back to generation {target} failed as well:\n{FailureWords.Of(second).TrimEnd()}\n`undercloud rollback {target}` tries it again.");
        }
        catch (OperationCanceledException)
        {
            throw new WayBackInterruptedException(target, stop);
        }

        async Task<(ImmutableArray<(string Database, int Generation)> Dumps, ImmutableArray<string> Moved)> AskedAsync()
        {
            try
            {
                return await RollbackChoice.SinceAsync(_context, target, plan, Run.Plan, stop);
            }
            catch (InstallException unanswered) when (unanswered is not RefusedException && new DatabaseStream(_context, plan) is { Node: not null } server)
            {
                // The failed run has broken the database server itself: only the former one tells what has moved.
                _context.Events.Warn($"{unanswered.Message}\nThe former database server is started first.");
                var project = Gatherer.ProjectDirectory(Run.Config);
                new ProjectDirectory(_context.Tool, project).Write(plan, purge: false, [new(Gatherer.ProjectPasswords, PasswordFiles.WriteYaml(Run.Inputs.Passwords), true)]);
                await new PlaybookRun(_context).RunAsync(project, stop, [.. Enumerable.Range(0, server.Step + 1).Select(AnsibleProject.StepTag)]);
                return await RollbackChoice.SinceAsync(_context, target, plan, Run.Plan, stop);
            }
        }
    }

    /// <summary>Whether an exception is a failure of a run; an interruption and a mistake in the program are none.</summary>
    internal static bool IsFailure(Exception exception) => exception is InstallException or HostCommandException or IOException or UnauthorizedAccessException;

    private async Task CompareAsync(CancellationToken stop)
    {
        try
        {
            var answers = await _context.Nodes.AskAllAsync(Run.Plan, (agent, node) => agent.UnappliedAsync(node, stop));
            _left = RemainingTasks.Of(Run.Plan, [.. answers.Select(answer => answer.Answer)]);
        }
        catch (InstallException)
        {
            // The play reports what is wrong with the node.
            return;
        }

        if (_left == RemainingWork.Nothing)
            _context.Events.Line("Every node is as the plan has it: there is nothing to play.");
        else if (_left == RemainingWork.TemplateTasks)
            _context.Events.Line("Every node is as the plan has it: only the services' own tasks are played, which cannot be compared.");
    }

    // Without anything to apply there is nothing to update either.
    private async Task ApplyAsync(CancellationToken stop) => _changed = _left == RemainingWork.TemplateTasks
        ? await new PlaybookRun(_context).RunAsync(Gatherer.ProjectDirectory(Run.Config), stop, AnsibleProject.TemplateTasks)
        : await new PlaybookRun(_context).RunAsync(Gatherer.ProjectDirectory(Run.Config), AnsibleProject.PlaybookOf(Run.Plan, _request.IsUpdate), stop);

    private static Task Do(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}
