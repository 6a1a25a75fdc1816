using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Events;
using Undercloud.Host.Backups;
using Undercloud.Host.Failures;
using Undercloud.Host.Operations;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary><c>undercloud restore FILE</c>: makes the undercloud of a backup on a fresh host.</summary>
public static class RestoreCommand
{
    public static Command Create(Composition composition)
    {
        var file = new Argument<string>("FILE") { Description = "The backup, as `undercloud backup` wrote it." };
        var (nodes, dryRun, noValidations, logFormat) = (CommonOptions.Nodes(), CommonOptions.DryRun(), CommonOptions.NoValidations(), CommonOptions.LogFormat());
        dryRun.Description = "Verify the backup, check whether it fits this host, list its parts, and change nothing.";
        var command = new Command("restore", "Make the undercloud of a backup on a fresh host: configuration, passwords, files, databases, services.") { file, nodes, dryRun, noValidations, logFormat };
        command.SetAction((parsed, stop) => RunAsync(
            composition,
            new(Path.GetFullPath(parsed.GetValue(file)!))
            {
                NodesFile = parsed.GetValue(nodes) is { } named ? Path.GetFullPath(named) : null,
                Validations = !parsed.GetValue(noValidations),
                DryRun = parsed.GetValue(dryRun),
            },
            parsed.GetValue(logFormat) == "json",
            stop));
        return command;
    }

    private static async Task<int> RunAsync(Composition composition, RestoreRequest request, bool json, CancellationToken stop)
    {
        HostRights.Check();
        using var events = ConsoleProgress.Open(composition.Time, json);
        events.Publish(new RunStarted("restore", request.File));
        try
        {
            var outcome = await new RestoreOperation(composition.Operations(events), request).RunAsync(stop);
            var contents = outcome.Manifest.Contents;
            var done = outcome.Install is { } installed
                ? $"The undercloud of {contents.HostName} is restored as of {contents.Created.UtcDateTime:yyyy-MM-dd HH:mm} UTC (generation {installed.Generation}, {(int)events.Elapsed.TotalSeconds} s)."
                : "The backup is complete and fits this host. Nothing was changed.";
            events.Publish(new RunCompleted(outcome.Install is not null, done));
            events.Dispose();
            BackupText.Write(Console.Out, contents, outcome.Manifest);
            if (!json)
                Console.Error.WriteLine(done);
            return ExitCodes.Done;
        }
        catch (Exception failure) when (failure is InstallException or OperationCanceledException or HostCommandException or IOException or UnauthorizedAccessException)
        {
            var said = RunEnd.Of(failure, events);
            events.Dispose();
            if (!json)
                Console.Error.WriteLine($"{said}\n{(failure is RefusedException or BackupException ? "Nothing was restored." : "The restore is not complete; run the same command again to resume.")}");
            return RunEnd.CodeOf(failure);
        }
    }
}
