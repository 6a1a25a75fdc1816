using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Host.Operations;

namespace Undercloud.Cli.Commands.Images;

/// <summary><c>undercloud bundle</c>: images, tool and Debian packages in one file, for a host without a route to any archive.</summary>
public static class BundleCommand
{
    public static Command Create(Composition composition) => new("bundle", "Make and import a file with images, tool and Debian packages, for a host without a route to any archive.")
    {
        CreateCreate(composition),
        CreateImport(composition),
    };

    private static Command CreateCreate(Composition composition)
    {
        var file = new Argument<string>("FILE") { Description = "The file to write." };
        var (files, release) = (new ConfigFileOptions(), CommonOptions.Release());
        var command = new Command("create", "Write a bundle with the images of the plan of undercloud.conf, the tool, and the Debian packages that a host needs. It holds no secrets.") { file, release };
        files.AddTo(command);
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            using var progress = ImageCommand.Progress(composition.Time, "Bundle");
            var context = composition.Operations(progress);
            var run = await context.Preparation.PrepareAsync(files.RunOptions(parsed, parsed.GetValue(release), outputOnly: false, dryRun: true).Wanted(composition.Home), stop);
            progress.Hide(run.Mask);
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            await new BundleCreation(context, new()).RunAsync(run.Plan, path, stop);
            progress.Dispose();
            Console.Error.WriteLine($"{path}: {new FileInfo(path).Length / 1e6:F0} MB. On the other host: tar -xf {Path.GetFileName(path)} tool && tool/undercloud bundle import {Path.GetFileName(path)}");
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command CreateImport(Composition composition)
    {
        var file = new Argument<string>("FILE") { Description = "The bundle." };
        var command = new Command("import", "Import a bundle: its packages become a source of apt's, its images are loaded. `install` and `update` then need no archive.") { file };
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            using var progress = ImageCommand.Progress(composition.Time, "Bundle");
            var context = composition.Operations(progress);
            using var held = await RunLock.TakeAsync(context, "bundle import", stop);
            var paths = new BundlePaths();
            var manifest = await new BundleImport(context, paths).RunAsync(Path.GetFullPath(parsed.GetValue(file)!), stop);
            progress.Dispose();
            Console.Error.WriteLine($"Imported: {manifest.Images.Count} images of {manifest.Release}. The tool is in {paths.Imported}/tool. Next: {paths.Imported}/tool/undercloud install (or update).");
            return ExitCodes.Done;
        }));
        return command;
    }
}
