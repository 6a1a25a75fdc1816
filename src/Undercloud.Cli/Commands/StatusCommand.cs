using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Undercloud.Cli.Output;
using Undercloud.Host.Install;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud status</c>: services asked at their API, containers, drift, generation. Exit 0 when all is well, 1 when not.</summary>
public static class StatusCommand
{
    public static Command Create(Composition composition)
    {
        var format = CommonOptions.Format();
        var command = new Command("status", "Ask the services how they are, and compare the host with what was applied.") { format };
        command.SetAction(async (parsed, stop) =>
        {
            composition.Generations.CheckReadable();
            var status = await composition.Status().ReadAsync(stop);
            if (parsed.GetValue(format) == "json")
                Console.Out.WriteLine(JsonSerializer.Serialize(status, StatusJson.Default.UndercloudStatus));
            else
                Print(ConsoleTables.Open(), status);
            return status.Good ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static void Print(IAnsiConsole console, UndercloudStatus status)
    {
        if (status.Applied is null)
        {
            console.MarkupLine("No undercloud is installed on this host.");
            if (status.Newest is { } begun)
                console.WriteLine($"Generation {begun.Number} was begun at {begun.Created:u} and is {begun.State.ToString().ToLowerInvariant()}. Run `undercloud install` to go on.");
            if (status.Newest?.Message is { } why)
                console.WriteLine(why);
            return;
        }

        console.WriteLine($"Generation {status.Applied.Number}, release {status.Release}, applied {status.Applied.Ended ?? status.Applied.Created:u}");
        if (status.Newest is { } newest && newest.Number != status.Applied.Number)
            console.WriteLine($"Generation {newest.Number} is {newest.State.ToString().ToLowerInvariant()}. Run `undercloud install` to go on with it.{(newest.Message is { } why ? $"\n{why}" : "")}");
        if (status.Problem is { } problem)
        {
            console.WriteLine(problem);
            return;
        }

        console.Write(ConsoleTables.Of(["Service", "Interface", "URL", "Answer"], status.Endpoints.Select(e => new[] { e.Service, e.Interface, e.Url, e.Up ? e.Answer : $"DOWN: {e.Answer}" })));
        console.Write(ConsoleTables.Of(["Container", "Step", "State", "Memory", "Started", "Ready in", "Restarts"], status.Containers.Select(Row)));
        foreach (var container in status.Containers.Where(container => container.Said is { Length: > 0 }))
            console.WriteLine($"{container.Name}: {container.Said}");
        if (status.Containers.Sum(container => container.Memory) is > 0 and var sum)
            console.WriteLine($"The containers take {MiB(sum)} of memory.");
        if (status.Drift.Count == 0)
            console.WriteLine("No drift: the host is as it was applied.");
        else
            console.Write(ConsoleTables.Of(["Drift", "Name", "An install would", "Because"], status.Drift.Select(d => new[] { d.Kind, d.Name, d.Action, d.Reason ?? "" })));
    }

    // A check is only asked where a container runs, so that one column has both.
    private static string[] Row(ContainerStatus container) =>
    [
        container.Name, $"{container.Step}", container.Health.Length > 0 ? container.Health : container.State, MiB(container.Memory),
        container.Started is { } started ? $"{started.ToLocalTime():MM-dd HH:mm:ss}" : "",
        container.ReadySeconds is { } seconds ? $"{seconds.ToString("F1", CultureInfo.InvariantCulture)} s" : "",
        container.Restarts > 0 ? $"{container.Restarts}" : "",
    ];

    private static string MiB(long bytes) => bytes == 0 ? "" : $"{bytes / (1024 * 1024)} MiB";
}

/// <summary>The status as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(UndercloudStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
