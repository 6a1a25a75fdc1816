using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Host.Failures;
using Undercloud.Host.Images;
using Undercloud.Host.Operations;

namespace Undercloud.Cli.Commands.Images;

/// <summary><c>undercloud image push</c>: pushes the plan's images to a registry, from which other underclouds pull them. Prints name and digest of each.</summary>
internal static class ImagePushCommand
{
    public static Command Create(Composition composition)
    {
        var (names, release, conf) = (ImageCommand.Names(), CommonOptions.Release(), CommonOptions.Conf());
        var to = new Option<string?>("--to")
        {
            Description = "The registry and the namespace, e.g. registry.example.org:5000/undercloud. Without it, push_destination of ContainerImagePrepare, or else its namespace.",
            HelpName = "REGISTRY/NAMESPACE",
        };
        var command = new Command("push", "Push images to a registry: those named here, or else those of the undercloud. Prints name and digest of each.") { names, to, release, conf };
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            var place = parsed.GetValue(to)?.TrimEnd('/');
            if (place is not null && ImageReference.ProblemOfNamespace(place) is { } problem)
            {
                Console.Error.WriteLine($"--to is {place}, which {problem}. Write registry and namespace, e.g. registry.example.org:5000/undercloud.");
                return ExitCodes.Usage;
            }

            using var progress = ImageCommand.Progress(composition.Time, "Images");
            var sources = await ImageCommand.SourcesAsync(composition, parsed.GetValue(conf), stop);
            progress.Hide(new(sources.Secrets));
            var wanted = ImageCommand.Release(parsed.GetValue(release));
            var images = await FindAsync(composition, parsed.GetValue(names)!, wanted, stop);
            var pushed = images.Select(image => (image.Id, To: Target(image.Image, place, sources))).ToList();
            var digests = await new RegistryTransfers(composition.Operations(progress), sources).PushAsync(pushed, stop);
            progress.Dispose();
            foreach (var ((_, target), digest) in pushed.Zip(digests))
                Console.Out.WriteLine($"{target} {digest}");
            return ExitCodes.Done;
        }));
        return command;
    }

    // Of an applied plan the images that it runs, by their ids: the names may be those of newer images by now.
    private static async Task<List<(string Image, string Id)>> FindAsync(Composition composition, IReadOnlyCollection<string> names, OpenStackRelease release, CancellationToken stop)
    {
        var here = await new ImageStore(composition.Runner).IdsAsync(stop);
        if (names.Count == 0 && composition.Generations.NewestApplied() is { } applied && composition.Generations.ReadPlan(applied.Number) is var plan && plan.Release == release.Name)
            return [.. plan.Images.Where(image => ImageDefinition.Parts(image.Key) is not null).Select(image => (image.Key, image.Value))];
        var chosen = ImageChoice.Of(composition.Tool, names, release);
        return chosen.Where(image => !here.ContainsKey(image)).ToList() is { Count: > 0 } missing
            ? throw new InstallException($"These images are not on this host: {string.Join(", ", missing)}. Build them first: `undercloud image build`.")
            : [.. chosen.Select(image => (image, here[image]))];
    }

    private static ImageReference Target(string image, string? place, ImageSources sources)
    {
        if (place is not null && ImageDefinition.Parts(image) is var (name, release))
            return ImageReference.Below(place, name, release);
        var origin = sources.Of(image);
        return origin?.Destination ?? origin?.Source ?? throw new InstallException($"It is not known where to push {image}. Name the registry: --to REGISTRY/NAMESPACE, or push_destination in ContainerImagePrepare.");
    }
}
