using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Install;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands;

/// <summary><c>undercloud diff</c>: what an install would change now. Exit 0: nothing; 10: something.</summary>
public static class DiffCommand
{
    public static Command Create(Composition composition)
    {
        var files = new ConfigFileOptions();
        var release = CommonOptions.Release();
        var format = RowOptions.For(NodeResultText.Rows);
        var noValidations = CommonOptions.NoValidations();
        var command = new Command("diff", "Show what an install would change: files, containers, images. Exit code 0 for nothing, 10 for something.")
        {
            release, noValidations,
        };
        format.AddTo(command);
        files.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var options = files.RunOptions(parsed, parsed.GetValue(release), outputOnly: false, dryRun: true) with
            {
                Validations = !parsed.GetValue(noValidations),
            };
            using var progress = ConsoleProgress.Open(composition.Time, _ => { });
            try
            {
                var run = await composition.Preparation(progress).PrepareAsync(options.Wanted(composition.Home), stop);
                progress.Now("comparing with the host");
                var changes = await new NodeCheck(composition.Runner).RunAsync(run.Plan, cloud: true, stop);
                var images = ChangedImages(composition, run);
                progress.Dispose();
                Print(format.Of(parsed), new NodeResult(changes.Length + images.Count > 0, [.. images, .. changes]), run.Mask);
                return changes.Length + images.Count > 0 ? ExitCodes.Changes : ExitCodes.Done;
            }
            catch (InputException failure)
            {
                progress.Dispose();
                Console.Error.WriteLine(failure.Message);
                return ExitCodes.ChecksFailed;
            }
        });
        return command;
    }

    private static List<NodeChange> ChangedImages(Composition composition, PreparedRun run)
    {
        var before = composition.Generations.NewestApplied() is { } applied ? composition.Generations.ReadPlan(applied.Number).Images : new Dictionary<string, string>();
        return
        [
            .. run.Plan.Images
                .Where(image => before.GetValueOrDefault(image.Key) != image.Value)
                .Select(image => new NodeChange("image", image.Key, before.ContainsKey(image.Key) ? "update" : "create", $"now {Short(image.Value)}")),
            .. before.Keys.Where(image => !run.Plan.Images.ContainsKey(image)).Select(image => new NodeChange("image", image, "remove", "no longer used")),
        ];
    }

    private static void Print(RowChoice choice, NodeResult result, Deploy.Output.SecretMask mask)
    {
        if (!choice.IsTable || !choice.Columns.IsEmpty)
        {
            using var text = new StringWriter();
            NodeResultText.Write(result, choice, text, Console.Error);
            Console.Out.Write(mask.Apply(text.ToString()));
            return;
        }

        foreach (var change in result.Changes)
        {
            Console.Out.WriteLine(mask.Apply($"{change.Action} {change.Kind} {change.Name}{(change.Reason is null ? "" : $" ({change.Reason})")}"));
            if (ConfigHashes.Without(change.Diff) is { Length: > 0 } diff)
                Console.Out.WriteLine(mask.Apply(diff.TrimEnd()));
        }

        var restarts = result.Changes.Where(c => c.Kind == "container" && c.Action is "replace" or "restart").Select(c => c.Name).Distinct().ToList();
        Console.Out.WriteLine(
            !result.Changed ? "Nothing would change."
            : restarts.Count == 0 ? "No container would restart."
            : $"These containers would restart: {string.Join(", ", restarts)}");
    }

    private static string Short(string id) => id[..Math.Min(12, id.Length)];
}
