using System.CommandLine;
using Undercloud.Cli.Commands.Images;
using Undercloud.Cli.Output;
using Undercloud.Host.Processes;
using Undercloud.Host.Sandboxes;

namespace Undercloud.Cli.Commands.Sandboxes;

/// <summary><c>undercloud sandbox exec [NAME] [--node N] -- COMMAND…</c>: runs a command in a node of a sandbox, with stackrc's environment when there is one.</summary>
public static class SandboxExecCommand
{
    public static Command Create(IProcessRunner processes, TimeProvider time)
    {
        var name = new Option<string?>("--name") { Description = "The sandbox. Default: default", HelpName = "NAME" };
        var node = SandboxCommand.Node("The number of the node in which the command runs. Default: 1");
        var words = new Argument<string[]>("[NAME] -- COMMAND")
        {
            Description = "The command and its arguments, after two hyphens; a word before the hyphens is the sandbox's name. Default: a shell",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("exec", "Run a command in a sandbox, as root. Its exit code is this command's.") { name, node, words };
        command.SetAction((parsed, stop) => ImageCommand.GuardAsync(async () =>
        {
            var typed = parsed.Tokens.Select(token => token.Value).ToList();
            var all = parsed.GetValue(words)!;
            // The parser returns the words of both sides as one list; the number of words after the hyphens tells which belong to the command.
            var after = typed.IndexOf("--") is var at and >= 0 ? typed.Count - at - 1 : all.Length;
            var (before, run) = (all[..(all.Length - after)], all[(all.Length - after)..]);
            if (before.Length > 1 || (before.Length == 1 && parsed.GetValue(name) is not null))
            {
                Console.Error.WriteLine("Usage: undercloud sandbox exec [NAME] [--node N] -- COMMAND [ARGUMENT…]");
                return ExitCodes.Usage;
            }

            var sandbox = new Sandbox(parsed.GetValue(name) ?? (before is [var named] ? named : Sandbox.DefaultName), processes, time);
            var host = sandbox.Node(parsed.GetValue(node) ?? 1);
            if ((await sandbox.GetAsync(host.Number, stop))[0].State != "running")
                await sandbox.StartAsync(host.Number, stop);
            return await host.AttachAsync(run.Length == 0 ? ["bash"] : [.. run], stop);
        }));
        return command;
    }
}
