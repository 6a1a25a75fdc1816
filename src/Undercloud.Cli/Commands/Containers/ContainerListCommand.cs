using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Containers;
using Undercloud.Heat.Values;
using Undercloud.Host.Containers;

namespace Undercloud.Cli.Commands.Containers;

/// <summary><c>undercloud container list</c>.</summary>
internal static class ContainerListCommand
{
    /// <summary>A container with its unit, if it has one. Services and one-shots have the same columns.</summary>
    internal static Rows<(ContainerFact Container, UnitFact? Unit)> Rows { get; } = new(
        new("name", "Name", row => row.Container.Name),
        new("config_id", "Config id", row => row.Container.ConfigId ?? ""),
        new("state", "State", row => row.Container.State) { Text = row => StateText(row.Container) },
        new("exit_code", "Exit code", row => row.Container.State == "exited" ? row.Container.ExitCode : Value.Null) { Place = ColumnPlace.Data },
        new("health", "Health", row => row.Container.Health is { } health ? health : Value.Null) { Place = ColumnPlace.Data },
        new("restarts", "Restarts", row => row.Unit?.Restarts ?? 0),
        new("since", "Since", row => Utc(row.Container.Since)) { Text = row => $"{row.Container.Since.ToLocalTime():MM-dd HH:mm}" },
        new("unit", "Unit", row => row.Unit is { } unit ? unit.ActiveState : Value.Null) { Place = ColumnPlace.WhereItFits },
        new("image", "Image", row => row.Container.Image) { Text = row => ShortImage(row.Container.Image), Place = ColumnPlace.WhereItFits });

    public static Command Create(ContainerInventory inventory)
    {
        var configId = ContainerCommand.ConfigIdOption(required: false);
        var managedBy = ContainerCommand.ManagedByOption();
        var format = RowOptions.For(Rows);
        var command = new Command("list", "Lists the undercloud's containers on this host.") { configId, managedBy };
        format.AddTo(command);
        command.SetAction((parsed, stop) => ContainerCommand.RunAsync(parsed.InvocationConfiguration.Error, async () =>
        {
            var host = await inventory.ReadAsync(stop);
            var id = parsed.GetValue(configId);
            var rows = host.Containers
                .Where(container => container.ManagedBy == parsed.GetRequiredValue(managedBy) && (id is null || container.ConfigId == id))
                .OrderBy(container => container.ConfigId, StringComparer.Ordinal).ThenBy(container => container.Name, StringComparer.Ordinal)
                .Select(container => (container, host.UnitOf(container.Name)));
            Rows.Write(parsed.InvocationConfiguration.Output, rows, format.Of(parsed));
            return ExitCodes.Done;
        }));
        return command;
    }

    // A container has a health state only while it runs, so one column shows both.
    private static string StateText(ContainerFact container) =>
        container.State == "exited" ? $"exited({container.ExitCode})" : container is { IsRunning: true, Health: { } health } ? health : container.State;

    private static string ShortImage(string image) => image[(image.LastIndexOf('/') + 1)..];

    private static string Utc(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}";
}
