using System.CommandLine;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Sandboxes;

/// <summary><c>undercloud sandbox</c>: throwaway hosts on this machine.</summary>
public static class SandboxCommand
{
    public static Command Create(IProcessRunner processes, TimeProvider time) => new("sandbox", "Make, use and delete throwaway hosts on this machine.")
    {
        SandboxCreateCommand.Create(processes, time),
        SandboxListCommand.Create(processes),
        SandboxExecCommand.Create(processes, time),
        SandboxRestartCommand.Create(processes, time),
        SandboxDeleteCommand.Create(processes, time),
        SandboxMachineCommand.Create(processes, time),
    };
}
