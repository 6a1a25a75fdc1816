using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Host.Operations;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary><c>undercloud status</c>: endpoints, containers, drift and generation. Exit 0 when everything is good, else 1.</summary>
public static class StatusCommand
{
    public static Command Create(Composition composition)
    {
        var format = CommonOptions.DataFormat();
        var command = new Command("status", "Check the services and containers, and compare the host with the applied plan.") { format };
        command.SetAction(async (parsed, stop) =>
        {
            composition.Generations.CheckReadable();
            var status = await composition.Status().ReadAsync(stop);
            if (parsed.GetRequiredValue(format) == "table")
                Print(status);
            else
                DataOutput.Write(StatusTables.Data(status), parsed.GetRequiredValue(format));
            return status.Good ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static void Print(UndercloudStatus status)
    {
        if (status.Applied is null)
        {
            Console.Out.WriteLine("No undercloud is installed on this host.");
            if (status.Newest is { } begun)
                Console.Out.WriteLine($"Generation {begun.Number} was started at {begun.Created:u} and is {begun.State.ToString().ToLowerInvariant()}. Run `undercloud install` to resume it.");
            if (status.Newest?.Message is { } why)
                Console.Out.WriteLine(why);
            return;
        }

        Console.Out.WriteLine($"Generation {status.Applied.Number}, release {status.Release}, applied {status.Applied.Ended ?? status.Applied.Created:u}");
        if (status.Newest is { } newest && newest.Number != status.Applied.Number)
            Console.Out.WriteLine($"Generation {newest.Number} is {newest.State.ToString().ToLowerInvariant()}. Run `undercloud install` to resume it.{(newest.Message is { } why ? $"\n{why}" : "")}");
        if (status.Problem is { } problem)
        {
            Console.Out.WriteLine(problem);
            return;
        }

        foreach (var silent in status.Silent)
            Console.Out.WriteLine(silent);
        Table(StatusTables.Endpoints, status.Endpoints);
        Table(StatusTables.Containers, status.Containers);
        foreach (var container in status.Containers.Where(container => container.Said is { Length: > 0 }))
            Console.Out.WriteLine($"{container.Name}: {container.Said}");
        if (status.Containers.Sum(container => container.Memory) is > 0 and var sum)
            Console.Out.WriteLine($"The containers take {StatusTables.MiB(sum)} of memory.");
        if (status.Drift.Count == 0 && status.Silent.Count == 0)
            Console.Out.WriteLine("No drift: the host matches the applied plan.");
        else if (status.Drift.Count > 0)
            Table(StatusTables.Drift, status.Drift);
    }

    private static void Table<T>(Rows<T> rows, IEnumerable<T> all)
    {
        rows.Write(Console.Out, all, new("table", []));
        Console.Out.WriteLine();
    }
}
