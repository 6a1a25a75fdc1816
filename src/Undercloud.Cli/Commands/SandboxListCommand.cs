using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Heat.Values;
using Undercloud.Host.Processes;
using Undercloud.Host.Sandboxes;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud sandbox list</c>.</summary>
public static class SandboxListCommand
{
    public static Command Create(IProcessRunner processes)
    {
        var format = CommonOptions.Format();
        var command = new Command("list", "List this machine's sandboxes.") { format };
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            var sandboxes = await Sandbox.ListAsync(processes, stop);
            if (parsed.GetValue(format) == "json")
                Console.Out.Write(CanonicalJson.WriteIndented(new ListValue([.. sandboxes.Select(Json)])));
            else
                ConsoleTables.Open().Write(ConsoleTables.Of(["Name", "Container", "State", "Created", "Image"], sandboxes.Select(Cells)));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static string[] Cells(SandboxState sandbox) =>
        [sandbox.Name, sandbox.Container, sandbox.State, sandbox.Created?.ToString("yyyy-MM-dd HH:mm:ss") ?? "-", sandbox.Image];

    private static Value Json(SandboxState sandbox) => new MapValue(
    [
        new("name", sandbox.Name), new("container", sandbox.Container), new("state", sandbox.State),
        new("created", sandbox.Created is { } created ? created.ToString("yyyy-MM-ddTHH:mm:ssZ") : Value.Null), new("image", sandbox.Image),
    ]);
}
