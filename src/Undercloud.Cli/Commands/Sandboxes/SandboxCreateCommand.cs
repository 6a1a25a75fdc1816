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

/// <summary><c>undercloud sandbox create</c>: a new throwaway host. A missing image is built first.</summary>
public static class SandboxCreateCommand
{
    public static Command Create(IProcessRunner processes, TimeProvider time)
    {
        var name = new Argument<string>("NAME") { Description = "The sandbox's name.", DefaultValueFactory = _ => Sandbox.DefaultName };
        var release = CommonOptions.Release();
        var nodes = new Option<int>("--nodes")
        {
            Description = $"How many hosts, 1 to {Sandbox.MostNodes}. Several share a control-plane segment (eth1); root of each has SSH access to all.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        SandboxCommand.UpToMost(nodes);
        var command = new Command("create", "Create a throwaway host with systemd, its own network, podman and the images of this machine.") { name, nodes, release };
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            var wanted = ImageCommand.Release(parsed.GetValue(release));
            var sandbox = new Sandbox(parsed.GetValue(name)!, processes, time);
            using var progress = ImageCommand.Progress(time, "Sandbox");
            await new DebianPrerequisites(processes, progress).EnsureAsync([PrerequisiteSet.Sandbox, PrerequisiteSet.ImageBuild], stop);
            var tag = ImageDefinition.Tag("host", wanted);
            var images = await new ImageBuilder(processes, time, progress, ToolHome.Find().Images).EnsureAsync(["host"], wanted, stop);
            var number = parsed.GetValue(nodes);
            var containers = string.Join(", ", Enumerable.Range(1, number).Select(node => sandbox.Node(node).Container));
            progress.Now($"starting {containers}");
            await sandbox.CreateAsync(images[tag], number, stop);
            var named = sandbox.Name == Sandbox.DefaultName ? "" : sandbox.Name + " ";
            progress.Line(number == 1
                ? $"{containers} is up. Work in it: undercloud sandbox exec {named}-- bash"
                : $"{containers} are up. Work in one: undercloud sandbox exec {named}--node {number} -- bash");
            return ExitCodes.Done;
        }));
        return command;
    }
}
