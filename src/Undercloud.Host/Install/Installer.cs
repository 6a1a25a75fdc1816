using Undercloud.Config;
using Undercloud.Deploy.Ansible;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Ansible;
using Undercloud.Host.Containers;
using Undercloud.Host.Files;
using Undercloud.Host.Generations;
using Undercloud.Host.Node;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Install;

/// <summary>How a run ended.</summary>
/// <param name="Generation">The generation that is applied now; null after an uninstall.</param>
/// <param name="Changed">Whether anything on a node was changed.</param>
/// <param name="Resumed">Whether it went on with an unfinished run.</param>
public sealed record InstallOutcome(int? Generation, bool Changed, bool Resumed);

/// <summary>Applies a prepared run: passwords, Ansible project, generation, ansible-playbook.</summary>
public sealed class Installer(
    IProcessRunner runner, ToolHome tool, GenerationStore generations, InstalledRelease installed, TimeProvider time, IProgressView progress, RunLog log)
{
    /// <summary>Where the Ansible project of a configuration is.</summary>
    public static string ProjectDirectory(UndercloudConfig config) => Path.Combine(config.OutputDirectory, "undercloud-ansible");

    /// <summary>Writes the passwords and the Ansible project.</summary>
    /// <returns>Whether a file changed.</returns>
    public bool WriteProject(PreparedRun run, bool purge = false)
    {
        var changed = AtomicFile.WriteText(Gatherer.PasswordsFile(run.Config), PasswordFiles.WriteYaml(run.Inputs.Passwords));
        changed |= AtomicFile.WriteText(Gatherer.PasswordsConf(run.Config), PasswordFiles.WriteConf(run.Inputs.Passwords));
        return WriteProject(run.Plan, ProjectDirectory(run.Config), purge) || changed;
    }

    /// <summary>Brings the host to what the plan says.</summary>
    /// <exception cref="InstallException">A task failed; the message says which, where and why.</exception>
    public async Task<InstallOutcome> ApplyAsync(PreparedRun run, string command, CancellationToken stop)
    {
        using var theLock = Lock(command);
        var newest = generations.Newest();
        var (number, isNew, resumes) = GenerationChoice.For(newest, run.Plan.Hash);
        var generation = isNew ? new Generation(number, GenerationState.Planned, run.Plan.Hash, command, time.GetUtcNow()) : newest!;
        if (resumes)
            progress.Line($"Going on with generation {number}, which was left {newest!.State.ToString().ToLowerInvariant()}.");
        if (isNew)
            generations.Write(generation, run.Plan);
        WriteProject(run);

        // One that is applied stays so while it is applied again: a second run of it is no unfinished run.
        if (generation.State != GenerationState.Applied)
            generations.Update(generation = generation with { State = GenerationState.Applying, Ended = null, Message = null });
        try
        {
            var changed = await PlayAsync(ProjectDirectory(run.Config), stop);
            if (generation.State != GenerationState.Applied)
                generations.Update(generation with { State = GenerationState.Applied, Ended = time.GetUtcNow() });
            return new(number, changed, resumes);
        }
        catch (InstallException failure)
        {
            generations.Update(generation with { State = GenerationState.Failed, Ended = time.GetUtcNow(), Message = log.Masked(failure.Message) });
            throw;
        }
    }

    /// <summary>Applies the empty plan: nothing of ours stays but what holds state, unless <paramref name="purge"/>.</summary>
    /// <exception cref="InstallException">A task failed.</exception>
    public async Task<InstallOutcome> RemoveAsync(UndercloudConfig config, DeploymentPlan last, bool purge, CancellationToken stop)
    {
        bool changed;
        using (Lock("uninstall"))
        {
            var node = last.Nodes[0];
            var project = ProjectDirectory(config);
            WriteProject(Planner.Empty(last.Stack, last.Release, node.Manifest.Node, node.Role), project, purge);
            changed = await PlayAsync(project, stop);
            generations.Clear();
            Directory.Delete(project, recursive: true);
            if (purge)
            {
                installed.Forget();
                File.Delete(Gatherer.PasswordsFile(config));
                File.Delete(Path.Combine(config.OutputDirectory, "undercloud-passwords.conf"));
            }
        }

        RemoveOwnTraces();
        return new(null, changed, false);
    }

    private bool WriteProject(DeploymentPlan plan, string directory, bool purge)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(directory, Owner);
        var files = AnsibleProject.Write(plan, new(ToolHome.Program, tool.Ansible, purge));
        var wanted = files.Select(file => Path.Combine(directory, file.Path)).ToHashSet(StringComparer.Ordinal);
        var changed = false;
        foreach (var stale in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(f => !wanted.Contains(f)).ToList())
        {
            File.Delete(stale);
            changed = true;
        }

        foreach (var file in files)
            changed |= AtomicFile.WriteText(Path.Combine(directory, file.Path), file.Content, file.Private ? AtomicFile.Private : AtomicFile.Public);
        return changed;
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
        if (Directory.Exists(GenerationStore.StateDirectory) && !Directory.EnumerateFileSystemEntries(GenerationStore.StateDirectory).Any())
            Directory.Delete(GenerationStore.StateDirectory);
    }

    private static NodeLock Lock(string command) =>
        NodeLock.TryAcquire(Path.Combine(GenerationStore.StateDirectory, "lock"), command, out var holder)
        ?? throw new InstallException($"Another run is at work on this host: {holder}. Wait for it to end, or end it and run this again.");

    private async Task<bool> PlayAsync(string project, CancellationToken stop)
    {
        var journal = new PlayJournal(progress, log);
        using var watch = new ContainerProgress(new ContainerPaths().ProgressFile, time, journal.Doing);
        var result = await new AnsibleRun(runner, tool.Ansible).RunAsync(project, AnsibleProject.Playbook, new AnsibleRunOptions(), journal.Take, stop);
        if (!result.Succeeded)
            throw new InstallException(journal.Failure ?? $"ansible-playbook ended with exit code {result.ExitCode}.\n{journal.Said}\n{result.Tail()}");
        return journal.Changed;
    }
}
