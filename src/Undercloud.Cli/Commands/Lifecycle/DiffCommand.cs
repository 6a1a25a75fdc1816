using System.CommandLine;
using Undercloud.Cli.Output;
using Undercloud.Host.Failures;
using Undercloud.Host.Operations;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary><c>undercloud diff</c>: what an install would change now. Exit 0: nothing; 10: something; 1: something could not be compared.</summary>
public static class DiffCommand
{
    public static Command Create(Composition composition)
    {
        var files = new ConfigFileOptions();
        var release = CommonOptions.Release();
        var nodes = CommonOptions.Nodes();
        var format = RowOptions.For(NodeResultText.Rows);
        var noValidations = CommonOptions.NoValidations();
        var output = new Option<string?>("-o", "--output")
        {
            Description = "Save the plan in this file, for `undercloud install --plan FILE`.",
            HelpName = "FILE",
        };
        var command = new Command("diff", "Show what an install would change: files, containers, images. Exit code 0 for nothing, 10 for something.")
        {
            nodes, release, noValidations, output,
        };
        format.AddTo(command);
        files.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var options = files.RunOptions(parsed, parsed.GetValue(release), outputOnly: false, dryRun: true) with
            {
                Validations = !parsed.GetValue(noValidations),
                Nodes = parsed.GetValue(nodes),
            };
            using var events = ConsoleProgress.Open(composition.Time);
            try
            {
                var outcome = await new DiffOperation(composition.Operations(events)).RunAsync(options.Wanted(composition.Home), stop);
                events.Dispose();
                var result = DiffText.Masked(outcome.Mask, outcome.Differences);
                DiffText.Write(result, format.Of(parsed), Console.Out, Console.Error);
                if (parsed.GetValue(output) is { } path)
                    Save(path, outcome);
                return result.Changed ? ExitCodes.Changes : result.Notes.Count > 0 ? ExitCodes.Failed : ExitCodes.Done;
            }
            catch (InputException failure)
            {
                events.Dispose();
                Console.Error.WriteLine(failure.Message);
                return ExitCodes.ChecksFailed;
            }
        });
        return command;
    }

    // An image that is still to be built or pulled has no id yet, so the plan will be different.
    private static void Save(string path, DiffOutcome outcome)
    {
        if (PlanImages.Missing(outcome.Run.Plan) is { IsEmpty: false } missing)
        {
            throw new InstallException(
                $"The plan is not saved: {(missing.Length == 1 ? "an image is" : $"{missing.Length} images are")} still to be built or pulled, and the plan depends on {(missing.Length == 1 ? "its id" : "their ids")}.\n"
                + "Run `undercloud image build` or `undercloud image pull` first, then save the plan.");
        }

        SavedPlan.Write(path, outcome.Run, outcome.Differences);
        Console.Error.WriteLine($"The plan is saved in {path}; it holds secrets. `undercloud install --plan {path}` applies it.");
    }
}
