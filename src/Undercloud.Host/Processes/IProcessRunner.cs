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
}

/// <summary>One line of a program's output.</summary>
public readonly record struct OutputLine(string Text, bool IsError);
