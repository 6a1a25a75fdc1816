using System.CommandLine;
using Undercloud.Cli.Commands.Images;
using Undercloud.Cli.Output;
using Undercloud.Host.Processes;
using Undercloud.Host.Sandboxes;

namespace Undercloud.Cli.Commands.Sandboxes;

/// <summary><c>undercloud sandbox delete</c>: removes sandboxes without a trace. A missing sandbox is no error.</summary>
public static class SandboxDeleteCommand
{
    public static Command Create(IProcessRunner processes, TimeProvider time)
    {
        var names = new Argument<string[]>("NAME") { Description = "The sandboxes. Default: default", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Every sandbox of this machine." };
        var command = new Command("delete", "Delete sandboxes with everything in them.") { names, all };
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            var there = (await Sandbox.ListAsync(processes, stop)).Select(sandbox => sandbox.Name).Distinct().ToList();
            var wanted = parsed.GetValue(all) ? there : parsed.GetValue(names) is { Length: > 0 } named ? [.. named] : [Sandbox.DefaultName];
            foreach (var name in wanted)
            {
                await new Sandbox(name, processes, time).DeleteAsync(stop);
                Console.Error.WriteLine(there.Contains(name) ? $"sandbox {name}: deleted" : $"sandbox {name}: does not exist");
            }

            return ExitCodes.Done;
        }));
        return command;
    }
}
