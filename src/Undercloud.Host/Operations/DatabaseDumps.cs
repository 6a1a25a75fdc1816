using System.Collections.Immutable;
using System.Globalization;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Checks;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>
/// Dumps of the databases whose schema a run may change, on the node with the database server: <c>dumps/N/NAME.sql.gz</c> and the schema before the run,
/// <c>NAME.schema</c>, below the state directory. N is the generation of the run. The files are 0600.
/// </summary>
/// <param name="context">What it works with.</param>
public sealed class DatabaseDumps(OperationContext context)
{
    // The arguments of the scripts: the directory, the database, the command.
    private const string TakeScript = """
        umask 077
        mkdir -p "$1"
        cd "$1"
        [ -e "$2.sql.gz" ] && exit 0
        trap 'rm -f "$2.partial"' EXIT
        eval "$4" > "$2.schema"
        eval "$3" | gzip -1 > "$2.partial"
        mv "$2.partial" "$2.sql.gz"
        """;

    // A command that fails must not look like a schema that differs.
    private const string MovedScript = """
        now=$(mktemp)
        trap 'rm -f "$now"' EXIT
        eval "$3" > "$now"
        cmp -s "$now" "$1/$2.schema" || echo moved
        """;

    private const string VerifyScript = """
        gzip -t "$1/$2.sql.gz"
        gzip -cd "$1/$2.sql.gz" | tail -n 1 | grep -q '^-- Dump completed'
        """;

    private const string LoadScript = """
        gzip -cd "$1/$2.sql.gz" | eval "$3"
        """;

    /// <summary>The directory of all dumps, below the state directory.</summary>
    public const string Directory = "dumps";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    /// <summary>The lack of disk space for dumps of databases; none when they have room, or when their size is not known.</summary>
    /// <param name="plan">The plan of the running database server.</param>
    /// <param name="databases">Their names.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<IEnumerable<Diagnostic>> WithoutRoomAsync(DeploymentPlan plan, ImmutableArray<string> databases, CancellationToken stop)
    {
        if (Server(plan) is not { } node || node.DatabaseServer is not { Size.Count: > 0 } server || databases.IsEmpty)
            return [];
        var runner = context.Nodes.RunnerOf(node);
        var asked = await runner.RunAsync(new("podman", ["exec", "--user", "root", server.Container, .. server.Size, .. databases]), stop);
        if (!asked.Succeeded || !long.TryParse(asked.Output.Trim(), CultureInfo.InvariantCulture, out var bytes))
            return [];

        // A dump is text without indexes, and compressed.
        NeededRoom needed = new(Path.Combine(context.StateDirectory, Directory), bytes / 2, $"dumps of the databases {string.Join(", ", databases)}");
        return HostChecks.Room(await FileSystems.ReadAsync(runner, stop), [needed])
            .Select(finding => plan.Nodes.Count > 1 ? finding with { Message = $"{node.Name}: {finding.Message}" } : finding);
    }

    /// <summary>Dumps databases. A dump of the same generation that is complete already stays: it is older than what a resumed run has changed.</summary>
    /// <param name="plan">The plan with the database server.</param>
    /// <param name="generation">The generation of the run.</param>
    /// <param name="databases">Their names.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="InstallException">A database cannot be dumped; the message says why.</exception>
    public async Task TakeAsync(DeploymentPlan plan, int generation, ImmutableArray<string> databases, CancellationToken stop)
    {
        foreach (var database in databases)
        {
            context.Events.Now($"dumping the database {database}");
            var taken = await RunAsync(plan, TakeScript, generation, database, server => [Command(server, [.. server.Dump, database]), Command(server, [.. server.Schema, database])], stop);
            if (!taken.Succeeded)
                throw new InstallException($"The database {database} cannot be dumped, and the run may change its schema. Nothing was changed.\n{taken.Tail()}\nSee that the database server runs (`undercloud status`) and that there is room in {DirectoryOf(generation)}, and run this again.");
        }

        if (!databases.IsEmpty)
            context.Events.Line($"Dumped before their schema may change: {string.Join(", ", databases)}. The dumps are in {DirectoryOf(generation)}.");
    }

    /// <summary>The databases whose schema is another than in their dumps.</summary>
    /// <exception cref="InstallException">The database server does not answer.</exception>
    public async Task<ImmutableArray<string>> MovedAsync(DeploymentPlan plan, int generation, ImmutableArray<string> databases, CancellationToken stop)
    {
        var moved = ImmutableArray.CreateBuilder<string>();
        foreach (var database in databases)
        {
            // A server that the failed run has just replaced may still be starting.
            var asked = await PatientlyAsync(() => RunAsync(plan, MovedScript, generation, database, server => [Command(server, [.. server.Schema, database])], stop), stop);
            if (!asked.Succeeded)
                throw new InstallException($"Whether the schema of the database {database} has changed cannot be found out.\n{asked.Tail()}\nThe database server has to answer for that. See why it does not (`podman logs {Server(plan)!.DatabaseServer!.Container}` on {Server(plan)!.Name}), and run this again.");
            if (asked.Output.Trim().Length > 0)
                moved.Add(database);
        }

        return moved.ToImmutable();
    }

    /// <summary>Makes sure that dumps are complete.</summary>
    /// <exception cref="InstallException">A dump is missing or damaged; the message names its file.</exception>
    public async Task VerifyAsync(DeploymentPlan plan, int generation, ImmutableArray<string> databases, CancellationToken stop)
    {
        foreach (var database in databases)
        {
            if (!(await RunAsync(plan, VerifyScript, generation, database, _ => [], stop)).Succeeded)
                throw new InstallException($"The dump {DirectoryOf(generation)}/{database}.sql.gz is missing or damaged. Nothing was changed. Put a copy of it back, or choose another generation (`undercloud generation list`).");
        }
    }

    /// <summary>Replaces databases by their dumps. No service may use them meanwhile.</summary>
    /// <exception cref="InstallException">A dump cannot be loaded; the message names its file.</exception>
    public async Task LoadAsync(DeploymentPlan plan, int generation, ImmutableArray<string> databases, CancellationToken stop)
    {
        foreach (var database in databases)
        {
            context.Events.Now($"loading the dump of the database {database}");
            var loaded = await RunAsync(plan, LoadScript, generation, database, server => [Command(server, server.Load, input: true)], stop);
            if (!loaded.Succeeded)
            {
                // The server quotes the statement, which is data of the cloud.
                var why = loaded.Error.Split('\n').Where(line => line.StartsWith("ERROR", StringComparison.Ordinal)).Select(line => line.Split(" near ")[0]);
                throw new InstallException($"The dump {DirectoryOf(generation)}/{database}.sql.gz cannot be loaded. {string.Join(' ', why)}\nThe services stay stopped. The database as it was before this run is in the newest directory of {Path.Combine(context.StateDirectory, Directory)}.");
            }

            context.Events.Line($"The database {database} is as it was before generation {generation}.");
        }
    }

    /// <summary>The databases with a dump of a generation.</summary>
    public async Task<ImmutableArray<string>> ListAsync(DeploymentPlan plan, int generation, CancellationToken stop)
    {
        if (Server(plan) is not { } node)
            return [];
        var listed = await context.Nodes.RunnerOf(node).RunAsync(CommandLine.Of("bash", "-c", $"cd {ShellWords.Join([DirectoryOf(generation)])} 2>/dev/null && ls"), stop);
        return [.. listed.Output.Split('\n').Where(file => file.EndsWith(".sql.gz", StringComparison.Ordinal)).Select(file => file[..^".sql.gz".Length]).Order(StringComparer.Ordinal)];
    }

    /// <summary>Deletes the dumps of a generation.</summary>
    public async Task DeleteAsync(DeploymentPlan plan, int generation, CancellationToken stop)
    {
        if (Server(plan) is { } node)
            await context.Nodes.RunnerOf(node).RunAsync(CommandLine.Of("rm", "-rf", "--", DirectoryOf(generation)), stop);
    }

    private string DirectoryOf(int generation) => Path.Combine(context.StateDirectory, Directory, $"{generation}");

    private static NodePlan? Server(DeploymentPlan plan) => plan.Nodes.FirstOrDefault(node => node.DatabaseServer is not null);

    private static string Command(DatabaseServer server, ImmutableArray<string> words, bool input = false) =>
        ShellWords.Join(["podman", "exec", .. input ? new[] { "--interactive" } : [], "--user", "root", server.Container, .. words]);

    private Task<ProcessResult> RunAsync(DeploymentPlan plan, string script, int generation, string database, Func<DatabaseServer, string[]> commands, CancellationToken stop)
    {
        var node = Server(plan) ?? throw new InstallException($"No node of the plan has a database server, so nothing can be done about the database {database}.");
        return context.Nodes.RunnerOf(node).RunAsync(
            new("bash", ["-euo", "pipefail", "-c", script, "--", DirectoryOf(generation), database, .. commands(node.DatabaseServer!)]) { OwnSession = true }, stop);
    }

    private async Task<ProcessResult> PatientlyAsync(Func<Task<ProcessResult>> ask, CancellationToken stop)
    {
        for (var started = context.Time.GetTimestamp(); ;)
        {
            var answer = await ask();
            if (answer.Succeeded || context.Time.GetElapsedTime(started) > s_patience)
                return answer;
            await Task.Delay(s_pause, context.Time, stop);
        }
    }
}
