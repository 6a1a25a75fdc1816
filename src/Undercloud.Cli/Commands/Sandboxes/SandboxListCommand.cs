using System.CommandLine;
using Undercloud.Cli.Commands.Images;
using Undercloud.Cli.Output;
using Undercloud.Heat.Values;
using Undercloud.Host.Processes;
using Undercloud.Host.Sandboxes;

namespace Undercloud.Cli.Commands.Sandboxes;

/// <summary><c>undercloud sandbox list</c>.</summary>
public static class SandboxListCommand
{
    internal static Rows<SandboxState> Columns { get; } = new(
        new("name", "Name", sandbox => sandbox.Name),
        new("node", "Node", sandbox => sandbox.Node),
        new("container", "Container", sandbox => sandbox.Container),
        new("state", "State", sandbox => sandbox.State),
        new("created", "Created", sandbox => sandbox.Created is { } created ? created.ToString("yyyy-MM-ddTHH:mm:ssZ") : Value.Null)
        {
            Text = sandbox => sandbox.Created?.ToString("yyyy-MM-dd HH:mm:ss") ?? "-",
        },
        new("image", "Image", sandbox => sandbox.Image));

    public static Command Create(IProcessRunner processes)
    {
        var format = RowOptions.For(Columns);
        var command = new Command("list", "List the nodes of this machine's sandboxes.");
        format.AddTo(command);
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            Columns.Write(Console.Out, await Sandbox.ListAsync(processes, stop), format.Of(parsed));
            return ExitCodes.Done;
        }));
        return command;
    }
}
