using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Undercloud.Deploy.Containers;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Containers;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud container</c>: the containers of this host, by config id.</summary>
public static class ContainerCommand
{
    public static Command Create(IProcessRunner processes, TimeProvider time)
    {
        var paths = new ContainerPaths();
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

    internal static Option<string> ConfigIdOption(bool required) => new("--config-id")
    {
        Description = "The set of containers, e.g. tripleo_step3.",
        HelpName = "ID",
        Required = required,
    };

    internal static Option<string?> FileOption() => new("--file")
    {
        Description = "The start-up configuration: a JSON file that maps names to containers, or a directory of NAME.json. "
            + "Without it: the directory of the config id's step under /var/lib/tripleo-config/container-startup-config.",
        HelpName = "FILE|DIR",
    };

    internal static Option<string> ManagedByOption() => new("--managed-by")
    {
        Description = "Whose containers these are: the label managed_by.",
        HelpName = "NAME",
        DefaultValueFactory = _ => ContainerLabels.DefaultManagedBy,
    };

    /// <summary>The containers described at <paramref name="path"/>, or null after everything wrong with them has been printed.</summary>
    internal static ImmutableArray<ContainerSpec>? ReadSpecs(string path, bool mustExist, TextWriter error)
    {
        if (mustExist && !Path.Exists(path))
        {
            error.WriteLine($"{path}: there is no such file or directory.");
            return null;
        }

        var diagnostics = new DiagnosticBag();
        var specs = StartupConfiguration.Read(StartupFiles.Read(path), diagnostics);
        foreach (var diagnostic in diagnostics.All)
            error.WriteLine(diagnostic);
        return diagnostics.HasErrors ? null : specs;
    }

    /// <summary>The command's exit code; what the host refuses and an interruption have theirs.</summary>
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
            error.WriteLine("Interrupted. Running it again goes on from here.");
            return ExitCodes.Interrupted;
        }
    }
}
