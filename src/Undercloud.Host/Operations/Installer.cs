using Undercloud.Config;
using Undercloud.Deploy.Ansible;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Agent;
using Undercloud.Host.Ansible;
using Undercloud.Host.Containers;
using Undercloud.Host.Failures;
using Undercloud.Host.Files;
using Undercloud.Host.Gathering;
using Undercloud.Host.Generations;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>How a run ended.</summary>
/// <param name="Generation">The generation that is applied now; null after an uninstall.</param>
/// <param name="Changed">Whether anything on a node was changed.</param>
/// <param name="Resumed">Whether it went on with an unfinished run.</param>
public sealed record InstallOutcome(int? Generation, bool Changed, bool Resumed);

/// <summary>Applies a prepared run: passwords, Ansible project, generation, ansible-playbook.</summary>
public sealed class Installer(
    IProcessRunner runner, HttpMessageHandler http, ToolHome tool, GenerationStore generations, InstalledRelease installed, TimeProvider time, RunEvents events, SecretRecord record)
{
    private static readonly string s_lockFile = Path.Combine(GenerationStore.StateDirectory, "lock");

    // Ansible's, of one run. Not in /run: the tool itself is copied by way of it.
    private static readonly string s_temporary = Path.Combine(GenerationStore.StateDirectory, "ansible-tmp");

    /// <summary>Writes the Ansible project, and nothing beside it: the operator's passwords file belongs to what is applied.</summary>
    public void WriteProject(PreparedRun run) =>
        WriteProject(run.Plan, Gatherer.ProjectDirectory(run.Config), purge: false, [new(Gatherer.ProjectPasswords, PasswordFiles.WriteYaml(run.Inputs.Passwords), true)]);

    /// <summary>Brings the host to what the plan says.</summary>
    /// <exception cref="InstallException">A task failed, or an endpoint does not answer; the message says which, where and why.</exception>
    public async Task<InstallOutcome> ApplyAsync(PreparedRun run, string command, CancellationToken stop)
    {
        using var theLock = await LockAsync(command, stop);

        // Before anything says that there is an undercloud: without them the next run would be refused.
        record.Keep(run.Inputs.Passwords, run.Secrets);
        AtomicFile.WriteText(Gatherer.PasswordsFile(run.Config), PasswordFiles.WriteYaml(run.Inputs.Passwords));
        AtomicFile.WriteText(Gatherer.PasswordsConf(run.Config), PasswordFiles.WriteConf(run.Inputs.Passwords));
        var newest = generations.Newest();
        var (number, isNew, resumes) = GenerationChoice.For(newest, run.Plan.Hash);
        var generation = isNew ? new Generation(number, GenerationState.Planned, run.Plan.Hash, command, time.GetUtcNow()) : newest!;
        if (resumes)
            events.Line($"Going on with generation {number}, which was left {newest!.State.ToString().ToLowerInvariant()}.");

        // Also one that is there: its plan may be damaged on disk.
        generations.Write(generation, run.Plan);
        events.Subscribe(new EventFile(generations.EventsFile(number)), withPast: true);
        WriteProject(run);

        // Re-applying an applied generation does not mark it unfinished.
        if (generation.State != GenerationState.Applied)
            generations.Update(generation = generation with { State = GenerationState.Applying, Ended = null, Message = null });
        try
        {
            var changed = await PlayAsync(Gatherer.ProjectDirectory(run.Config), stop);
            await AnswersAsync(run.Plan, stop);
            if (generation.State != GenerationState.Applied)
                generations.Update(generation with { State = GenerationState.Applied, Ended = time.GetUtcNow() });
            return new(number, changed, resumes);
        }
        catch (InstallException failure)
        {
            generations.Update(generation with { State = GenerationState.Failed, Ended = time.GetUtcNow(), Message = events.Masked(FailureWords.Of(failure)) });
            throw;
        }
    }

    /// <summary>Applies the empty plan: nothing of ours stays but what holds state, unless <paramref name="purge"/>.</summary>
    /// <exception cref="InstallException">A task failed.</exception>
    public async Task<InstallOutcome> RemoveAsync(UndercloudConfig config, DeploymentPlan last, bool purge, CancellationToken stop)
    {
        bool changed;
        using (await LockAsync("uninstall", stop))
        {
            var node = last.Nodes[0];
            var project = Gatherer.ProjectDirectory(config);
            WriteProject(Planner.Empty(last.Stack, last.Release, node.Manifest.Node, node.Role), project, purge, []);
            changed = await PlayAsync(project, stop);
            generations.Clear();
            Directory.Delete(project, recursive: true);
            if (purge)
            {
                installed.Forget();
                record.Forget();
                File.Delete(Gatherer.PasswordsFile(config));
                File.Delete(Gatherer.PasswordsConf(config));
            }
        }

        RemoveOwnTraces();
        return new(null, changed, false);
    }

    private void WriteProject(DeploymentPlan plan, string directory, bool purge, IEnumerable<ProjectFile> beside)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(directory, Owner);
        var files = AnsibleProject.Write(plan, new(ToolHome.Program, tool.Ansible, purge)).Concat(beside).ToList();
        var wanted = files.Select(file => Path.Combine(directory, file.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var stale in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(f => !wanted.Contains(f)).ToList())
            File.Delete(stale);
        foreach (var file in files)
            AtomicFile.WriteText(Path.Combine(directory, file.Path), file.Content, file.Private ? AtomicFile.Private : AtomicFile.Public);
    }

    // What the first play brought to this host, and this tool's own records; kept state is still recorded in owned.json.
    private static void RemoveOwnTraces()
    {
        var program = Path.GetDirectoryName(AnsibleProject.NodeTool)!;
        if (Directory.Exists(program) && !ToolHome.Program.StartsWith(program, StringComparison.Ordinal))
            Directory.Delete(program, recursive: true);
        var containers = new ContainerPaths();
        string[] records = ["manifest.json", "lock", .. new[] { containers.LockFile, containers.RecordsFile, containers.StartTimesFile }.Select(path => Path.GetFileName(path)!)];
        foreach (var record in records)
            File.Delete(Path.Combine(GenerationStore.StateDirectory, record));
        if (Directory.Exists(s_temporary))
            Directory.Delete(s_temporary, recursive: true);
        if (Directory.Exists(GenerationStore.StateDirectory) && !Directory.EnumerateFileSystemEntries(GenerationStore.StateDirectory).Any())
            Directory.Delete(GenerationStore.StateDirectory);
    }

    // What a killed run has left at work is waited for: beside it, this one would make the same things a second time and fail.
    private async Task<NodeLock> LockAsync(string command, CancellationToken stop)
    {
        var theLock = NodeLock.TryAcquire(s_lockFile, command, out var holder)
            ?? throw new RefusedException($"Another run is at work on this host: {holder}. Wait for it to end, or end it and run this again.");
        try
        {
            if (await Survivors.WaitAsync(s_lockFile, time, events.Warn, events.Now, stop) is { Count: > 0 } left)
            {
                throw new InstallException(
                    $"A run before this one was killed, and what it started does not end: {string.Join(", ", left)}.\n"
                    + $"Look at what it waits for, end it (kill {string.Join(' ', left.Select(one => one.Id))}), and run this again.");
            }

            if (Directory.Exists(s_temporary))
                Directory.Delete(s_temporary, recursive: true);
            return theLock;
        }
        catch
        {
            theLock.Dispose();
            throw;
        }
    }

    // An install ends only when what it started answers.
    private async Task AnswersAsync(DeploymentPlan plan, CancellationToken stop)
    {
        events.Now("asking the endpoints");
        using var gate = new SemaphoreSlim(EndpointCheck.Parallel);
        if (await new EndpointWait(new EndpointCheck(http, time, gate), time, events.Now).RunAsync(EndpointCheck.Of(plan), stop) is { IsEmpty: false } silent)
        {
            throw new InstallException(
                $"Everything is in place, and after {EndpointWait.Limit.TotalSeconds:F0} s these endpoints do not answer as they should:\n"
                + string.Join("", silent.Select(endpoint => $"  {endpoint.Service} {endpoint.Interface} {endpoint.Url}: {endpoint.Answer}\n"))
                + "`undercloud status` says how their containers are, and the services' logs are in /var/log/containers. Run this again once they answer.");
        }
    }

    private async Task<bool> PlayAsync(string project, CancellationToken stop)
    {
        var journal = new PlayJournal(events);
        using var watch = new ContainerProgress(new ContainerPaths().ProgressFile, time, journal.Doing);
        var ansible = new AnsibleRun(new MarkedProcesses(runner, s_lockFile), tool.Ansible, s_temporary);
        var result = await ansible.RunAsync(project, AnsibleProject.Playbook, new AnsibleRunOptions(), journal.Take, stop);
        if (!result.Succeeded)
            throw new InstallException(journal.Failure ?? $"ansible-playbook ended with exit code {result.ExitCode}.\n{journal.Said}\n{result.Tail()}") { Logged = journal.Failure is not null };
        return journal.Changed;
    }
}
