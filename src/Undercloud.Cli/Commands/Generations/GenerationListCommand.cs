using System.CommandLine;
using System.Globalization;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Generations;
using Undercloud.Heat.Values;
using Undercloud.Host.Generations;

namespace Undercloud.Cli.Commands.Generations;

/// <summary><c>undercloud generation list</c></summary>
internal static class GenerationListCommand
{
    /// <summary>The columns of a generation.</summary>
    public static Rows<Generation> Columns { get; } = new(
        new("number", "Number", one => new IntegerValue(one.Number)),
        new("state", "State", one => one.State.ToString().ToLowerInvariant()),
        new("command", "Command", one => one.Command) { Text = one => one.RollbackTo is { } target ? $"{one.Command} to {target}" : one.Command },
        new("rollback_to", "Rollback to", one => one.RollbackTo is { } target ? new IntegerValue(target) : Value.Null) { Place = ColumnPlace.Data },
        new("created", "Created", one => Data(one.Created)) { Text = one => Text(one.Created) },
        new("ended", "Ended", one => one.Ended is { } ended ? Data(ended) : Value.Null) { Text = one => one.Ended is { } ended ? Text(ended) : "" },
        new("plan_hash", "Plan hash", one => one.PlanHash) { Place = ColumnPlace.Data },
        new("message", "Message", one => one.Message is { } message ? message : Value.Null) { Place = ColumnPlace.Data });

    public static Command Create(GenerationStore generations)
    {
        var format = RowOptions.For(Columns);
        var command = new Command("list", "List the recorded plans with their states, the oldest first.");
        format.AddTo(command);
        command.SetAction(parsed =>
        {
            generations.CheckReadable();
            var all = generations.All();
            if (all.IsEmpty && format.Of(parsed).IsTable)
                parsed.InvocationConfiguration.Error.WriteLine("No plan is recorded on this host.");
            else
                Columns.Write(parsed.InvocationConfiguration.Output, all, format.Of(parsed));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Data(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
