using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Output;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Operations;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary><c>undercloud diff</c>: what an install would change now. Exit 0: nothing; 10: something; 1: not all could be compared.</summary>
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
            using var progress = ConsoleProgress.Open(composition.Time);
            try
            {
                var run = await composition.Preparation(progress).PrepareAsync(options.Wanted(composition.Home), stop);
                var mask = run.Mask.And(new(new KeptPasswords(run.Config, composition.Secrets).Texts()));
                progress.Now("comparing with the host");
                var found = await composition.Check().RunAsync(run.Plan, cloud: true, stop);
                var images = ChangedImages(composition, run);
                progress.Dispose();
                var result = DiffText.Masked(mask, found with { Changed = found.Changed || images.Count > 0, Changes = [.. images, .. found.Changes] });
                DiffText.Write(result, format.Of(parsed), Console.Out, Console.Error);
                return result.Changed ? ExitCodes.Changes : result.Notes.Count > 0 ? ExitCodes.Failed : ExitCodes.Done;
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
        var missing = HostImages.Missing(run.Plan);
        if (AppliedImages(composition) is not { } before)
            return [.. missing.Select(image => HostImages.Change(composition.Tool, run.Plan.Release, image))];
        return
        [
            .. missing.Select(image => HostImages.Change(composition.Tool, run.Plan.Release, image)),
            .. run.Plan.Images
                .Where(image => before.GetValueOrDefault(image.Key) != image.Value)
                .Select(image => new NodeChange("image", image.Key, before.ContainsKey(image.Key) ? "update" : "create", $"now {Short(image.Value)}")),
            .. before.Keys.Where(image => !run.Plan.Images.ContainsKey(image) && !missing.Contains(image)).Select(image => new NodeChange("image", image, "remove", "no longer used")),
        ];
    }

    // What cannot be read of it says nothing about the host: the rest of the comparison still does.
    private static IReadOnlyDictionary<string, string>? AppliedImages(Composition composition)
    {
        try
        {
            return composition.Generations.NewestApplied() is { } applied ? composition.Generations.ReadPlan(applied.Number).Images : new Dictionary<string, string>();
        }
        catch (DamagedStateException damage)
        {
            Console.Error.WriteLine($"Images are not compared with what was applied. {damage.Message}");
            return null;
        }
    }

    private static string Short(string id) => id[..Math.Min(12, id.Length)];
}
