namespace Undercloud.Host.Processes;

/// <summary>Runs programs: <see cref="ProcessRunner"/>, or a fake in tests.</summary>
public interface IProcessRunner
{
    /// <summary>Runs a program to its end and returns its output. Cancelling ends its whole process group: SIGTERM, then SIGKILL.</summary>
    Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop);

    /// <summary>Like <see cref="RunAsync"/>, but passes on each line of standard output and standard error as it arrives.</summary>
    Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop);

    /// <summary>Runs a program with this process's own terminal, for interactive use, and returns its exit code.</summary>
    /// <exception cref="HostCommandException">The program does not start. The message names it and, if known, its Debian package.</exception>
    Task<int> AttachAsync(CommandLine command, CancellationToken stop);

    /// <summary>
    /// Runs a program with its standard input and output as streams of bytes, for data of any size. An exception of a function ends the program and is
    /// thrown on, unless the program ended first: then its exit code tells what happened.
    /// </summary>
    /// <param name="command">The command; its <see cref="CommandLine.Input"/> and time limit do not apply.</param>
    /// <param name="feed">Writes the standard input, which is closed afterwards; null for none.</param>
    /// <param name="read">Reads the standard output; null to return it as text.</param>
    /// <param name="stop">Ends the program.</param>
    Task<ProcessResult> PipeAsync(CommandLine command, Func<Stream, CancellationToken, Task>? feed, Func<Stream, CancellationToken, Task>? read, CancellationToken stop) =>
        throw new NotSupportedException();
}

/// <summary>One line of a program's output.</summary>
public readonly record struct OutputLine(string Text, bool IsError);
