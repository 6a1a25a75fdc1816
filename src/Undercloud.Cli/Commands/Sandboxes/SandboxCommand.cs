using System.CommandLine;
using System.Globalization;
using Undercloud.Host.Processes;
using Undercloud.Host.Sandboxes;

namespace Undercloud.Cli.Commands.Sandboxes;

/// <summary><c>undercloud sandbox</c>: throwaway hosts on this machine.</summary>
public static class SandboxCommand
{
    public static Command Create(IProcessRunner processes, TimeProvider time) => new("sandbox", "Create, use and delete throwaway hosts on this machine.")
    {
        SandboxCreateCommand.Create(processes, time),
        SandboxListCommand.Create(processes),
        SandboxExecCommand.Create(processes, time),
        SandboxRestartCommand.Create(processes, time),
        SandboxDeleteCommand.Create(processes, time),
        SandboxMachineCommand.Create(processes, time),
    };

    /// <summary>The option that selects one of several nodes.</summary>
    internal static Option<int?> Node(string description)
    {
        var node = new Option<int?>("--node") { Description = description, HelpName = "N" };
        UpToMost(node);
        return node;
    }

    /// <summary>Rejects a number of nodes, or of one node, that no sandbox can have.</summary>
    internal static void UpToMost(Option option) => option.Validators.Add(result =>
    {
        // The parser itself reports text that is not a number.
        if (result.Tokens is [{ Value: var text }] && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is < 1 or > Sandbox.MostNodes)
            result.AddError($"{option.Name} takes 1 to {Sandbox.MostNodes}, not {text}.");
    });
}
