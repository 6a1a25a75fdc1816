using System.CommandLine;
using Undercloud.Cli.Commands.Lifecycle;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Events;
using Undercloud.Deploy.Output;
using Undercloud.Host.Generations;
using Undercloud.Host.Output;

namespace Undercloud.Cli.Commands.Generations;

/// <summary><c>undercloud generation show N</c>: its record, the durations of its last run that changed something, and the outline of its plan.</summary>
internal static class GenerationShowCommand
{
    public static Command Create(GenerationStore generations, SecretRecord secrets)
    {
        var number = GenerationCommand.Number("N");
        var format = new Option<string>("-f", "--format") { Description = "text, or the record as json or yaml.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "yaml");
        var command = new Command("show", "Show a recorded plan: its time, command and state, where the time of its last run went, and its content.") { number, format };
        command.SetAction(parsed =>
        {
            var generation = GenerationCommand.Find(generations, parsed.GetValue(number));
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetRequiredValue(format) is not "text" and var form)
            {
                output.Write(DataOutput.Text(GenerationListCommand.Columns.Data(generation), form));
                return ExitCodes.Done;
            }

            output.WriteLine($"Generation {generation.Number} is {generation.State.ToString().ToLowerInvariant()}. `undercloud {generation.Command}` made it at {generation.Created:u}.");
            if (generation.Ended is { } ended)
                output.WriteLine($"Its last run ended at {ended:u}, {(int)(ended - generation.Created).TotalSeconds} s after it was made.");
            if (generation.Message is { } message)
                output.WriteLine(message);
            if (RunTimes.Of(EventFile.Read(generations.EventsFile(generation.Number))) is { IsEmpty: false } runs)
                output.Write("\n" + RunTimesText.Write(runs.LastOrDefault(run => run.Ending is RunCompleted { Changed: true }) ?? runs[^1]));
            output.WriteLine();
            output.Write(new SecretMask(secrets.Texts()).Apply(PlanText.Write(generations.ReadPlan(generation.Number))));
            return ExitCodes.Done;
        });
        return command;
    }
}
