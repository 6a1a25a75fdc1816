using System.Collections.Immutable;
using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Containers;

namespace Undercloud.Cli.Commands.Containers;

/// <summary><c>undercloud container apply</c>, and <c>diff</c>, which is apply --check with its own exit codes.</summary>
internal static class ContainerApplyCommand
{
    public static Command Create(ContainerApplier applier, ContainerPaths paths)
    {
        var check = new Option<bool>("--check") { Description = "Report the changes without making them." };
        return Create(
            "apply", "Reconciles the containers of a config id with its start-up configuration.", applier, paths, check,
            result => result.Failed ? ExitCodes.Failed : ExitCodes.Done);
    }

    public static Command CreateDiff(ContainerApplier applier, ContainerPaths paths) => Create(
        "diff", "Shows what apply would change. Exit code 0 for nothing, 10 for something.", applier, paths, check: null,
        result => result.Failed ? ExitCodes.Failed : result.Changed ? ExitCodes.Changes : ExitCodes.Done);

    private static Command Create(
        string name, string description, ContainerApplier applier, ContainerPaths paths, Option<bool>? check, Func<NodeResult, int> exitCode)
    {
        var configId = ContainerCommand.ConfigIdOption(required: true);
        var file = ContainerCommand.FileOption();
        var managedBy = ContainerCommand.ManagedByOption();
        var format = RowOptions.For(NodeResultText.Rows);
        var command = new Command(name, description) { configId, file, managedBy };
        format.AddTo(command);
        if (check is not null)
            command.Options.Add(check);
        var yes = check is null ? null : CommonOptions.Yes();
        if (yes is not null)
            command.Options.Add(yes);
        command.SetAction((parsed, stop) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return ContainerCommand.RunAsync(error, async () =>
            {
                var id = parsed.GetRequiredValue(configId);
                var given = parsed.GetValue(file);
                if (ContainerCommand.ReadSpecs(given ?? paths.StartupOf(id), error) is not { } specs)
                    return ExitCodes.Failed;
                var isCheck = check is null || parsed.GetValue(check);
                using var progress = isCheck ? null : new ContainerProgressWriter(paths.ProgressFile);
                var options = new ContainerApplyOptions
                {
                    Check = isCheck,
                    ManagedBy = parsed.GetRequiredValue(managedBy),
                    Progress = line =>
                    {
                        error.WriteLine(line);
                        progress?.Write(line);
                    },
                };
                if (given is null && yes is not null && !options.Check && !parsed.GetValue(yes) && await RemovedAsync(applier, id, specs, options, stop) is { Count: > 0 } removed
                    && !await Question.AskAsync($"This removes {string.Join(", ", removed)}. Continue?", $"This would remove {string.Join(", ", removed)}. Standard input is not a terminal: confirm with -y, or name the start-up configuration with --file.", stop))
                    return ExitCodes.Interrupted;
                var result = await applier.ApplyAsync(id, specs, options, stop);
                NodeResultText.Write(result, format.Of(parsed), output, error);
                return exitCode(result);
            });
        });
        return command;
    }

    private static async Task<IReadOnlyCollection<string>> RemovedAsync(
        ContainerApplier applier, string configId, ImmutableArray<ContainerSpec> specs, ContainerApplyOptions options, CancellationToken stop) =>
        [.. (await applier.ApplyAsync(configId, specs, options with { Check = true }, stop)).Changes.Where(change => change is { Kind: "container", Action: "remove" }).Select(change => change.Name)];
}
