using Undercloud.Host.Processes;

namespace Undercloud.Tests.Sandboxes;

/// <summary>Answers command lines by what they begin with, and remembers them; what it does not know succeeds in silence, `ip -j` with an empty list.</summary>
internal sealed class FakeProcesses : IProcessRunner
{
    private readonly List<(string Start, int Exit, string Output)> _answers = [];

    public List<CommandLine> Ran { get; } = [];

    public FakeProcesses Answer(string start, string output, int exit = 0)
    {
        _answers.Add((start, exit, output));
        return this;
    }

    /// <summary>Forgets the answers.</summary>
    public FakeProcesses Clear()
    {
        _answers.Clear();
        return this;
    }

    public Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop)
    {
        lock (Ran)
            Ran.Add(command);
        var answer = _answers.Find(known => command.ToString().StartsWith(known.Start));
        return Task.FromResult(new ProcessResult(command, answer.Exit, answer.Output ?? (command.ToString().StartsWith("ip -j ") ? "[]" : ""), answer.Exit == 0 ? "" : answer.Output ?? ""));
    }

    public Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop) => RunAsync(command, stop);

    public async Task<int> AttachAsync(CommandLine command, CancellationToken stop) => (await RunAsync(command, stop)).ExitCode;
}
