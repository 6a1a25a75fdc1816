using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Host.Gathering;
using Undercloud.Host.Images;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Images;

/// <summary><c>undercloud image list</c>: the tool's images, their parents, and whether they are up to date with their definitions.</summary>
public static class ImageListCommand
{
    internal static Rows<ListedImage> Columns { get; } = new(
        new("name", "Name", row => row.Image.Name!),
        new("release", "Release", row => row.Image.Release!),
        new("id", "Id", row => row.Image.Id) { Text = row => row.Image.Id[..12] },
        new("size", "Size", row => new IntegerValue(row.Image.Size)) { Text = row => $"{row.Image.Size / 1e6:F0} MB" },
        new("created", "Created", row => row.Image.Created.ToString("yyyy-MM-ddTHH:mm:ssZ")) { Text = row => row.Image.Created.ToString("yyyy-MM-dd HH:mm:ss"), Place = ColumnPlace.WhereItFits },
        new("from", "From", row => row.From is null ? Value.Null : row.From) { Text = row => row.From ?? (row.Image.Parent.Length == 0 ? "-" : row.Image.Parent[..12]) },
        new("from_id", "From id", row => row.Image.Parent.Length == 0 ? Value.Null : row.Image.Parent) { Place = ColumnPlace.Data },
        new("tag", "Tag", row => row.Image.Tags[0]) { Place = ColumnPlace.Data },
        new("definition", "Definition", row => row.State),
        new("current", "Current", row => row.State == "current") { Place = ColumnPlace.Data });

    public static Command Create(IProcessRunner processes)
    {
        var format = RowOptions.For(Columns);
        var command = new Command("list", "List the images with their parents, and whether they are up to date with their definitions.");
        format.AddTo(command);
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            Columns.Write(Console.Out, Listed(await new ImageStore(processes).ListAsync(stop)), format.Of(parsed));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static List<ListedImage> Listed(IReadOnlyCollection<StoredImage> images)
    {
        var directory = ToolHome.Find().Images;
        var definitions = ImageDefinitions.Load(directory, new DiagnosticBag()).All.ToDictionary(definition => definition.Name);
        var byId = images.ToDictionary(image => image.Id);
        var named = images
            .Where(image => image.Name is not null && OpenStackRelease.Of(image.Release ?? "") is { } release && image.Tags.Contains(ImageDefinition.Tag(image.Name, release)))
            .ToDictionary(image => (image.Name!, image.Release!));
        return
        [
            .. named.Values.OrderBy(image => image.Release, StringComparer.Ordinal).ThenBy(image => image.Name, StringComparer.Ordinal)
                .Select(image => new ListedImage(image, byId.GetValueOrDefault(image.Parent)?.Name, State(image))),
        ];

        string State(StoredImage image)
        {
            if (!definitions.TryGetValue(image.Name!, out var definition))
                return "gone";
            // The parent of a pulled image need not be here.
            var isPulled = !byId.ContainsKey(image.Parent) && image.Tags.Any(tag => ImageDefinition.Parts(tag) is null);
            var parent = isPulled ? image.Parent : definition.From is { } from ? named.GetValueOrDefault((from, image.Release!))?.Id ?? "none" : "";
            return image.Outdated(definition.Recipe(directory, OpenStackRelease.Of(image.Release!)!), parent) ?? "current";
        }
    }

    internal sealed record ListedImage(StoredImage Image, string? From, string State);
}
