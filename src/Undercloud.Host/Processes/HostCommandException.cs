namespace Undercloud.Host.Processes;

/// <summary>A command on this host failed and the caller cannot go on without it. The message is fit to be shown as it is.</summary>
public sealed class HostCommandException(ProcessResult result)
    : Exception($"`{result.Command}` failed with exit code {result.ExitCode}.\n{result.Tail()}".TrimEnd())
{
    public ProcessResult Result { get; } = result;
}
