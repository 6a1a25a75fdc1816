using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Undercloud.Host.Processes;

/// <summary>Runs programs on this host.</summary>
public sealed class ProcessRunner(TimeProvider time) : IProcessRunner
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);

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
        catch (Win32Exception)
        {
            return 127;
        }

        await WaitAsync(process, command, stop);
        return process.ExitCode;
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
            return new(command, 127, "", $"{command.Program}: {exception.Message}");
        }

        var output = ReadAsync(process.StandardOutput, isError: false, onLine);
        var error = ReadAsync(process.StandardError, isError: true, onLine);
        await FeedAsync(process, command.Input);
        var ended = await WaitAsync(process, command, stop);
        var result = new ProcessResult(command, ended ? process.ExitCode : 124, await output, await error);
        stop.ThrowIfCancellationRequested();
        return ended ? result : result with { Error = result.Error + $"\nstopped after {command.Timeout?.TotalSeconds} s" };
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

    private static async Task FeedAsync(Process process, string? input)
    {
        try
        {
            if (input is not null)
                await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading it all; its exit code tells.
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, bool isError, Action<OutputLine>? onLine)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            // Followed output can be long: standard output is the follower's, standard error is kept for the message.
            if (onLine is null || isError)
                text.Append(line).Append('\n');
            onLine?.Invoke(new(line, isError));
        }

        return text.ToString();
    }

    // False when the time given was used up. Cancelled: the group is ended, then true.
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
            await EndAsync(process, command.OwnSession);
            return stop.IsCancellationRequested;
        }
    }

    private async Task EndAsync(Process process, bool group)
    {
        Signals.Send(group ? -process.Id : process.Id, Signals.Terminate);
        using var grace = new CancellationTokenSource(s_grace, time);
        try
        {
            await process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            if (group)
                Signals.Send(-process.Id, Signals.Kill);
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
