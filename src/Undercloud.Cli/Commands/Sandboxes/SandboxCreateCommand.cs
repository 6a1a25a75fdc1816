using System.CommandLine;
using Undercloud.Cli.Commands.Images;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Images;
using Undercloud.Host.Gathering;
using Undercloud.Host.Images;
using Undercloud.Host.Prerequisites;
using Undercloud.Host.Processes;
using Undercloud.Host.Sandboxes;

namespace Undercloud.Cli.Commands.Sandboxes;

/// <summary><c>undercloud sandbox create</c>: a new throwaway host, its image built first when it is missing.</summary>
public static class SandboxCreateCommand
{
    public static Command Create(IProcessRunner processes, TimeProvider time)
    {
        var name = new Argument<string>("NAME") { Description = "The sandbox's name.", DefaultValueFactory = _ => Sandbox.DefaultName };
        var release = CommonOptions.Release();
        var command = new Command("create", "Make a throwaway host: systemd, a network of its own, podman, the images of this machine.") { name, release };
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            var wanted = ImageCommand.Release(parsed.GetValue(release));
            var sandbox = new Sandbox(parsed.GetValue(name)!, processes, time);
            using var progress = ImageCommand.Progress(time, "Sandbox");
            await new DebianPrerequisites(processes, progress).EnsureAsync([PrerequisiteSet.Sandbox, PrerequisiteSet.ImageBuild], stop);
            var tag = ImageDefinition.Tag("host", wanted);
            var images = await new ImageBuilder(processes, time, progress, ToolHome.Find().Images).EnsureAsync(["host"], wanted, stop);
            progress.Now($"starting {sandbox.Container}");
            await sandbox.CreateAsync(images[tag], stop);
            progress.Line($"{sandbox.Container} is up. Work in it: undercloud sandbox exec {(sandbox.Name == Sandbox.DefaultName ? "" : sandbox.Name + " ")}-- bash");
            return ExitCodes.Done;
        }));
        return command;
    }
}
