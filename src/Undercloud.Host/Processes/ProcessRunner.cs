using System.ComponentModel;
using System.Diagnostics;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Processes;

/// <summary>Runs programs on this host.</summary>
public sealed class ProcessRunner(TimeProvider time) : IProcessRunner
{
    // Larger than any answer that is read as data; a program that writes without end must not take all memory.
    private const int LargestOutput = 64 << 20;

    // What of standard error is for messages alone.
    private const int LargestTail = 1 << 20;

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(50);

    public Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop) => CaptureAsync(command, onLine: null, stop);

    public Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop) =>
        CaptureAsync(command, onLine, stop);

    public async Task<int> AttachAsync(CommandLine command, CancellationToken stop)
    {
        using var process = new Process { StartInfo = StartInfo(command, capture: false) };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            // Nothing else has said anything on the terminal.
            throw new HostCommandException(new(command, 127, "", FailureWords.OfStart(exception, command.Program)));
        }

        await WaitAsync(process, command, stop);
        return process.HasExited ? process.ExitCode : 124;
    }

    private async Task<ProcessResult> CaptureAsync(CommandLine command, Action<OutputLine>? onLine, CancellationToken stop)
    {
        using var process = new Process { StartInfo = StartInfo(command, capture: true) };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            return new(command, 127, "", FailureWords.OfStart(exception, command.Program));
        }

        // All of it side by side: a program may write much before it reads, and end before it has read all.
        var (output, error) = (new OutputText(LargestOutput), new OutputText(onLine is null ? LargestOutput : LargestTail));
        var streams = Task.WhenAll(
            FeedAsync(process.StandardInput, command.Input),
            ReadAsync(process.StandardOutput, isError: false, onLine is null ? output : null, onLine),
            ReadAsync(process.StandardError, isError: true, error, onLine));
        var ended = await WaitAsync(process, command, stop);
        await DrainAsync(streams);
        stop.ThrowIfCancellationRequested();
        return ended
            ? new(command, process.ExitCode, output.ToString(), error.ToString())
            : new(command, 124, output.ToString(), $"{error}\nstopped after {command.Timeout?.TotalSeconds} s");
    }

    private static ProcessStartInfo StartInfo(CommandLine command, bool capture)
    {
        var info = new ProcessStartInfo(command.OwnSession ? "setsid" : command.Program)
        {
            RedirectStandardOutput = capture,
            RedirectStandardError = capture,
            RedirectStandardInput = capture,
            UseShellExecute = false,
            WorkingDirectory = command.WorkingDirectory ?? "",
        };
        if (command.OwnSession)
            info.ArgumentList.Add(command.Program);
        foreach (var argument in command.Arguments)
            info.ArgumentList.Add(argument);
        foreach (var (name, value) in command.Environment)
            info.Environment[name] = value;
        return info;
    }

    // What comes from the program and holds its output's pipe can outlive it for ever: it is waited for a moment, not longer.
    private async Task DrainAsync(Task streams)
    {
        await Task.WhenAny(streams, Task.Delay(s_drain, time));
        if (streams.IsCompleted)
            await streams;
    }

    private static async Task FeedAsync(StreamWriter writer, string? input)
    {
        try
        {
            if (input is not null)
                await writer.WriteAsync(input);
            writer.Close();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The program ended without reading it all; its exit code tells.
        }
    }

    // Followed output can be long: standard output is the follower's, standard error is kept for the message.
    private static async Task ReadAsync(StreamReader reader, bool isError, OutputText? kept, Action<OutputLine>? onLine)
    {
        try
        {
            await LineReader.ReadAsync(reader, line =>
            {
                kept?.AddLine(line);
                onLine?.Invoke(new(line, isError));
            });
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It was not waited for any longer.
        }
    }

    // False when it was ended: cancelled, or the time given was used up.
    private async Task<bool> WaitAsync(Process process, CommandLine command, CancellationToken stop)
    {
        using var limit = command.Timeout is { } timeout ? new CancellationTokenSource(timeout, time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            await process.WaitForExitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process.Id, command.OwnSession);
            return false;
        }
    }

    // Its whole group, or without one of its own all that come from it: a leader that is gone says nothing about the others.
    private async Task EndAsync(int leader, bool group)
    {
        IReadOnlyList<int> all = group ? [-leader] : ProcessTree.AllOf(leader);
        Send(Signals.Terminate);
        if (await AreGoneAsync())
            return;
        Send(Signals.Kill);
        await AreGoneAsync();

        void Send(int signal)
        {
            foreach (var id in all)
                Signals.Send(id, signal);
        }

        async Task<bool> AreGoneAsync()
        {
            for (var started = time.GetTimestamp(); all.Any(Signals.IsThere);)
            {
                if (time.GetElapsedTime(started) > s_grace)
                    return false;
                await Task.Delay(s_poll, time);
            }

            return true;
        }
    }
}
