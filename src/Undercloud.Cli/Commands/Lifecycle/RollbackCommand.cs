using System.Collections.Immutable;
using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Deploy.Diffs;
using Undercloud.Deploy.Events;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Operations;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary><c>undercloud rollback [N]</c>: applies the plan of a former generation again.</summary>
public static class RollbackCommand
{
    public static Command Create(Composition composition)
    {
        var number = new Argument<int?>("N")
        {
            Description = "The generation to go back to, as `undercloud generation list` has it. Without it: the last applied one before the present one.",
            DefaultValueFactory = _ => null,
        };
        var withData = new Option<bool>("--with-data") { Description = "Also replace the databases whose schema has changed since by their dumps. What was written to them since is lost." };
        var (conf, yes, dryRun, logFormat) = (CommonOptions.Conf(), CommonOptions.Yes(), CommonOptions.DryRun(), CommonOptions.LogFormat());
        dryRun.Description = "Show what would change, and change nothing.";
        var command = new Command("rollback", "Apply the plan of a former generation again: images, files, containers, users, endpoints.") { number, withData, conf, yes, dryRun, logFormat };
        command.SetAction(async (parsed, stop) =>
        {
            HostRights.Check();
            using var events = ConsoleProgress.Open(composition.Time, parsed.GetValue(logFormat) == "json");
            var context = composition.Operations(events);
            var config = new RunOptions(parsed.GetValue(conf), null, false, false).Wanted(composition.Home).ReadConfig(new DiagnosticBag());
            using var held = parsed.GetValue(dryRun) ? null : await RunLock.TakeAsync(context, "rollback", stop);
            var choice = await RollbackChoice.OfAsync(context, parsed.GetValue(number), stop);
            var preview = string.Join('\n', Summary(choice));
            if (parsed.GetValue(dryRun))
                WrappingWriter.WriteOut(preview);
            else
                Console.Error.WriteLine(preview);
            if (choice.Dumps.Length > 0 && !parsed.GetValue(withData) && !parsed.GetValue(dryRun))
            {
                throw new RefusedException(
                    $"Services of generation {choice.Target.Number} do not know the present schema of {string.Join(", ", choice.Dumps.Select(dump => dump.Database))}. "
                    + "`--with-data` replaces these databases by their dumps. Nothing was changed.");
            }

            if (parsed.GetValue(dryRun))
                return ExitCodes.Done;
            var question = $"Go back to generation {choice.Target.Number}?";
            if (!parsed.GetValue(yes) && !await Question.AskAsync(question, "Standard input is not a terminal: confirm with -y.", stop))
                return ExitCodes.Interrupted;
            return await RunAsync(context, config, choice, held, parsed.GetValue(logFormat) == "json", stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(OperationContext context, UndercloudConfig config, RollbackChoice choice, RunLock? held, bool json, CancellationToken stop)
    {
        var events = context.Events;
        var log = UninstallCommand.Log(config, context.Secrets, events);
        events.Publish(new RunStarted("rollback", $"generation {choice.Target.Number}"));
        try
        {
            var outcome = await new RollbackOperation(context, new(choice.Target.Number, choice.Plan, Gatherer.ProjectDirectory(config)) { Databases = choice.Dumps, Touched = choice.Touched, Held = held }).RunAsync(stop);
            var done = $"The plan of generation {choice.Target.Number} is applied, as generation {outcome.Generation} ({(int)events.Elapsed.TotalSeconds} s).";
            events.Publish(new RunCompleted(outcome.Changed, done));
            events.Dispose();
            if (!json)
                Console.Error.WriteLine($"{done} undercloud.conf is as it was: the next `undercloud install` applies what it says.");
            return ExitCodes.Done;
        }
        catch (Exception failure) when (failure is InstallException or OperationCanceledException or HostCommandException or IOException or UnauthorizedAccessException)
        {
            var said = RunEnd.Of(failure, events);
            events.Dispose();
            if (!json)
                Console.Error.WriteLine($"{said}\nThe rollback is not complete; run the same command again to resume. The log is at {log.Path}");
            return RunEnd.CodeOf(failure);
        }
    }

    private static IEnumerable<string> Summary(RollbackChoice choice)
    {
        yield return $"From generation {choice.Present.Number} ({choice.Present.Command}, {choice.Present.Created:yyyy-MM-dd HH:mm}) back to {choice.Target.Number} ({choice.Target.Command}, {choice.Target.Created:yyyy-MM-dd HH:mm}):";
        var changes = choice.PresentPlan is { } present ? PlanDiff.Of(present, choice.Plan) : [];
        foreach (var group in changes.GroupBy(change => (change.Action, change.Kind)))
            yield return $"  {group.Key.Action.ToString().ToLowerInvariant()} {group.Count()} x {group.Key.Kind}: {string.Join(", ", group.Select(change => change.Name).Take(6))}{(group.Count() > 6 ? ", …" : "")}";
        if (choice.PresentPlan is null)
            yield return $"  the plan of generation {choice.Present.Number} cannot be read, so what changes cannot be shown";
        else if (changes.IsEmpty)
            yield return "  nothing: the plans are equal";
        foreach (var (database, generation) in choice.Dumps)
            yield return $"  the database {database} goes back to its dump of before generation {generation}; what was written to it since is lost";
    }
}
