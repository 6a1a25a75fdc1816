using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Containers;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Containers;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Containers;

/// <summary><c>undercloud container</c>: the containers of this host, by config id.</summary>
public static class ContainerCommand
{
    public static Command Create(IProcessRunner processes, TimeProvider time, ContainerPaths? where = null)
    {
        var paths = where ?? new();
        var applier = new ContainerApplier(processes, time, paths);
        return new Command("container", "Applies, lists and removes the containers of this host.")
        {
            ContainerApplyCommand.Create(applier, paths),
            ContainerApplyCommand.CreateDiff(applier, paths),
            ContainerListCommand.Create(applier.Inventory),
            ContainerDebugCommand.Create(processes, paths),
            ContainerDeleteCommand.Create(applier),
        };
    }

    internal static Option<string> ConfigIdOption(bool required) => Plain(new Option<string>("--config-id")
    {
        Description = "The set of containers, e.g. tripleo_step3.",
        HelpName = "ID",
        Required = required,
    });

    internal static Option<string[]> ConfigIdsOption() => Plain(new Option<string[]>("--config-id")
    {
        Description = "The sets of containers to delete, e.g. tripleo_step3.",
        HelpName = "ID",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    });

    internal static Option<string?> FileOption() => new("--file")
    {
        Description = "The start-up configuration: a JSON file that maps names to containers, or a directory of NAME.json. "
            + $"Default: the file that an install wrote for the config id in {StartupPlaces.Directory}.",
        HelpName = "FILE|DIR",
    };

    internal static Option<string> ManagedByOption() => Plain(new Option<string>("--managed-by")
    {
        Description = "The owner of the containers: their label managed_by.",
        HelpName = "NAME",
        DefaultValueFactory = _ => ContainerLabels.DefaultManagedBy,
    });

    // The values become labels, and lines of a unit's file.
    private static Option<T> Plain<T>(Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !token.Value.All(c => char.IsAsciiLetterOrDigit(c) || "_.-".Contains(c)) || token.Value.Length == 0))
                result.AddError($"{option.Name} may contain only letters, digits, '_', '-' and '.'.");
        });
        return option;
    }

    /// <summary>The containers described at <paramref name="path"/>; null after all errors have been printed.</summary>
    internal static ImmutableArray<ContainerSpec>? ReadSpecs(string path, TextWriter error)
    {
        // A missing file is an error: as an empty configuration it would remove all containers.
        var files = StartupFiles.Read(path);
        if (files.IsEmpty)
        {
            error.WriteLine(Directory.Exists(path)
                ? $"{path}: this directory has no start-up configuration (NAME.json). To remove the containers: undercloud container delete"
                : $"{path}: there is no such file or directory. Name a start-up configuration with --file; an install writes them for tripleo_step1 to tripleo_step5.");
            return null;
        }

        var diagnostics = new DiagnosticBag();
        var specs = StartupConfiguration.Read(files, diagnostics);
        foreach (var diagnostic in diagnostics.All)
            error.WriteLine(diagnostic);
        return diagnostics.HasErrors ? null : specs;
    }

    /// <summary>The command's exit code; a host failure and an interruption have their own.</summary>
    internal static async Task<int> RunAsync(TextWriter error, Func<Task<int>> act)
    {
        try
        {
            return await act();
        }
        catch (HostCommandException exception)
        {
            error.WriteLine(exception.Message);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("Interrupted. Run it again to resume.");
            return ExitCodes.Interrupted;
        }
    }
}
