using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Gathering;
using Undercloud.Host.Images;
using Undercloud.Host.Output;
using Undercloud.Host.Prerequisites;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Images;

/// <summary><c>undercloud image build</c>: updates images to their definitions and to the packages in the archive.</summary>
public static class ImageBuildCommand
{
    public static Command Create(IProcessRunner processes, TimeProvider time)
    {
        var names = ImageCommand.Names();
        var release = CommonOptions.Release();
        var all = new Option<bool>("--all") { Description = "All images with a definition; the default when no name is given." };
        var command = new Command("build", "Build images that are missing, or whose definition or packages have changed since they were built.") { names, release, all };
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            var wanted = ImageCommand.Release(parsed.GetValue(release));
            using var progress = ImageCommand.Progress(time, "Images");
            await new DebianPrerequisites(processes, progress).EnsureAsync([PrerequisiteSet.ImageBuild], stop);
            var builder = new ImageBuilder(processes, time, progress, ToolHome.Find().Images);
            var outcomes = await builder.BuildAsync(parsed.GetValue(all) ? [] : parsed.GetValue(names)!, wanted, stop);
            await ExportAsync(processes, wanted, outcomes, progress, stop);
            progress.Dispose();
            foreach (var outcome in outcomes.Where(outcome => outcome.Failure is not null))
                Console.Error.WriteLine(outcome.Failure);
            Console.Error.WriteLine($"{outcomes.Count(o => o is { Id: not null, Reason: not null })} built, {outcomes.Count(o => o.Reason is null && o.Failure is null)} up to date, {outcomes.Count(o => o.Failure is not null)} failed.");
            return outcomes.All(outcome => outcome.Failure is null) ? ExitCodes.Done : ExitCodes.Failed;
        }));
        return command;
    }

    // On an undercloud, its nodes boot a new ramdisk from now on.
    private static async Task ExportAsync(IProcessRunner processes, OpenStackRelease wanted, IEnumerable<ImageOutcome> outcomes, IProgressView progress, CancellationToken stop)
    {
        var exports = new ImageExports(processes);
        foreach (var definition in ImageDefinitions.Load(ToolHome.Find().Images, new DiagnosticBag()).All.Where(ImageExports.HavePlace))
        {
            var built = outcomes.FirstOrDefault(outcome => outcome is { Id: not null } && outcome.Tag == definition.TagFor(wanted));
            if (built is null)
                continue;
            progress.Now($"copying the files of {definition.Name}");
            foreach (var (path, _) in (await exports.CopyAsync(definition, built.Id!, null, stop)).Where(file => file.Written))
                progress.Line($"{path}: written");
        }
    }
}
