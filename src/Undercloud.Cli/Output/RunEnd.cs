using Undercloud.Deploy.Events;
using Undercloud.Host.Failures;
using Undercloud.Host.Output;

namespace Undercloud.Cli.Output;

/// <summary>The end of a failed run: its message and exit code.</summary>
internal static class RunEnd
{
    /// <summary>The exit code of a failure.</summary>
    public static int CodeOf(Exception failure) => failure switch
    {
        InputException => ExitCodes.ChecksFailed,
        OperationCanceledException or RefusedException => ExitCodes.Interrupted,
        RolledBackException => ExitCodes.RolledBack,
        _ => ExitCodes.Failed,
    };

    /// <summary>Publishes the failure as the end of the run, and returns it as text with secrets masked.</summary>
    public static string Of(Exception failure, RunEvents events)
    {
        var interrupted = failure is OperationCanceledException;
        var text = interrupted ? "Interrupted." : events.Masked(FailureWords.Of(failure)).TrimEnd();
        events.Publish(new RunFailed(text, interrupted, Repeats: failure is InstallException { Logged: true }));
        return text;
    }
}
