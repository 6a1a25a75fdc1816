using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Ansible;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Output;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Checks;
using Undercloud.Host.Failures;
using Undercloud.Host.Files;
using Undercloud.Host.Gathering;
using Undercloud.Host.Output;
using Undercloud.Host.Prerequisites;

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
    private Generation? _generation;
    private bool _resumes;
    private bool _isApplied;
    private RemainingWork _left = RemainingWork.All;
    private bool _changed;

    /// <param name="context">The host's services that operations use.</param>
    /// <param name="request">The inputs, and how far the install goes.</param>
    public InstallOperation(OperationContext context, InstallRequest request)
    {
        (_context, _request) = (context, request);
        _images = new(context);
        Phases =
        [
            new("Plan", "Read undercloud.conf and the files that it names, and make the plan.", () => true, PlanAsync),
            new("Checks", "Run the preflight checks of the hosts, before anything is changed.", () => request.Goal != InstallGoal.Project, CheckAsync),
            new("Saved plan", "Make sure that neither the inputs nor the host have changed since the plan was saved.", () => request.Saved is not null, CheckSavedAsync),
            new("Prerequisites", "Install the Debian packages that the run itself needs.", () => Applies, PrerequisitesAsync),
            new("Images", "Build the images that are missing or outdated, and plan again with them.", () => Applies && _images.AreWanted(Run.Plan, request.RenewsImages), ImagesAsync),
            new("Image copies", "Copy missing images to the other nodes.", () => Applies && Run.Plan.Nodes.Any(node => node.Connection is not null), stop => new ImageCopies(context).RunAsync(Run.Plan, stop)),
            new("Project", "Write the Ansible project.", () => request.Goal == InstallGoal.Project, _ => Do(WriteProject)),
            new("Record", "Record passwords, secrets and the plan as a generation, and write the Ansible project.", () => Applies, RecordAsync),
            new("Comparison", "Compare the nodes with a plan that is already applied: only what is left is played.", () => Applies && _isApplied, CompareAsync),
            new("Apply", "Play the project: host preparation, steps 1 to 5, clean up.", () => Applies && _left != RemainingWork.Nothing, ApplyAsync) { IsAnnounced = false },
            new("Endpoints", "Wait until every endpoint answers.", () => Applies, stop => new EndpointPatience(context).RunAsync(Run.Plan, stop)),
        ];
    }

    /// <summary>The phases, in order.</summary>
    public ImmutableArray<OperationPhase> Phases { get; }

    /// <summary>The prepared run, once the first phase is done.</summary>
    /// <exception cref="InvalidOperationException">The first phase is not done.</exception>
    public PreparedRun Run => _run ?? throw new InvalidOperationException("Nothing is planned yet.");

    private bool Applies => _request.Goal == InstallGoal.Apply;

    /// <summary>Runs the phases.</summary>
    /// <returns>The outcome; without a generation for a run that applies nothing.</returns>
    /// <exception cref="InstallException">A phase failed; the message gives the place, the cause and the remedy.</exception>
    public async Task<InstallOutcome> RunAsync(CancellationToken stop)
    {
        try
        {
            await _context.RunAsync(Phases, stop);

            // Re-applying an applied generation does not mark it unfinished.
            if (_generation is { State: not GenerationState.Applied })
                _context.Generations.Update(_generation with { State = GenerationState.Applied, Ended = _context.Time.GetUtcNow() });
            return new(_generation?.Number, _changed, _resumes);
        }
        catch (InstallException failure) when (_generation is not null)
        {
            _context.Generations.Update(_generation with { State = GenerationState.Failed, Ended = _context.Time.GetUtcNow(), Message = _context.Events.Masked(FailureWords.Of(failure)) });
            throw;
        }
        finally
        {
            _lock?.Dispose();
        }
    }

    private async Task PlanAsync(CancellationToken stop)
    {
        _run = await _context.Preparation.PrepareAsync(_request.Inputs with { Passwords = _request.Saved?.Passwords }, stop);
        _context.Events.Hide(_run.Mask.And(new SecretMask(new KeptPasswords(_run.Config, _context.Secrets).Texts())));
    }

    // A dry run, and a run without validations, turn errors into warnings and continue.
    private async Task CheckAsync(CancellationToken stop)
    {
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
        if (!await _images.ReadyAsync(Run.Plan, _request.RenewsImages, stop))
            return;
        _run = await _context.Preparation.WithImagesAsync(Run, stop);
        _context.Events.Hide(_run.Mask);
    }

    private void WriteProject() => new ProjectDirectory(_context.Tool, Gatherer.ProjectDirectory(Run.Config))
        .Write(Run.Plan, purge: false, [new(Gatherer.ProjectPasswords, PasswordFiles.WriteYaml(Run.Inputs.Passwords), true)]);

    private async Task RecordAsync(CancellationToken stop)
    {
        _lock = await RunLock.TakeAsync(_context, _request.Command, stop);

        // Before any record of an undercloud exists: with such a record and without the passwords, the next run would be refused.
        _context.Secrets.Keep(Run.Inputs.Passwords, Run.Secrets);
        AtomicFile.WriteText(Gatherer.PasswordsFile(Run.Config), PasswordFiles.WriteYaml(Run.Inputs.Passwords));
        AtomicFile.WriteText(Gatherer.PasswordsConf(Run.Config), PasswordFiles.WriteConf(Run.Inputs.Passwords));
        var generations = _context.Generations;
        var newest = generations.Newest();
        var (number, isNew, resumes) = GenerationChoice.For(newest, Run.Plan.Hash);
        var generation = isNew ? new Generation(number, GenerationState.Planned, Run.Plan.Hash, _request.Command, _context.Time.GetUtcNow()) : newest!;
        if (resumes)
            _context.Events.Line($"Resuming generation {number}, which was left {newest!.State.ToString().ToLowerInvariant()}.");

        // An existing generation is written as well: its plan on disk may be damaged.
        generations.Write(generation, Run.Plan);
        _context.Events.Subscribe(new EventFile(generations.EventsFile(number)), withPast: true);
        WriteProject();
        if (generation.State != GenerationState.Applied)
            generations.Update(generation = generation with { State = GenerationState.Applying, Ended = null, Message = null });
        (_generation, _resumes, _isApplied) = (generation, resumes, generation.State == GenerationState.Applied);
    }

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

    private async Task ApplyAsync(CancellationToken stop) => _changed = await new PlaybookRun(_context)
        .RunAsync(Gatherer.ProjectDirectory(Run.Config), stop, _left == RemainingWork.TemplateTasks ? [AnsibleProject.TemplateTasks] : []);

    private static Task Do(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}
