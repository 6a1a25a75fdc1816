using System.Globalization;
using System.Text;
using Undercloud.Deploy.Events;

namespace Undercloud.Cli.Commands.Generations;

/// <summary>The durations of a run as text.</summary>
internal static class RunTimesText
{
    private const int Slowest = 5;

    public static string Write(RunTimes times)
    {
        var text = new StringBuilder();
        var end = times.Ending switch
        {
            RunCompleted { Changed: true } => "It changed something",
            RunCompleted => "It changed nothing",
            RunFailed { Interrupted: true } => "It was interrupted",
            RunFailed => "It failed",
            _ => "It was cut short",
        };
        text.Append(CultureInfo.InvariantCulture, $"Where the time of `undercloud {times.Command}` at {times.Started:u} went. {end}, after {times.Seconds:F0} s.\n");
        Add(text, "phases", times.Phases);
        Add(text, "slowest tasks", Longest(times.Tasks));
        Add(text, "slowest containers, from their start until they were healthy", Longest(times.Containers));
        return text.ToString();
    }

    private static IEnumerable<(string Name, double Seconds)> Longest(IEnumerable<(string Name, double Seconds)> all) => all.OrderByDescending(one => one.Seconds).Take(Slowest);

    private static void Add(StringBuilder text, string heading, IEnumerable<(string Name, double Seconds)> all)
    {
        foreach (var (index, (name, seconds)) in all.Index())
            text.Append(CultureInfo.InvariantCulture, $"{(index == 0 ? $"  {heading}\n" : "")}{seconds,9:F1} s  {name}\n");
    }
}
