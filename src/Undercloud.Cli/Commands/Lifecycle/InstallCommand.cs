using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Events;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Operations;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary><c>undercloud install</c>: from undercloud.conf to a running undercloud, on this host or in a sandbox.</summary>
public static class InstallCommand
{
    public static Command Create(Composition composition)
    {
        var files = new ConfigFileOptions();
        var release = CommonOptions.Release();
        var sandbox = new Option<string?>("--sandbox")
        {
            Description = "Install into a new throwaway host, and change nothing else on this machine.",
            HelpName = "NAME",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var outputOnly = new Option<bool>("--output-only") { Description = "Stop once the Ansible project is written to the output directory." };
        var dryRun = CommonOptions.DryRun();
        var noValidations = CommonOptions.NoValidations();
        var logFormat = CommonOptions.LogFormat();
        var plan = new Option<string?>("--plan")
        {
            Description = "Apply exactly the plan that `undercloud diff -o FILE` saved; refuse if the inputs or the host have changed since.",
            HelpName = "FILE",
        };
        var command = new Command("install", "Install the undercloud, or reconcile it with undercloud.conf.")
        {
            release, sandbox, outputOnly, dryRun, noValidations, plan, logFormat,
        };
        files.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(plan) is not null && result.GetResult(sandbox) is { Implicit: false })
                result.AddError("A saved plan is for the host on which it was made, and a sandbox is another host. Omit --plan or --sandbox.");
        });
        command.SetAction((parsed, stop) =>
        {
            var options = files.RunOptions(parsed, parsed.GetValue(release), parsed.GetValue(outputOnly), parsed.GetValue(dryRun)) with
            {
                Validations = !parsed.GetValue(noValidations),
                JsonLog = parsed.GetValue(logFormat) == "json",
                Plan = parsed.GetValue(plan) is { } file ? Path.GetFullPath(file) : null,
            };
            return parsed.GetResult(sandbox) is { Implicit: false }
                ? SandboxInstall.RunAsync(composition, parsed.GetValue(sandbox) ?? "default", options, stop)
                : OnThisHostAsync(composition, options, stop);
        });
        return command;
    }

    /// <summary>An install or an upgrade of the undercloud on this host.</summary>
    internal static async Task<int> OnThisHostAsync(Composition composition, RunOptions options, CancellationToken stop)
    {
        var request = options.Request(composition.Home);
        var config = request.Inputs.ReadConfig(new DiagnosticBag());
        if (!options.DryRun)
            Directory.CreateDirectory(config.OutputDirectory);
        using var events = ConsoleProgress.Open(composition.Time, options.JsonLog);
        var log = new RunLog(options.DryRun ? null : config.LogFile);
        events.Subscribe(log);
        events.Publish(new RunStarted(options.Command, request.Inputs.ConfigPath));
        try
        {
            if (options.Applies)
                HostRights.Check();
            var install = new InstallOperation(composition.Operations(events), request);
            var outcome = await install.RunAsync(stop);
            if (options.Applies)
                return Done(install, outcome, options, events, log);
            events.Dispose();
            if (options.DryRun)
                WrappingWriter.WriteOut(PlanText.Write(install.Run.Plan, install.Upgrades).TrimEnd('\n'));
            else
                Console.Out.WriteLine(Gatherer.ProjectDirectory(install.Run.Config));
            return ExitCodes.Done;
        }
        catch (Exception failure) when (failure is InstallException or OperationCanceledException or HostCommandException or IOException or UnauthorizedAccessException)
        {
            var text = RunEnd.Of(failure, events);
            events.Dispose();
            if (!options.JsonLog)
                Console.Error.WriteLine(Banner.Failed(failure, text, options, log.Path));
            return RunEnd.CodeOf(failure);
        }
    }

    private static int Done(InstallOperation install, InstallOutcome outcome, RunOptions options, RunEvents events, RunLog log)
    {
        var elapsed = events.Elapsed;
        events.Publish(new RunCompleted(outcome.Changed, Banner.Result(outcome, options.Done, elapsed)));
        events.Dispose();
        if (!options.JsonLog)
            Console.Error.WriteLine(Banner.Completed(install.Run, outcome, options.Done, elapsed, log.Path));
        return ExitCodes.Done;
    }
}
