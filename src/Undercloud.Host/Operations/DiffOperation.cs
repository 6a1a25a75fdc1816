using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Output;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;

namespace Undercloud.Host.Operations;

/// <summary>Finds what an install would change now. It writes nothing.</summary>
/// <param name="context">The host's services that operations use.</param>
public sealed class DiffOperation(OperationContext context)
{
    /// <summary>Compares the plan that the inputs give with the host.</summary>
    /// <exception cref="InputException">The input has errors.</exception>
    /// <exception cref="InstallException">The host cannot be compared.</exception>
    public async Task<DiffOutcome> RunAsync(RunRequest request, CancellationToken stop)
    {
        var run = await context.Preparation.PrepareAsync(request, stop);
        var mask = run.Mask.And(new SecretMask(new KeptPasswords(run.Config, context.Secrets).Texts()));
        context.Events.Hide(mask);
        context.Events.Now("comparing with the host");
        var found = await context.Nodes.CheckAsync(run.Plan, cloud: true, stop);
        var images = ChangedImages(run);
        return new(run, mask, found with { Changed = found.Changed || images.Length > 0, Changes = [.. images, .. found.Changes] });
    }

    private ImmutableArray<NodeChange> ChangedImages(PreparedRun run)
    {
        ImmutableArray<NodeChange> built = [.. PlanImages.Missing(run.Plan).Select(image => PlanImages.Change(context.Tool, run, image))];
        if (AppliedImages() is not { } before)
            return built;
        return
        [
            .. built,
            .. run.Plan.Images
                .Where(image => before.GetValueOrDefault(image.Key) != image.Value)
                .Select(image => new NodeChange("image", image.Key, before.ContainsKey(image.Key) ? "update" : "create", $"now {image.Value[..Math.Min(12, image.Value.Length)]}")),
            .. before.Keys.Where(image => !run.Plan.Images.ContainsKey(image) && built.All(change => change.Name != image))
                .Select(image => new NodeChange("image", image, "remove", "no longer used")),
        ];
    }

    // A damaged record of images says nothing about the host: the rest is compared all the same.
    private IReadOnlyDictionary<string, string>? AppliedImages()
    {
        try
        {
            return context.Generations.NewestApplied() is { } applied ? context.Generations.ReadPlan(applied.Number).Images : new Dictionary<string, string>();
        }
        catch (DamagedStateException damage)
        {
            context.Events.Warn($"Images are not compared with what was applied. {damage.Message}");
            return null;
        }
    }
}
