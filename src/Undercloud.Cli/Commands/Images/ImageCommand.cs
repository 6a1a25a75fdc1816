using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Host.Generations;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Images;

/// <summary><c>undercloud image</c>: the container images of this host.</summary>
public static class ImageCommand
{
    /// <summary>The command with all of its verbs.</summary>
    public static Command Create(Composition composition)
    {
        var command = Create(composition.Runner, composition.Time);
        command.Add(ImagePullCommand.Create(composition));
        command.Add(ImagePushCommand.Create(composition));
        command.Add(ImagePruneCommand.Create(composition));
        return command;
    }

    /// <summary>The verbs that need no configuration and no record of an undercloud.</summary>
    public static Command Create(IProcessRunner processes, TimeProvider time) => new("image", "Build, pull, push, list, export and delete the images of this host.")
    {
        ImageBuildCommand.Create(processes, time),
        ImageExportCommand.Create(processes, time),
        ImageListCommand.Create(processes),
        ImageDeleteCommand.Create(processes),
    };

    internal static Argument<string[]> Names() => new("NAME") { Description = "Images, by the names of their definitions.", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>The requested release; by default that of this host's undercloud. Images may be of another release than the undercloud.</summary>
    internal static OpenStackRelease Release(string? wanted) =>
        OpenStackRelease.Of(wanted ?? new InstalledRelease(GenerationStore.StateDirectory, new(GenerationStore.StateDirectory)).Read() ?? "") ?? OpenStackRelease.Default;

    /// <summary>Where the images come from that undercloud.conf asks for.</summary>
    /// <param name="composition">The parts of the program.</param>
    /// <param name="conf">The file; null for the default one, which need not be there.</param>
    /// <param name="stop">Ends it.</param>
    internal static Task<ImageSources> SourcesAsync(Composition composition, string? conf, CancellationToken stop) =>
        composition.ConfiguredStackReader.SourcesAsync(conf is null ? composition.DefaultConf : Path.GetFullPath(conf), conf is not null, composition.Home, stop);

    /// <summary>The progress of a command without a log.</summary>
    internal static RunEvents Progress(TimeProvider time, string phase)
    {
        var events = ConsoleProgress.Open(time);
        events.Phase(phase);
        return events;
    }

    /// <summary>Runs a command's work, and turns a failure into a message and an exit code.</summary>
    internal static async Task<int> GuardAsync(Func<Task<int>> work)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            // As another user, podman would show and change that user's images and containers, not the undercloud's.
            Console.Error.WriteLine("Run this as root: images and sandboxes belong to root.");
            return ExitCodes.Failed;
        }

        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Interrupted.");
            return ExitCodes.Interrupted;
        }
        catch (Exception failure) when (failure is HostCommandException or Host.Images.ImageBuildException or Host.Sandboxes.SandboxException or Host.Prerequisites.PrerequisiteException)
        {
            Console.Error.WriteLine(failure.Message);
            return ExitCodes.Failed;
        }
    }
}
