using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Deploy.Events;
using Undercloud.Deploy.Output;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Generations;
using Undercloud.Host.Operations;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary><c>undercloud uninstall</c>: applies the empty plan.</summary>
public static class UninstallCommand
{
    public static Command Create(Composition composition)
    {
        var conf = CommonOptions.Conf();
        var yes = CommonOptions.Yes();
        var logFormat = CommonOptions.LogFormat();
        var purge = new Option<bool>("--purge") { Description = "Also remove databases, state directories and passwords. This cannot be undone." };
        var command = new Command("uninstall", "Remove the undercloud: containers, units, files, addresses. Databases and state stay unless --purge.") { conf, yes, purge, logFormat };
        command.SetAction(async (parsed, stop) =>
        {
            HostRights.Check();
            var found = new DiagnosticBag();
            var config = new RunOptions(parsed.GetValue(conf), null, false, false).Wanted(composition.Home).ReadConfig(found);
            if (found.All.Any(finding => finding is { Severity: Severity.Error, Code: ConfigCodes.Missing or ConfigCodes.NotReadable }))
                throw new InputException(found.All);
            if (!parsed.GetValue(yes) && !await ConfirmedAsync(parsed.GetValue(purge), stop))
                return ExitCodes.Interrupted;
            var json = parsed.GetValue(logFormat) == "json";
            using var events = ConsoleProgress.Open(composition.Time, json);
            var log = Log(config, composition.Secrets, events);
            events.Publish(new RunStarted("uninstall", parsed.GetValue(conf) is { } named ? Path.GetFullPath(named) : composition.DefaultConf));
            try
            {
                var uninstall = new UninstallOperation(composition.Operations(events), config, parsed.GetValue(purge));
                if (!uninstall.IsNeeded)
                {
                    events.Dispose();
                    Console.Error.WriteLine("No undercloud is installed on this host.");
                    return ExitCodes.Done;
                }

                await uninstall.RunAsync(stop);
                events.Publish(new RunCompleted(Changed: true, $"The undercloud was removed in {(int)events.Elapsed.TotalSeconds} s."));
                events.Dispose();
                if (!json)
                    Console.Error.WriteLine(parsed.GetValue(purge)
                    ? "The undercloud is removed, with its data and passwords."
                    : $"The undercloud is removed. Its databases and state stay, and {Gatherer.PasswordsFile(config)} with their passwords; `undercloud uninstall --purge` removes those as well.");
                return ExitCodes.Done;
            }
            catch (Exception failure) when (failure is InstallException or OperationCanceledException or HostCommandException or IOException or UnauthorizedAccessException)
            {
                var said = RunEnd.Of(failure, events);
                events.Dispose();
                if (json)
                    return RunEnd.CodeOf(failure);
                Console.Error.WriteLine(said);
                Console.Error.WriteLine(failure is RefusedException
                    ? "Nothing was removed."
                    : $"The undercloud is only partly removed; run this again to resume. The log is at {log.Path}");
                return RunEnd.CodeOf(failure);
            }
        });
        return command;
    }

    /// <summary>Subscribes a log to the run's events. All current and former secrets of the undercloud are masked: its services may print them while they end.</summary>
    internal static RunLog Log(UndercloudConfig config, SecretRecord secrets, RunEvents events)
    {
        var log = new RunLog(config.LogFile);
        events.Hide(new SecretMask(new KeptPasswords(config, secrets).Texts()));
        events.Subscribe(log);
        return log;
    }

    private static Task<bool> ConfirmedAsync(bool purge, CancellationToken stop) => Question.AskAsync(
        $"Remove the undercloud from this host{(purge ? ", with all its data" : "")}?",
        "This removes the undercloud from this host. Standard input is not a terminal: confirm with -y.",
        stop);
}
