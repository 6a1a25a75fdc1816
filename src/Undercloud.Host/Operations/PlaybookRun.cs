using System.Collections.Immutable;
using Undercloud.Deploy.Ansible;
using Undercloud.Host.Ansible;
using Undercloud.Host.Containers;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>Plays an Ansible project under the run lock, and publishes its events.</summary>
/// <param name="context">The host's services that operations use.</param>
public sealed class PlaybookRun(OperationContext context)
{
    /// <summary>Plays a project that reconciles the nodes.</summary>
    /// <param name="project">The project's directory.</param>
    /// <param name="stop">Cancels the play.</param>
    /// <param name="tags">The tags of the tasks to play; all tasks unless given.</param>
    /// <returns>Whether a task changed a node.</returns>
    /// <exception cref="InstallException">A task failed, or Ansible could not start.</exception>
    public Task<bool> RunAsync(string project, CancellationToken stop, params ImmutableArray<string> tags) => RunAsync(project, AnsibleProject.Playbook, stop, tags);

    /// <summary>Plays a playbook of a project.</summary>
    /// <param name="project">The project's directory.</param>
    /// <param name="playbook">The playbook, relative to the project.</param>
    /// <param name="stop">Cancels the play.</param>
    /// <param name="tags">The tags of the tasks to play; all tasks unless given.</param>
    /// <returns>Whether a task changed a node.</returns>
    /// <exception cref="InstallException">A task failed, or Ansible could not start.</exception>
    public async Task<bool> RunAsync(string project, string playbook, CancellationToken stop, params ImmutableArray<string> tags)
    {
        var journal = new PlayJournal(context.Events);
        using var watch = new ContainerProgress(new ContainerPaths().ProgressFile, context.Time, journal.Doing);
        var ansible = new AnsibleRun(new MarkedProcesses(context.Runner, context.LockFile), context.Tool.Ansible, context.TemporaryDirectory);
        var result = await ansible.RunAsync(project, playbook, new AnsibleRunOptions { Tags = tags }, journal.Take, stop);
        return result.Succeeded
            ? journal.Changed
            : throw new InstallException(journal.Failure ?? $"ansible-playbook ended with exit code {result.ExitCode}.\n{journal.Said}\n{result.Tail()}") { Logged = journal.Failure is not null };
    }
}
