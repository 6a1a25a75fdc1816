using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Gathering;
using Undercloud.Host.Images;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Images;

/// <summary><c>undercloud image delete</c>: removes only images that this tool built.</summary>
public static class ImageDeleteCommand
{
    public static Command Create(IProcessRunner processes)
    {
        var names = ImageCommand.Names();
        var release = CommonOptions.Release();
        var all = new Option<bool>("--all") { Description = "Every image of every release that this tool built." };
        var superseded = new Option<bool>("--superseded") { Description = "All images that newer builds have replaced. An older generation may still refer to them." };
        var command = new Command("delete", "Delete images that this tool built.") { names, release, all, superseded };
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            var (wanted, of) = (parsed.GetValue(names)!, ImageCommand.Release(parsed.GetValue(release)));
            if (wanted.Length == 0 && !parsed.GetValue(all) && !parsed.GetValue(superseded))
            {
                Console.Error.WriteLine("Choose the images to delete: names, --superseded or --all.");
                return ExitCodes.Usage;
            }

            var catalog = ImageDefinitions.Load(ToolHome.Find().Images, new DiagnosticBag());
            // An image that exists for only one release is named without the release.
            bool Named(StoredImage image) => wanted.Contains(image.Name) && image.Release == (catalog.Of(image.Name!)?.OnlyRelease ?? of).Name;
            bool Chosen(StoredImage image) => (!image.IsReadOnly && (parsed.GetValue(all) || (parsed.GetValue(superseded) && image.Tags.IsEmpty))) || (Named(image) && !image.Tags.IsEmpty);
            var store = new ImageStore(processes);
            var ours = (await store.ListAsync(stop)).Where(image => image.Name is not null).ToList();
            var unknown = wanted.Except(ours.Where(Named).Select(image => image.Name!)).ToList();
            foreach (var name in unknown)
                Console.Error.WriteLine($"There is no image '{name}' of {(catalog.Of(name)?.OnlyRelease ?? of).Name} here.");
            var failed = await DeleteAsync(store, [.. ours.Where(Chosen)], stop);
            return unknown.Count == 0 && !failed ? ExitCodes.Done : ExitCodes.Failed;
        }));
        return command;
    }

    // Newest first: children before their parents.
    private static async Task<bool> DeleteAsync(ImageStore store, IReadOnlyList<StoredImage> images, CancellationToken stop)
    {
        var failed = false;
        foreach (var image in images)
        {
            var result = await store.DeleteAsync(image, stop);
            var name = image.Tags.IsEmpty ? $"{image.Name} {image.Id[..12]}" : image.Tags[0];
            Console.Error.WriteLine(result.Succeeded ? $"{name}: deleted" : $"{name}: not deleted. {result.Tail(3)}");
            failed |= !result.Succeeded;
        }

        return failed;
    }
}
