namespace Undercloud.Host.Processes;

/// <summary>Runs programs. The real one is <see cref="ProcessRunner"/>; tests bring a fake.</summary>
public interface IProcessRunner
{
    /// <summary>Runs a program to its end and returns its output. Cancelling ends its whole process group: SIGTERM, then SIGKILL.</summary>
    Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop);

    /// <summary>Like <see cref="RunAsync"/>, and hands over each line as it comes (standard output and standard error).</summary>
    Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop);

    /// <summary>Runs a program with this process's own terminal, for interactive use, and returns its exit code.</summary>
    /// <exception cref="HostCommandException">The program does not start. The message names it and, if known, its Debian package.</exception>
    Task<int> AttachAsync(CommandLine command, CancellationToken stop);
}

/// <summary>One line a program wrote.</summary>
public readonly record struct OutputLine(string Text, bool IsError);
