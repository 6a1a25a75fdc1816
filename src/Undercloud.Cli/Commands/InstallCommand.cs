using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Images;
using Undercloud.Host.Install;
using Undercloud.Host.Output;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud install</c>: from undercloud.conf to a running undercloud, on this host or in a sandbox.</summary>
public static class InstallCommand
{
    public static Command Create(Composition composition)
    {
        var conf = CommonOptions.Conf();
        var release = CommonOptions.Release();
        var sandbox = new Option<string?>("--sandbox")
        {
            Description = "Install into a throwaway host made for it, and touch nothing else on this machine.",
            HelpName = "NAME",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var outputOnly = new Option<bool>("--output-only") { Description = "Stop once the Ansible project is written to the output directory." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the plan and change nothing." };
        var command = new Command("install", "Install the undercloud, or bring it to what undercloud.conf says now.")
        {
            conf, release, sandbox, outputOnly, dryRun,
        };
        command.SetAction((parsed, stop) =>
        {
            var options = new RunOptions(parsed.GetValue(conf), parsed.GetValue(release)!, parsed.GetValue(outputOnly), parsed.GetValue(dryRun));
            return parsed.GetResult(sandbox) is { Implicit: false }
                ? SandboxInstall.RunAsync(composition, parsed.GetValue(sandbox) ?? "default", options, stop)
                : OnThisHostAsync(composition, options, stop);
        });
        return command;
    }

    private static async Task<int> OnThisHostAsync(Composition composition, RunOptions options, CancellationToken stop)
    {
        var confPath = options.ConfPath(composition.Home);
        var config = Preparation.ReadConfig(confPath, composition.Home, new DiagnosticBag());
        Directory.CreateDirectory(config.OutputDirectory);
        using var log = new RunLog(config.LogFile, composition.Time);
        using var progress = ConsoleProgress.Open(composition.Time, log.Write);
        log.Write($"undercloud install, {confPath}");
        try
        {
            if (!options.OutputOnly && !options.DryRun)
                await ReadyHostAsync(composition, config, options.Release, progress, stop);
            progress.Phase("Plan");
            var run = await composition.Preparation(progress).PrepareAsync(confPath, composition.Home, options.Release, stop);
            log.Hide(run.Mask);
            if (options.DryRun)
                return Show(run.Plan, progress);
            var installer = composition.Installer(progress, log);
            if (options.OutputOnly)
            {
                installer.WriteProject(run);
                progress.Dispose();
                Console.Out.WriteLine(Installer.ProjectDirectory(run.Config));
                return ExitCodes.Done;
            }

            MissingImages(run.Plan);
            var outcome = await installer.ApplyAsync(run, "install", stop);
            progress.Dispose();
            Console.Error.WriteLine(Banner.Completed(run, outcome, progress.Elapsed, log.Path));
            return ExitCodes.Done;
        }
        catch (Exception failure) when (failure is InstallException or OperationCanceledException)
        {
            progress.Dispose();
            log.Write(failure.Message);
            Console.Error.WriteLine(Banner.Failed(failure, log));
            return failure switch
            {
                InputException => ExitCodes.ChecksFailed,
                OperationCanceledException => ExitCodes.Interrupted,
                _ => ExitCodes.Failed,
            };
        }
    }

    // What planning needs to find on the host: the tools, and the images that the plan will name.
    private static async Task ReadyHostAsync(Composition composition, UndercloudConfig config, string release, IProgressView progress, CancellationToken stop)
    {
        if (!Directory.Exists("/run/systemd/system"))
        {
            throw new InstallException(
                "systemd does not run this host, and the undercloud's services are systemd units.\n"
                + "Install on a host that systemd runs, or into a throwaway one: undercloud install --sandbox");
        }

        var localInterface = config.LocalInterface;
        if (!Directory.Exists($"/sys/class/net/{localInterface}"))
        {
            var there = string.Join(", ", Directory.GetDirectories("/sys/class/net").Select(Path.GetFileName).Order());
            throw new InstallException($"local_interface: this host has no interface {localInterface}. It has: {there}.\nSet local_interface in undercloud.conf to one of them.");
        }

        progress.Phase("Host");
        await HostReadiness.EnsureAsync(composition.Runner, progress, stop);
        progress.Phase("Images");
        await HostReadiness.EnsureImagesAsync(composition.Runner, composition.Tool, release, progress, stop);
    }

    private static void MissingImages(DeploymentPlan plan)
    {
        var named = plan.Nodes.SelectMany(n => n.Containers.Values).Cast<Heat.Values.MapValue>().SelectMany(step => step.Entries)
            .Select(c => ((Heat.Values.MapValue)c.Value)["image"]).OfType<Heat.Values.StringValue>().Select(i => i.Text).Distinct();
        var missing = named.Where(image => !plan.Images.ContainsKey(image)).ToList();
        if (missing.Count > 0)
        {
            throw new InstallException(
                $"These images are not on this host: {string.Join(", ", missing)}.\n"
                + "Build them with `undercloud image build`, or pull them and name them in container_images_file.");
        }
    }

    private static int Show(DeploymentPlan plan, ProgressView progress)
    {
        progress.Dispose();
        Console.Out.Write(PlanText.Write(plan));
        return ExitCodes.Done;
    }
}
