using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Images;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Gathering;
using Undercloud.Host.Images;
using Undercloud.Host.Prerequisites;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Images;

/// <summary><c>undercloud image export</c>: copies the files for which an image is built out of it, e.g. the kernel and ramdisk of ipa.</summary>
public static class ImageExportCommand
{
    public static Command Create(IProcessRunner processes, TimeProvider time)
    {
        var name = new Argument<string>("NAME") { Description = "The image, by the name of its definition." };
        var release = CommonOptions.Release();
        var to = new Option<string?>("--to") { Description = "The target directory. Default: the undercloud's own place for the files.", HelpName = "DIRECTORY" };
        var command = new Command("export", "Copy the files for which an image is built, such as kernel and ramdisk, out of it. A missing image is built first.") { name, release, to };
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            var wanted = ImageCommand.Release(parsed.GetValue(release));
            if (Definition(parsed.GetValue(name)!) is not { } definition)
                return ExitCodes.Usage;
            using var progress = ImageCommand.Progress(time, "Images");
            var tag = definition.TagFor(wanted);
            if (await ThereAsync(processes, tag, stop) is not { } id)
            {
                await new DebianPrerequisites(processes, progress).EnsureAsync([PrerequisiteSet.ImageBuild], stop);
                id = (await new ImageBuilder(processes, time, progress, ToolHome.Find().Images).EnsureAsync([definition.Name], wanted, stop))[tag];
            }

            progress.Now($"copying the files of {definition.Name}");
            var files = await new ImageExports(processes).CopyAsync(definition, id, parsed.GetValue(to), stop);
            progress.Dispose();
            foreach (var (path, written) in files)
                Console.Error.WriteLine($"{path}: {(written ? "written" : "unchanged")}");
            return ExitCodes.Done;
        }));
        return command;
    }

    private static async Task<string?> ThereAsync(IProcessRunner processes, string tag, CancellationToken stop) =>
        (await new ImageStore(processes).IdsAsync(stop)).GetValueOrDefault(tag);

    // Null after the reason has been printed: there is no such image, or it has no such files.
    private static ImageDefinition? Definition(string name)
    {
        var diagnostics = new DiagnosticBag();
        var catalog = ImageDefinitions.Load(ToolHome.Find().Images, diagnostics);
        if (catalog.Of(name) is { Exports.IsEmpty: false } definition)
            return definition;
        var with = catalog.All.Where(other => !other.Exports.IsEmpty).Select(other => other.Name).ToList();
        Console.Error.WriteLine($"{(catalog.Of(name) is null ? $"There is no image definition '{name}'" : $"The image '{name}' has no files to export")}. Images with files to export: {string.Join(", ", with)}.");
        foreach (var finding in diagnostics.All)
            Console.Error.WriteLine(finding);
        return null;
    }
}
