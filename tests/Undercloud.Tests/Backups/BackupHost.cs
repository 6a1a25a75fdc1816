using System.Text;
using Undercloud.Host.Processes;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Backups;

/// <summary>A host for backups: tar, zstd and the scripts about sizes are real, the database server is a text, and everything else is faked.</summary>
/// <param name="fakes">Answers all other commands.</param>
internal sealed class BackupHost(FakeProcesses fakes) : IProcessRunner
{
    private readonly ProcessRunner _real = new(TimeProvider.System);

    /// <summary>What a dump prints.</summary>
    public string Dump { get; set; } = "-- the databases\n";

    /// <summary>The exit code of dump and load.</summary>
    public int DatabaseExit { get; set; }

    /// <summary>What was loaded, each time.</summary>
    public List<string> Loaded { get; } = [];

    /// <summary>All commands, in their order.</summary>
    public List<string> Lines { get; } = [];

    public Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop)
    {
        Note(command);
        if (command.Program == "bash" && command.Arguments.Any(word => word.Contains("du --summarize", StringComparison.Ordinal) || word.Contains("df --block-size", StringComparison.Ordinal)))
            return _real.RunAsync(command, stop);
        return command.ToString().StartsWith("podman exec --user root mysql size", StringComparison.Ordinal) ? Task.FromResult(new ProcessResult(command, 0, "1234\n", "")) : fakes.RunAsync(command, stop);
    }

    public Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop)
    {
        Note(command);
        return fakes.FollowAsync(command, onLine, stop);
    }

    public Task<int> AttachAsync(CommandLine command, CancellationToken stop) => fakes.AttachAsync(command, stop);

    public async Task<ProcessResult> PipeAsync(CommandLine command, Func<Stream, CancellationToken, Task>? feed, Func<Stream, CancellationToken, Task>? read, CancellationToken stop)
    {
        Note(command);
        if (command.Program != "podman")
            return await _real.PipeAsync(command with { OwnSession = false }, feed, read, stop);
        if (feed is not null)
        {
            using var input = new MemoryStream();
            await feed(input, stop);
            if (DatabaseExit == 0)
                Loaded.Add(Encoding.UTF8.GetString(input.ToArray()));
        }
        else
        {
            using var output = new MemoryStream(Encoding.UTF8.GetBytes(Dump));
            await read!(output, stop);
        }

        return new(command, DatabaseExit, "", DatabaseExit == 0 ? "" : "ERROR 2002 (HY000): no socket");
    }

    private void Note(CommandLine command)
    {
        lock (Lines)
            Lines.Add(command.ToString());
    }
}
