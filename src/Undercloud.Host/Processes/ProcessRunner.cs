using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Processes;

/// <summary>Runs programs on this host.</summary>
public sealed class ProcessRunner(TimeProvider time) : IProcessRunner
{
    // More than any output that is parsed; a program that writes without end must not exhaust the memory.
    private const int LargestOutput = 64 << 20;

    // The part of standard error that is kept for messages.
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
            // The program has not started, so nothing is on the terminal yet.
            throw new HostCommandException(new(command, 127, "", FailureWords.OfStart(exception, command.Program)));
        }

        await WaitAsync(process, command, stop);
        return process.HasExited ? process.ExitCode : 124;
    }

    public async Task<ProcessResult> PipeAsync(
        CommandLine command, Func<Stream, CancellationToken, Task>? feed, Func<Stream, CancellationToken, Task>? read, CancellationToken stop)
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

        using var failing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var (output, error) = (new OutputText(LargestTail), new OutputText(LargestTail));
        var errors = ReadAsync(process.StandardError, isError: true, error, onLine: null);
        var streams = Task.WhenAll(
            new PipeEnd(process, failing).FeedAsync(feed),
            read is null ? ReadAsync(process.StandardOutput, isError: false, output, onLine: null) : new PipeEnd(process, failing).ReadAsync(read));
        await WaitAsync(process, command with { Timeout = null }, failing.Token);
        try
        {
            await streams;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested && streams.Exception?.InnerExceptions.FirstOrDefault(failure => failure is not OperationCanceledException) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        await DrainAsync(errors);
        stop.ThrowIfCancellationRequested();
        return new(command, process.HasExited ? process.ExitCode : 124, output.ToString(), error.ToString());
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

        // Input and output are handled concurrently: a program may write a lot before it reads, and end before it has read everything.
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

    // A descendant of the program may hold the pipe of its output open forever: it is waited for only a moment.
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
            // The program ended without reading all its input; its exit code tells whether it succeeded.
        }
    }

    // Followed output can be long: standard output goes to the follower, standard error is kept for the message.
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
            // The output is no longer waited for.
        }
    }

    // False when the program was ended, because the run was cancelled or the time limit exceeded.
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

    // Ends the whole process group or, without one, all descendants: a leader that has ended says nothing about the others.
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
