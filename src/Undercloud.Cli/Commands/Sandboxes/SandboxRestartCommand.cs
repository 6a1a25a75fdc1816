using System.CommandLine;
using Undercloud.Cli.Commands.Images;
using Undercloud.Cli.Output;
using Undercloud.Host.Processes;
using Undercloud.Host.Sandboxes;

namespace Undercloud.Cli.Commands.Sandboxes;

/// <summary><c>undercloud sandbox restart</c>: a reboot of the throwaway host.</summary>
public static class SandboxRestartCommand
{
    public static Command Create(IProcessRunner processes, TimeProvider time)
    {
        var name = new Argument<string>("NAME") { Description = "The sandbox's name.", DefaultValueFactory = _ => Sandbox.DefaultName };
        var node = SandboxCommand.Node("The number of the node to restart. Default: all nodes");
        var command = new Command("restart", "Reboot a throwaway host: a clean stop, a start.") { name, node };
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            await new Sandbox(parsed.GetValue(name)!, processes, time).RestartAsync(parsed.GetValue(node), stop);
            return ExitCodes.Done;
        }));
        return command;
    }
}
