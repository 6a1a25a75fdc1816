using System.Collections.Immutable;
using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Deploy.Events;
using Undercloud.Deploy.Output;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Network;
using Undercloud.Host.Checks;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Operations;
using Undercloud.Host.Output;
using Undercloud.Host.Prerequisites;
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
            Description = "Install into a throwaway host made for it, and touch nothing else on this machine.",
            HelpName = "NAME",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var outputOnly = new Option<bool>("--output-only") { Description = "Stop once the Ansible project is written to the output directory." };
        var dryRun = CommonOptions.DryRun();
        var noValidations = CommonOptions.NoValidations();
        var logFormat = CommonOptions.LogFormat();
        var command = new Command("install", "Install the undercloud, or bring it to what undercloud.conf says now.")
        {
            release, sandbox, outputOnly, dryRun, noValidations, logFormat,
        };
        files.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            var options = files.RunOptions(parsed, parsed.GetValue(release), parsed.GetValue(outputOnly), parsed.GetValue(dryRun)) with
            {
                Validations = !parsed.GetValue(noValidations),
                JsonLog = parsed.GetValue(logFormat) == "json",
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
        var wanted = options.Wanted(composition.Home);
        var config = wanted.ReadConfig(new DiagnosticBag());
        if (!options.DryRun)
            Directory.CreateDirectory(config.OutputDirectory);
        using var events = ConsoleProgress.Open(composition.Time, options.JsonLog);
        var log = new RunLog(options.DryRun ? null : config.LogFile);
        events.Subscribe(log);
        events.Publish(new RunStarted(options.Command, wanted.ConfigPath));
        try
        {
            if (options.Applies)
                HostRights.Check();
            events.Phase("Plan");
            var preparation = composition.Preparation(events);
            var run = await preparation.PrepareAsync(wanted, stop);
            events.Hide(run.Mask.And(new SecretMask(new KeptPasswords(run.Config, composition.Secrets).Texts())));
            if (!options.OutputOnly)
                await CheckHostAsync(composition, run, options, events, stop);
            if (options.Applies)
                await new DebianPrerequisites(composition.Runner, events).EnsureAsync([PrerequisiteSet.Install], stop);
            if (options.Applies && await HostImages.ReadyAsync(composition, run, options, events, stop))
            {
                run = await preparation.WithImagesAsync(run, stop);
                events.Hide(run.Mask);
            }

            if (options.DryRun)
                return Show(run.Plan, events);
            var installer = composition.Installer(events);
            if (options.OutputOnly)
            {
                installer.WriteProject(run);
                events.Dispose();
                Console.Out.WriteLine(Gatherer.ProjectDirectory(run.Config));
                return ExitCodes.Done;
            }

            var outcome = await installer.ApplyAsync(run, options.Command, stop);
            var elapsed = events.Elapsed;
            events.Publish(new RunCompleted(outcome.Changed, Banner.Result(outcome, options.Done, elapsed)));
            events.Dispose();
            if (!options.JsonLog)
                Console.Error.WriteLine(Banner.Completed(run, outcome, options.Done, elapsed, log.Path));
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

    // A dry run says what would stand against the run; without validations it is said, and tried all the same.
    private static async Task CheckHostAsync(Composition composition, PreparedRun run, RunOptions options, IProgressView progress, CancellationToken stop)
    {
        progress.Now("looking at this host");
        var needs = HostNeeds.Of(run.Inputs, run.Plan, HostImages.Missing(run.Plan).Length, composition.Generations.Newest() is null);
        var host = await new HostStateReader(composition.Runner).ReadAsync(stop);
        var network = new NodeNetwork(new NodeLayout(), composition.Runner, TimeProvider.System);
        foreach (var node in run.Plan.Nodes)
            host = host with { NetworkRefusals = [.. host.NetworkRefusals, .. await network.RefusalsAsync(node.Manifest, stop)] };
        ImmutableArray<Diagnostic> findings = [.. HostChecks.Find(host, needs)];
        if (findings.Length > 0 && options is { Applies: true, Validations: true })
            throw new InputException(findings);
        foreach (var finding in findings)
            progress.Warn((finding with { Severity = Severity.Warning }).ToString());
    }

    private static int Show(DeploymentPlan plan, RunEvents events)
    {
        events.Dispose();
        WrappingWriter.WriteOut(PlanText.Write(plan).TrimEnd('\n'));
        return ExitCodes.Done;
    }
}
