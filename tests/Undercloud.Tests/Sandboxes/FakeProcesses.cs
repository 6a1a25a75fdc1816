using Undercloud.Host.Processes;

namespace Undercloud.Tests.Sandboxes;

/// <summary>Answers command lines by what they begin with, and remembers them; what it does not know succeeds in silence, `ip -j` with an empty list.</summary>
internal sealed class FakeProcesses : IProcessRunner
{
    private readonly List<(string Start, Func<CommandLine, (int Exit, string Output, string Error)> Act)> _answers = [];

    public List<CommandLine> Ran { get; } = [];

    /// <summary>The command lines as text.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (Ran)
                return [.. Ran.Select(command => command.ToString())];
        }
    }

    public FakeProcesses Answer(string start, string output, int exit = 0) => Do(start, _ => (exit, output, exit == 0 ? "" : output));

    /// <summary>Answers with what <paramref name="act"/> makes of the command line. The first answer whose beginning fits counts.</summary>
    public FakeProcesses Do(string start, Func<CommandLine, (int Exit, string Output, string Error)> act)
    {
        _answers.Add((start, act));
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
        var text = command.ToString();
        var answer = _answers.Find(known => text.StartsWith(known.Start, StringComparison.Ordinal)).Act;
        var (exit, output, error) = answer?.Invoke(command) ?? (0, text.StartsWith("ip -j ", StringComparison.Ordinal) ? "[]" : "", "");
        return Task.FromResult(new ProcessResult(command, exit, output, error));
    }

    public async Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop)
    {
        var result = await RunAsync(command, stop);
        if (result.Output != result.Error)
            Tell(result.Output, isError: false);
        Tell(result.Error, isError: true);
        return result with { Output = "" };

        void Tell(string text, bool isError)
        {
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                onLine(new(line, isError));
        }
    }

    public async Task<int> AttachAsync(CommandLine command, CancellationToken stop) => (await RunAsync(command, stop)).ExitCode;
}
