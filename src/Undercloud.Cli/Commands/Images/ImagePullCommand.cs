using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Host.Failures;
using Undercloud.Host.Operations;

namespace Undercloud.Cli.Commands.Images;

/// <summary><c>undercloud image pull</c>: pulls images from the registries that ContainerImagePrepare names. An update would do it as well.</summary>
internal static class ImagePullCommand
{
    public static Command Create(Composition composition)
    {
        var (names, release, conf) = (ImageCommand.Names(), CommonOptions.Release(), CommonOptions.Conf());
        var command = new Command("pull", "Pull images from the registries that ContainerImagePrepare names: those named here, or else all that services run in.") { names, release, conf };
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            using var progress = ImageCommand.Progress(composition.Time, "Images");
            var sources = await ImageCommand.SourcesAsync(composition, parsed.GetValue(conf), stop);
            progress.Hide(new(sources.Secrets));
            var chosen = ImageChoice.Of(composition.Tool, parsed.GetValue(names)!, ImageCommand.Release(parsed.GetValue(release)));
            var without = chosen.Where(image => sources.Of(image)?.Source is null).ToList();
            if (without.Count == chosen.Length || (parsed.GetValue(names)!.Length > 0 && without.Count > 0))
            {
                throw new InstallException(
                    $"No registry is known for {(without.Count == chosen.Length ? "any of the images" : string.Join(", ", without))}.\n"
                    + "Name it in ContainerImagePrepare of an environment file (custom_env_files), or build the images: `undercloud image build`.");
            }

            var (context, wanted) = (composition.Operations(progress), chosen.Except(without).ToList());
            var transfers = new RegistryTransfers(context, sources);
            await new ImageRoom(context).EnsureAsync(wanted, [], async () => (await transfers.OutdatedAsync(wanted, stop)).Select(image => image.Tag), stop);
            await transfers.PullAsync(wanted, stop);
            return ExitCodes.Done;
        }));
        return command;
    }
}
