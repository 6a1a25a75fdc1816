using System.CommandLine;
using Undercloud.Deploy.Containers;
using Undercloud.Heat.Values;
using Undercloud.Host.Containers;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud container list</c>.</summary>
internal static class ContainerListCommand
{
    public static Command Create(ContainerInventory inventory)
    {
        var configId = ContainerCommand.ConfigIdOption(required: false);
        var managedBy = ContainerCommand.ManagedByOption();
        var format = ContainerCommand.FormatOption();
        var command = new Command("list", "Lists the undercloud's containers on this host.") { configId, managedBy, format };
        command.SetAction((parsed, stop) => ContainerCommand.RunAsync(parsed.InvocationConfiguration.Error, async () =>
        {
            var host = await inventory.ReadAsync(stop);
            var id = parsed.GetValue(configId);
            var rows = host.Containers
                .Where(container => container.ManagedBy == parsed.GetRequiredValue(managedBy) && (id is null || container.ConfigId == id))
                .OrderBy(container => container.ConfigId, StringComparer.Ordinal).ThenBy(container => container.Name, StringComparer.Ordinal)
                .Select(container => Row(container, host.UnitOf(container.Name))).ToArray();
            Write(rows, parsed.GetRequiredValue(format), parsed.InvocationConfiguration.Output);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static string[] Columns => ["name", "config_id", "image", "state", "health", "unit", "restarts", "since"];

    private static string[] Row(ContainerFact container, UnitFact? unit) =>
    [
        container.Name, container.ConfigId ?? "", container.Image, container.State == "exited" ? $"exited({container.ExitCode})" : container.State,
        container.Health ?? "-", unit?.ActiveState ?? "-", $"{unit?.Restarts ?? 0}", container.Since.ToString("yyyy-MM-ddTHH:mm:ssZ"),
    ];

    private static void Write(IReadOnlyCollection<string[]> rows, string format, TextWriter output)
    {
        if (format == "table")
            TextTable.Write(output, Columns, rows);
        else
            output.Write(CanonicalJson.WriteIndented(new ListValue([.. rows.Select(AsMap)])));
    }

    private static Value AsMap(string[] row) => new MapValue(Columns.Zip(row, (column, cell) => KeyValuePair.Create(column, (Value)cell)));
}
