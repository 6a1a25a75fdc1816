using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Deploy.Output;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Generations;
using Undercloud.Host.Operations;
using Undercloud.Host.Output;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary><c>undercloud uninstall</c>: applies the empty plan.</summary>
public static class UninstallCommand
{
    public static Command Create(Composition composition)
    {
        var conf = CommonOptions.Conf();
        var yes = CommonOptions.Yes();
        var purge = new Option<bool>("--purge") { Description = "Remove databases, state directories and passwords too. There is no way back." };
        var command = new Command("uninstall", "Remove the undercloud: containers, units, files, addresses. Databases and state stay unless --purge.") { conf, yes, purge };
        command.SetAction(async (parsed, stop) =>
        {
            HostRights.Check();
            var found = new DiagnosticBag();
            var config = new RunOptions(parsed.GetValue(conf), null, false, false).Wanted(composition.Home).ReadConfig(found);
            if (found.All.Any(finding => finding is { Severity: Severity.Error, Code: ConfigCodes.Missing or ConfigCodes.NotReadable }))
                throw new InputException(found.All);
            if (!parsed.GetValue(yes) && !await ConfirmedAsync(parsed.GetValue(purge), stop))
                return ExitCodes.Interrupted;
            using var log = Log(config, composition.Secrets, composition.Time);
            log.Write("undercloud uninstall");
            using var progress = ConsoleProgress.Open(composition.Time, log.Write);
            try
            {
                var last = composition.Generations.NewestReadablePlan();
                if (last is null && !Directory.Exists(Host.Generations.GenerationStore.StateDirectory))
                {
                    progress.Dispose();
                    Console.Error.WriteLine("No undercloud is installed on this host.");
                    return ExitCodes.Done;
                }

                await composition.Installer(progress, log).RemoveAsync(
                    config,
                    last ?? Deploy.Plans.Planner.Empty(Deploy.Plans.StackPlanner.Stack, composition.Installed.Read() ?? Deploy.Images.OpenStackRelease.Default.Name, Deploy.Plans.StackPlanner.Stack, "Undercloud"),
                    parsed.GetValue(purge),
                    stop);
                var elapsed = progress.Elapsed;
                progress.Dispose();
                log.Write($"The undercloud was removed in {(int)elapsed.TotalSeconds} s.");
                Console.Error.WriteLine(parsed.GetValue(purge)
                    ? "The undercloud is gone, its data and passwords too."
                    : $"The undercloud is gone. Its databases and state stay, and {Gatherer.PasswordsFile(config)} with the passwords to them; `undercloud uninstall --purge` removes those as well.");
                return ExitCodes.Done;
            }
            catch (Exception failure) when (failure is InstallException or OperationCanceledException)
            {
                progress.Dispose();
                var said = RunEnd.Of(failure, log);
                Console.Error.WriteLine(said);
                Console.Error.WriteLine(failure is RefusedException
                    ? "Nothing was removed."
                    : $"The undercloud is removed in part; run this again to go on. The log is at {log.Path}");
                return RunEnd.CodeOf(failure);
            }
        });
        return command;
    }

    /// <summary>The log of the run, in which every secret is hidden that the undercloud has or had: its services may repeat them as they end.</summary>
    internal static RunLog Log(UndercloudConfig config, SecretRecord secrets, TimeProvider time)
    {
        var log = new RunLog(config.LogFile, time);
        log.Hide(new SecretMask(new KeptPasswords(config, secrets).Texts()));
        return log;
    }

    private static Task<bool> ConfirmedAsync(bool purge, CancellationToken stop) => Question.AskAsync(
        $"Remove the undercloud from this host{(purge ? ", with all its data" : "")}?",
        "This removes the undercloud from this host. There is nobody to ask; say -y to do it.",
        stop);
}
