using System.CommandLine;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary><c>undercloud upgrade</c>: without another release it is <c>undercloud update</c>, under the name that python-tripleoclient has.</summary>
public static class UpgradeCommand
{
    public static Command Create(Composition composition) => UpdateCommand.Create(
        composition, "upgrade", "Bring a running undercloud to newer packages, as `undercloud update` does.", CommonOptions.Release());
}
