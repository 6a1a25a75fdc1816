using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Images;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Host.Images;
using Undercloud.Host.Install;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud image list</c>: the images of ours, what they were built from, and whether that is still what their definitions say.</summary>
public static class ImageListCommand
{
    public static Command Create(IProcessRunner processes)
    {
        var format = CommonOptions.Format();
        var command = new Command("list", "List the images, with what they stand on and whether their definitions are still the same.") { format };
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            var rows = Rows(await new ImageStore(processes).ListAsync(stop));
            if (parsed.GetValue(format) == "json")
                Console.Out.Write(CanonicalJson.WriteIndented(new ListValue([.. rows.Select(row => row.Json())])));
            else
                ConsoleTables.Open().Write(ConsoleTables.Of(["Name", "Release", "Id", "Size", "Created", "From", "Definition"], rows.Select(row => row.Cells())));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static List<Row> Rows(IReadOnlyCollection<StoredImage> images)
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
                .Select(image => new Row(image, byId.GetValueOrDefault(image.Parent)?.Name, State(image))),
        ];

        string State(StoredImage image)
        {
            if (!definitions.TryGetValue(image.Name!, out var definition))
                return "gone";
            var parent = definition.From is { } from ? named.GetValueOrDefault((from, image.Release!))?.Id ?? "none" : "";
            return image.Outdated(definition.Recipe(directory, OpenStackRelease.Of(image.Release!)!), parent) ?? "current";
        }
    }

    private sealed record Row(StoredImage Image, string? From, string State)
    {
        public string[] Cells() =>
        [
            Image.Name!, Image.Release!, Image.Id[..12], $"{Image.Size / 1e6:F0} MB", Image.Created.ToString("yyyy-MM-dd HH:mm:ss"), From ?? (Image.Parent.Length == 0 ? "-" : Image.Parent[..12]), State,
        ];

        public MapValue Json() => new(
        [
            new("name", Image.Name!), new("release", Image.Release!), new("id", Image.Id), new("size", new IntegerValue(Image.Size)),
            new("created", Image.Created.ToString("yyyy-MM-ddTHH:mm:ssZ")), new("from", From is null ? Value.Null : From),
            new("from_id", Image.Parent.Length == 0 ? Value.Null : Image.Parent), new("tag", Image.Tags[0]), new("definition", State), new("current", State == "current"),
        ]);
    }
}
