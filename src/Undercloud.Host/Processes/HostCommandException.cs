namespace Undercloud.Host.Processes;

/// <summary>A command on this host failed, and the caller cannot continue without it. The message can be shown as it is.</summary>
/// <param name="result">The result of the command.</param>
/// <param name="problem">The problem, which continues a sentence that begins with the command.</param>
public sealed class HostCommandException(ProcessResult result, string problem) : Exception($"`{result.Command}` {problem}".TrimEnd())
{
    /// <summary>The command ended with an exit code other than 0.</summary>
    public HostCommandException(ProcessResult result) : this(result, $"failed with exit code {result.ExitCode}.\n{result.Tail()}")
    {
    }

    public ProcessResult Result { get; } = result;
}
