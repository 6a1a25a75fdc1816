using System.Text.RegularExpressions;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>
/// Assigns a role's tasks to the steps in which they run. A task has the condition <c>when: step|int == N</c>, alone or in a list; a task
/// without it runs in every step (source: tripleo-common's config-download, per-step task files).
/// </summary>
internal static partial class StepTasks
{
    /// <summary>The tasks of each step; a step without tasks is left out.</summary>
    public static SortedDictionary<int, Value> ByStep(IEnumerable<Value> tasks, IEnumerable<int> among)
    {
        var steps = new SortedDictionary<int, Value>();
        var all = tasks.ToList();
        foreach (var step in among)
        {
            var mine = all.Where(task => StepOf(task) is not { } only || only == step).ToList();
            if (mine.Count > 0)
                steps[step] = new ListValue([.. mine]);
        }

        return steps;
    }

    /// <summary>Whether a task runs in a step, whatever the host is like: it has no condition, or no other one than the step.</summary>
    public static bool IsSureIn(int step, Value task) =>
        (task as MapValue)?["when"] is not { } condition || (StepOf(task) == step && condition is StringValue or ListValue { Items.Length: 1 });

    private static int? StepOf(Value task)
    {
        var condition = (task as MapValue)?["when"];
        var terms = condition is ListValue list ? list.Items.OfType<StringValue>() : new[] { condition }.OfType<StringValue>();
        foreach (var term in terms)
        {
            if (OneStep().Match(term.Text) is { Success: true } match)
                return int.Parse(match.Groups[1].Value);
        }

        return null;
    }

    [GeneratedRegex(@"^\s*\(?\s*step\s*\|\s*int\s*==\s*(\d)\s*\)?\s*$")]
    private static partial Regex OneStep();
}
