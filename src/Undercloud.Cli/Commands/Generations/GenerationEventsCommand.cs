using System.CommandLine;
using System.Globalization;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Events;
using Undercloud.Host.Generations;
using Undercloud.Host.Output;

namespace Undercloud.Cli.Commands.Generations;

/// <summary><c>undercloud generation events N</c>: the events of a generation's runs, in order.</summary>
internal static class GenerationEventsCommand
{
    public static Command Create(GenerationStore generations)
    {
        var number = GenerationCommand.Number("N");
        var format = new Option<string>("-f", "--format") { Description = "text, or json with one event a line.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("events", "Show the events of a recorded plan's runs, in order, with secrets masked.") { number, format };
        command.SetAction(parsed =>
        {
            var generation = GenerationCommand.Find(generations, parsed.GetValue(number));
            var output = parsed.InvocationConfiguration.Output;
            foreach (var happened in EventFile.Read(generations.EventsFile(generation.Number)))
            {
                if (parsed.GetRequiredValue(format) == "json")
                    output.WriteLine(RunEventJson.Write(happened));
                else if (Text(happened) is { } text)
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{happened.Time:yyyy-MM-dd HH:mm:ss}  {text.ReplaceLineEndings("\n                     ")}"));
            }

            return ExitCodes.Done;
        });
        return command;
    }

    // The progress within a task matters only while the task runs.
    private static string? Text(RunEvent happened) => happened switch
    {
        RunStarted run => $"undercloud {run.Command}, {run.ConfigPath}",
        PhaseStarted phase => $"== {phase.Name}",
        TaskDone { Seconds: { } seconds } done => string.Create(CultureInfo.InvariantCulture, $"{done.Name} ({done.Node}, {seconds:F1} s)"),
        TaskDone done => $"{done.Name} ({done.Node})",
        TaskFailed failed => failed.Text,
        ResourceChanged changed => $"  {changed.Action} {changed.Kind} {changed.Name}{(changed.Reason is { } reason ? $" ({reason})" : "")}",
        ContainerReady ready => string.Create(CultureInfo.InvariantCulture, $"  {ready.Name} is healthy {ready.Seconds:F1} s after its start"),
        Note note => note.Text,
        Warning warning => warning.Text,
        ProgramOutput output => output.Text,
        RunFailed failed => failed.Text,
        RunCompleted completed => completed.Text,
        _ => null,
    };
}
