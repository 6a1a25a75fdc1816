using Undercloud.Host.Failures;
using Undercloud.Host.Output;

namespace Undercloud.Cli.Output;

/// <summary>How a run that did not succeed is said, logged and told to scripts.</summary>
internal static class RunEnd
{
    /// <summary>The exit code of a failure.</summary>
    public static int CodeOf(Exception failure) => failure switch
    {
        InputException => ExitCodes.ChecksFailed,
        OperationCanceledException or RefusedException => ExitCodes.Interrupted,
        _ => ExitCodes.Failed,
    };

    /// <summary>The failure in words, secrets masked. It goes to the log as well, unless it is there already.</summary>
    public static string Of(Exception failure, RunLog log)
    {
        var text = failure is OperationCanceledException ? "Interrupted." : log.Masked(FailureWords.Of(failure)).TrimEnd();
        if (failure is not InstallException { Logged: true })
            log.Write(text);
        return text;
    }
}
