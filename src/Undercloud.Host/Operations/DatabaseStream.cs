using System.Collections.Immutable;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>All databases of a plan as one stream: a consistent dump, which replaces the databases when it is loaded.</summary>
/// <param name="context">What it works with.</param>
/// <param name="plan">The plan with the database server.</param>
internal sealed class DatabaseStream(OperationContext context, DeploymentPlan plan)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    /// <summary>The node with the database server; null for a plan without one.</summary>
    public NodePlan? Node { get; } = plan.Nodes.FirstOrDefault(node => node.DatabaseServer is not null);

    /// <summary>The names of the databases; none without a server.</summary>
    public ImmutableArray<string> Names => Node is null ? [] : [.. plan.Nodes.SelectMany(node => node.Databases).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The step that brings up the database server.</summary>
    public int Step => Node!.Containers.First(step => step.Value.Any(spec => spec.Name == Node.DatabaseServer!.Container)).Key;

    /// <summary>The size of the databases in bytes, as the server estimates it.</summary>
    /// <exception cref="InstallException">The server does not answer.</exception>
    public async Task<long> SizeAsync(CancellationToken stop)
    {
        if (Names.IsEmpty)
            return 0;
        var asked = await Runner.RunAsync(Command([.. Node!.DatabaseServer!.Size, .. Names]), stop);
        return asked.Succeeded && long.TryParse(asked.Output.Trim(), out var bytes)
            ? bytes
            : throw new InstallException($"The database server of {Node.Name} does not tell the size of its databases.\n{asked.Tail()}\nSee that it runs (`undercloud status`), and run this again.");
    }

    /// <summary>Dumps the databases.</summary>
    /// <exception cref="InstallException">The server failed.</exception>
    public async Task DumpAsync(Func<Stream, CancellationToken, Task> read, CancellationToken stop)
    {
        var dumped = await Runner.PipeAsync(Command([.. Node!.DatabaseServer!.Dump, .. Names]), null, read, stop);
        if (!dumped.Succeeded)
            throw new InstallException($"The databases of {Node.Name} cannot be dumped.\n{dumped.Tail()}\nSee that the database server runs (`undercloud status`), and run this again.");
    }

    /// <summary>Waits until the server answers.</summary>
    /// <exception cref="InstallException">It does not answer in time.</exception>
    public async Task ReadyAsync(CancellationToken stop)
    {
        for (var started = context.Time.GetTimestamp(); ;)
        {
            try
            {
                await SizeAsync(stop);
                return;
            }
            catch (InstallException) when (context.Time.GetElapsedTime(started) < s_patience)
            {
                await Task.Delay(s_pause, context.Time, stop);
            }
        }
    }

    /// <summary>Loads a dump. No service may use the databases meanwhile.</summary>
    /// <exception cref="InstallException">The server failed.</exception>
    public async Task LoadAsync(Stream dump, CancellationToken stop)
    {
        var loaded = await Runner.PipeAsync(Command(Node!.DatabaseServer!.Load, "--interactive"), async (input, token) => await dump.CopyToAsync(input, 1 << 20, token), null, stop);
        if (loaded.Succeeded)
            return;

        // The server quotes the statement, which is data of the cloud.
        var why = loaded.Error.Split('\n').Where(line => line.StartsWith("ERROR", StringComparison.Ordinal)).Select(line => line.Split(" near ")[0]);
        throw new InstallException($"The databases cannot be loaded on {Node.Name}. {string.Join(' ', why)}\nCorrect the cause and run this again.");
    }

    private IProcessRunner Runner => context.Nodes.RunnerOf(Node!);

    private CommandLine Command(ImmutableArray<string> words, params string[] options) =>
        new("podman", ["exec", .. options, "--user", "root", Node!.DatabaseServer!.Container, .. words]) { OwnSession = true };
}
