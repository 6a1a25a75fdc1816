using System.Collections.Immutable;
using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Containers;
using Undercloud.Host.Containers;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Containers;

/// <summary><c>undercloud container debug</c>: the podman command of a container, or a shell in a similar one.</summary>
internal static class ContainerDebugCommand
{
    public static Command Create(IProcessRunner processes, ContainerPaths paths)
    {
        var name = new Argument<string>("NAME") { Description = "The container's name in its start-up configuration." };
        var configId = ContainerCommand.ConfigIdOption(required: false);
        var file = ContainerCommand.FileOption();
        var managedBy = ContainerCommand.ManagedByOption();
        var shell = new Option<bool>("--shell")
        {
            Description = "Run a shell in a new container with the same configuration and a temporary name; the real container is not changed.",
        };
        var command = new Command("debug", "Prints the podman command line of a container.") { name, configId, file, managedBy, shell };
        command.SetAction((parsed, stop) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return ContainerCommand.RunAsync(error, async () =>
            {
                var sources = Sources(parsed.GetValue(configId), parsed.GetValue(file), paths);
                if (Find(parsed.GetRequiredValue(name), sources, paths, error) is not var (id, spec))
                    return ExitCodes.Failed;
                if (parsed.GetValue(shell))
                    return await ShellAsync(spec, processes, error, stop);
                if (spec.Kind != ContainerKind.Exec)
                    spec = spec with { ImageId = spec.ImageId ?? await new Podman(processes).ImageIdAsync(spec.Image!, stop) };
                var placement = new ContainerPlacement(id, parsed.GetRequiredValue(managedBy), paths.LogDirectory, paths.RunDirectory);
                output.WriteLine(new CommandLine("podman", Arguments(spec, placement)));
                return ExitCodes.Done;
            });
        });
        return command;
    }

    // Without a config id or file, the start-up configurations of all steps are searched.
    private static IEnumerable<(string ConfigId, string Path)> Sources(string? configId, string? file, ContainerPaths paths)
    {
        if (file is not null || configId is not null)
            return [(configId ?? "debug", file ?? paths.StartupOf(configId!))];
        return paths.Startups();
    }

    private static (string ConfigId, ContainerSpec Spec)? Find(string name, IEnumerable<(string ConfigId, string Path)> sources, ContainerPaths paths, TextWriter error)
    {
        var looked = new List<string>();
        foreach (var (configId, path) in sources)
        {
            if (ContainerCommand.ReadSpecs(path, error) is not { } specs)
                return null;
            if (specs.FirstOrDefault(spec => spec.Name == name) is { } found)
                return (configId, found);
            looked.Add(path);
        }

        error.WriteLine($"No start-up configuration describes a container '{name}'; {(looked.Count == 0 ? $"there are none in {paths.StartupDirectory}, where an install writes them" : $"looked in {string.Join(", ", looked)}")}.");
        return null;
    }

    private static ImmutableArray<string> Arguments(ContainerSpec spec, ContainerPlacement placement) => spec.Kind switch
    {
        ContainerKind.Exec => PodmanArguments.ForExec(spec),
        ContainerKind.OneShot => PodmanArguments.ForRun(spec, placement),
        _ => PodmanArguments.ForCreate(spec, placement),
    };

    private static async Task<int> ShellAsync(ContainerSpec spec, IProcessRunner processes, TextWriter error, CancellationToken stop)
    {
        if (spec.Kind == ContainerKind.Exec)
        {
            error.WriteLine($"'{spec.Name}' runs in container '{spec.Command[0]}': use podman exec -it {spec.Command[0]} sh");
            return ExitCodes.Failed;
        }

        var temporary = $"{spec.Name}-debug-{Environment.ProcessId}";
        var arguments = PodmanArguments.ForShell(spec, temporary, terminal: !Console.IsInputRedirected);
        return await processes.AttachAsync(new("podman", arguments), stop);
    }
}
