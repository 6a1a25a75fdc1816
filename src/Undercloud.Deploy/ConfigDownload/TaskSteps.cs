using System.Text.RegularExpressions;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>Reads from a task's condition which step it belongs to, each layout in its release's own way.</summary>
internal static partial class TaskSteps
{
    /// <summary>
    /// Train: the tasks of one step, including those whose condition names no step. All terms of a condition are read as one text without
    /// blanks, so the end of one term and the beginning of the next can look like a step; the original does the same (_write_tasks_per_step).
    /// </summary>
    public static ListValue OfStep(IEnumerable<MapValue> tasks, int step) => new([.. tasks.Where(task => IsInStep(task, step))]);

    /// <summary>Queens: all tasks in the order of the first step that each names, as text; a task that names none comes first (_write_playbook_get_tasks).</summary>
    public static ListValue InOrder(IEnumerable<MapValue> tasks) => new([.. tasks.OrderBy(FirstStep, CodePointOrder.Comparer)]);

    private static bool IsInStep(MapValue task, int step)
    {
        var condition = string.Concat(Terms(task).OfType<StringValue>().Select(term => Blanks().Replace(term.Text, "")));
        var steps = Step().Matches(condition);
        return steps.Count == 0 || steps.Any(match => match.Groups[1].Value == $"{step}");
    }

    private static string FirstStep(MapValue task) => Terms(task)
        .Select(term => SpacedStep().Match(PythonText.Str(term)))
        .FirstOrDefault(match => match.Success)?.Groups[1].Value ?? "";

    private static IEnumerable<Value> Terms(MapValue task) => task["when"] switch
    {
        null or NullValue => [],
        ListValue list => list.Items,
        var one => [one],
    };

    [GeneratedRegex(@"\(?step(?:\|int)?\)?==(\d+)")]
    private static partial Regex Step();

    [GeneratedRegex(@"step(?:\|int)? == ([0-9]+)")]
    private static partial Regex SpacedStep();

    // Python's blanks include the separators 0x1c to 0x1f; .NET's do not.
    [GeneratedRegex(@"[\s\x1c-\x1f]+")]
    private static partial Regex Blanks();
}
