using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Host.Containers;

namespace Undercloud.Cli.Commands.Containers;

/// <summary><c>undercloud container delete</c>.</summary>
internal static class ContainerDeleteCommand
{
    public static Command Create(ContainerApplier applier)
    {
        var configIds = ContainerCommand.ConfigIdsOption();
        var managedBy = ContainerCommand.ManagedByOption();
        var format = RowOptions.For(NodeResultText.Rows);
        var command = new Command("delete", "Stops and deletes the containers and units of config ids.") { configIds, managedBy };
        format.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return ContainerCommand.RunAsync(error, async () =>
            {
                var options = new ContainerApplyOptions { ManagedBy = parsed.GetRequiredValue(managedBy), Progress = error.WriteLine };
                var result = await applier.DeleteAsync(parsed.GetRequiredValue(configIds), options, stop);
                NodeResultText.Write(result, format.Of(parsed), output, error);
                return result.Failed ? ExitCodes.Failed : ExitCodes.Done;
            });
        });
        return command;
    }
}
