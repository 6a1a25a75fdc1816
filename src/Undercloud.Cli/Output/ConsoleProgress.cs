namespace Undercloud.Cli.Output;

/// <summary>The progress view of this process's standard error.</summary>
internal static class ConsoleProgress
{
    public static ProgressView Open(TimeProvider time, Action<string> log) =>
        new(Console.Error, !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb"), time, log);
}
