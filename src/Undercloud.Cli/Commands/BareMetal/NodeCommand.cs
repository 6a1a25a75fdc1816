using System.CommandLine;

namespace Undercloud.Cli.Commands.BareMetal;

/// <summary><c>undercloud node</c>: the operator's commands for Ironic's nodes.</summary>
internal static class NodeCommand
{
    public static Command Create(Composition composition) => new("node", "Enrol, inspect and provide bare metal nodes.")
    {
        NodeImportCommand.Create(composition),
        NodeStateCommand.Introspect(composition),
        NodeStateCommand.Provide(composition),
    };
}
