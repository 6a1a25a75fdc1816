using System.Collections.Immutable;
using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Events;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Backups;
using Undercloud.Host.Failures;
using Undercloud.Host.Operations;
using Undercloud.Host.Prerequisites;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary><c>undercloud backup</c>: writes one file from which <c>undercloud restore</c> makes the undercloud again; <c>backup verify</c> checks such a file.</summary>
public static class BackupCommand
{
    public static Command Create(Composition composition)
    {
        var output = new Option<string?>("--output", "-o") { Description = $"The file to write. Default: one with the time in its name, in {BackupOperation.Directory}", HelpName = "FILE" };
        var exclude = new Option<string[]>("--exclude") { Description = "Leave out these parts, e.g. glance,swift. --dry-run lists the parts.", HelpName = "NAMES" };
        var add = new Option<string[]>("--add-path") { Description = "Also keep this file or directory of this host. May be repeated.", HelpName = "PATH" };
        var leave = new Option<string[]>("--exclude-path") { Description = "Leave out this file or directory. May be repeated.", HelpName = "PATH" };
        var files = new ConfigFileOptions();
        var (nodes, dryRun, logFormat) = (CommonOptions.Nodes(), CommonOptions.DryRun(), CommonOptions.LogFormat());
        nodes.Description = "The file with the nodes of the cloud, to keep it.";
        dryRun.Description = "List the parts with their sizes, and write nothing.";
        var command = new Command("backup", "Write databases, passwords, configuration and the services' files to one file. No service stops.")
        {
            output, exclude, add, leave, nodes, dryRun, logFormat, Verify(composition),
        };
        files.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            var options = files.RunOptions(parsed, null, outputOnly: false, parsed.GetValue(dryRun)) with { Nodes = parsed.GetValue(nodes), JsonLog = parsed.GetValue(logFormat) == "json" };
            return RunAsync(
                composition,
                options,
                new(options.Wanted(composition.Home), parsed.GetValue(output) is { } file ? Path.GetFullPath(file) : null)
                {
                    Exclude = [.. (parsed.GetValue(exclude) ?? []).SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()],
                    AddPaths = Paths(parsed.GetValue(add)),
                    ExcludePaths = Paths(parsed.GetValue(leave)),
                    Compat = options.Compat,
                    DryRun = options.DryRun,
                },
                stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(Composition composition, RunOptions options, BackupRequest request, CancellationToken stop)
    {
        HostRights.Check();
        using var events = ConsoleProgress.Open(composition.Time, options.JsonLog);
        if (!options.DryRun)
            UninstallCommand.Log(request.Inputs.ReadConfig(new DiagnosticBag()), composition.Secrets, events);
        events.Publish(new RunStarted("backup", request.Inputs.ConfigPath));
        try
        {
            var outcome = await new BackupOperation(composition.Operations(events), request).RunAsync(stop);
            var elapsed = events.Elapsed;
            var done = outcome.File is null ? "Nothing was written." : $"The backup is complete and verified: {ByteSize.Text(outcome.FileBytes)} in {(int)elapsed.TotalSeconds} s.";
            events.Publish(new RunCompleted(Changed: false, done));
            events.Dispose();
            BackupText.Write(Console.Out, outcome.Contents, outcome.Manifest);
            if (!options.JsonLog && outcome.File is not null)
                Console.Error.WriteLine($"{done} It holds every password: keep it safe, and on another host.\nThe file:");
            if (outcome.File is not null)
                Console.Out.WriteLine(outcome.File);
            else
                Console.Out.WriteLine($"Together at most {ByteSize.Text(outcome.Contents.Bytes)}, before compression.");
            return ExitCodes.Done;
        }
        catch (Exception failure) when (failure is InstallException or OperationCanceledException or HostCommandException or IOException or UnauthorizedAccessException)
        {
            var said = RunEnd.Of(failure, events);
            events.Dispose();
            if (!options.JsonLog)
                Console.Error.WriteLine($"{said}\nNo backup was written.");
            return RunEnd.CodeOf(failure);
        }
    }

    private static Command Verify(Composition composition)
    {
        var file = new Argument<string>("FILE") { Description = "The backup." };
        var command = new Command("verify", "Read a backup to its end, compare every entry with its checksum, and list the parts.") { file };
        command.SetAction(async (parsed, stop) =>
        {
            using var events = ConsoleProgress.Open(composition.Time);
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            await new DebianPrerequisites(composition.Runner, events).EnsureAsync([PrerequisiteSet.Backup], stop);
            events.Now($"reading {path}");
            var manifest = await new BackupFile(composition.Runner, path).ReadAsync(new ArchiveReader(path), stop);
            var elapsed = events.Elapsed;
            events.Dispose();
            BackupText.Write(Console.Out, manifest.Contents, manifest);
            Console.Error.WriteLine($"The backup is complete: {manifest.Entries.Count} entries have their checksums ({(int)elapsed.TotalSeconds} s).");
            return ExitCodes.Done;
        });
        return command;
    }

    private static ImmutableArray<string> Paths(string[]? given) => [.. (given ?? []).Select(path => Path.GetFullPath(path).TrimEnd('/')).Distinct(StringComparer.Ordinal)];
}
