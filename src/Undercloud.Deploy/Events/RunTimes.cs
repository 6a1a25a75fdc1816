using System.Collections.Immutable;

namespace Undercloud.Deploy.Events;

/// <summary>Where the time of a run went.</summary>
/// <param name="Command">The run, e.g. install.</param>
/// <param name="Started">When it began, UTC.</param>
/// <param name="Seconds">How long it took; up to its last event when it was interrupted.</param>
/// <param name="Ending">Its last event, if it is the end; null when the run was interrupted, or is still running.</param>
/// <param name="Phases">Seconds by phase, in order.</param>
/// <param name="Tasks">Seconds by task, in order; a task of two nodes occurs twice.</param>
/// <param name="Containers">Seconds from a container's start until it was healthy, in order.</param>
public sealed record RunTimes(
    string Command,
    DateTimeOffset Started,
    double Seconds,
    RunEvent? Ending,
    ImmutableArray<(string Name, double Seconds)> Phases,
    ImmutableArray<(string Name, double Seconds)> Tasks,
    ImmutableArray<(string Name, double Seconds)> Containers)
{
    /// <summary>The runs in a file of events, the oldest first.</summary>
    public static ImmutableArray<RunTimes> Of(IEnumerable<RunEvent> events)
    {
        var runs = new List<List<RunEvent>>();
        foreach (var happened in events)
        {
            if (happened is RunStarted)
                runs.Add([]);

            // Events before the first start belong to a run whose start was rotated away.
            if (runs.Count > 0)
                runs[^1].Add(happened);
        }

        return [.. runs.Select(One)];
    }

    private static RunTimes One(List<RunEvent> events)
    {
        var (first, last) = ((RunStarted)events[0], events[^1]);
        var begun = events.OfType<PhaseStarted>().ToList();
        return new(
            first.Command,
            first.Time,
            (last.Time - first.Time).TotalSeconds,
            last is RunCompleted or RunFailed ? last : null,
            [.. begun.Select((phase, index) => (phase.Name, ((index + 1 < begun.Count ? begun[index + 1].Time : last.Time) - phase.Time).TotalSeconds))],
            [.. events.OfType<TaskDone>().Where(task => task.Seconds is not null).Select(task => (task.Name, task.Seconds!.Value))],
            [.. events.OfType<ContainerReady>().Select(ready => (ready.Name, ready.Seconds))]);
    }
}
