using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Heat.Values;
using Undercloud.Host.Images;
using Undercloud.Host.Operations;

namespace Undercloud.Cli.Commands.Images;

/// <summary><c>undercloud image prune</c>: deletes the tool's images that no generation, no container and no definition uses.</summary>
internal static class ImagePruneCommand
{
    /// <summary>The columns of an image that is to be deleted.</summary>
    internal static Rows<StoredImage> Columns { get; } = new(
        new("name", "Name", image => ImagePrune.NameOf(image)),
        new("id", "Id", image => image.Id) { Text = image => image.Id[..Math.Min(12, image.Id.Length)] },
        new("size", "Size", image => new IntegerValue(image.Size)) { Text = image => $"{image.Size / 1e6:F0} MB" });

    public static Command Create(Composition composition)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "List the images with their sizes, and delete none. Images share layers: less space becomes free than the sum." };
        var format = RowOptions.For(Columns);
        var command = new Command("prune", "Delete the images of this tool that no kept generation, no container and no definition uses.") { dryRun };
        format.AddTo(command);
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            using var progress = ImageCommand.Progress(composition.Time, "Images");
            var context = composition.Operations(progress);
            using var held = parsed.GetValue(dryRun) ? null : await RunLock.TakeAsync(context, "image prune", stop);
            var prune = new ImagePrune(context);
            var images = await prune.FindAsync(stop);
            var left = parsed.GetValue(dryRun) ? [] : await prune.DeleteAsync(images, stop);
            progress.Dispose();
            Columns.Write(Console.Out, [.. images.Where(image => left.All(other => other.Image.Id != image.Id))], format.Of(parsed));
            foreach (var (image, reason) in left)
                Console.Error.WriteLine($"{ImagePrune.NameOf(image)}: not deleted. {reason}");
            Console.Error.WriteLine(parsed.GetValue(dryRun) ? $"{images.Length} to delete." : $"{images.Length - left.Length} deleted.");
            return left.IsEmpty ? ExitCodes.Done : ExitCodes.Failed;
        }));
        return command;
    }
}
