using Undercloud.Host.Output;

namespace Undercloud.Cli.Output;

/// <summary>The progress of a command on standard error.</summary>
internal static class ConsoleProgress
{
    /// <summary>A stream of events with a subscriber that prints them: as text, or as one JSON object a line.</summary>
    public static RunEvents Open(TimeProvider time, bool json = false)
    {
        var events = new RunEvents(time);
        events.Subscribe(json
            ? new JsonLines(Console.Error)
            : new ProgressView(Console.Error, !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb"), time));
        return events;
    }
}
