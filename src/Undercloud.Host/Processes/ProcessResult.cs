namespace Undercloud.Host.Processes;

/// <summary>How a program ended. A failure is a value, not an exception: it carries the command and what it said.</summary>
/// <param name="Command">What was run.</param>
/// <param name="ExitCode">Its exit code; 127 when the program is not there, 124 when it took too long.</param>
/// <param name="Output">Its standard output, empty when lines were followed.</param>
/// <param name="Error">Its standard error.</param>
public sealed record ProcessResult(CommandLine Command, int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The result, or an exception with command, exit code and the tail of what it said.</summary>
    /// <exception cref="HostCommandException">The program failed.</exception>
    public ProcessResult OrThrow() => Succeeded ? this : throw new HostCommandException(this);

    /// <summary>The last <paramref name="lines"/> lines of standard error, or of standard output when that is empty.</summary>
    public string Tail(int lines = 15)
    {
        var text = string.IsNullOrWhiteSpace(Error) ? Output : Error;
        return string.Join('\n', text.TrimEnd().Split('\n').TakeLast(lines));
    }
}
