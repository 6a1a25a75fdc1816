using System.Collections.Immutable;
using Undercloud.Deploy.Diffs;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;

namespace Undercloud.Host.Operations;

/// <summary>What an update would bring.</summary>
/// <param name="Kind">image, package (of a node), or what of the plan differs, e.g. container.</param>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why it is outdated.</param>
/// <param name="Replaces">The containers that are replaced for it.</param>
public sealed record OutdatedPart(string Kind, string Name, string Reason, ImmutableArray<string> Replaces)
{
    /// <summary>Whether an update brings it only with <c>--packages</c>.</summary>
    public bool NeedsPackages { get; init; }
}

/// <summary>Finds out what on a host is outdated: packages in images and of the nodes, and the plan against undercloud.conf, the templates and the tool as they are now.</summary>
/// <param name="context">What it works with.</param>
public sealed class UpdateCheck(OperationContext context)
{
    /// <summary>The outdated parts; none when an update has nothing to do.</summary>
    /// <exception cref="InputException">The input has errors.</exception>
    /// <exception cref="InstallException">Nothing is installed, or the archive cannot be asked.</exception>
    public async Task<ImmutableArray<OutdatedPart>> RunAsync(RunRequest request, CancellationToken stop)
    {
        var applied = context.Generations.NewestApplied() ?? throw new InstallException("No undercloud is installed on this host. `undercloud install` installs one.");
        var run = await context.Preparation.PrepareAsync(request, stop);
        context.Events.Hide(run.Mask);
        var images = await new PlanImages(context).OutdatedAsync(run, stop);
        var upgrades = await new PackageUpgrades(context).ListAsync(run.Plan, stop);
        await new RestartReport(context).WarnAsync(run.Plan, stop);
        var users = run.Plan.Nodes.SelectMany(node => node.AllContainers).ToLookup(spec => spec.Image ?? "", spec => spec.Name, StringComparer.Ordinal);
        return
        [
            .. images.Select(image => new OutdatedPart("image", image.Tag, image.Reason!, [.. users[image.Tag].Distinct().Order(StringComparer.Ordinal)])),
            .. PlanDiff.Of(context.Generations.ReadPlan(applied.Number), run.Plan)
                .Select(change => new OutdatedPart(change.Kind, change.Name, change.Reason ?? $"{change.Action.ToString().ToLowerInvariant()} since generation {applied.Number}", change.Kind == "container" ? [change.Name] : [])),
            .. upgrades.SelectMany(node => node.Packages.Select(package => (Package: package, Node: node.Node.Name)))
                .GroupBy(one => one.Package)
                .OrderBy(same => same.Key.Name, StringComparer.Ordinal)
                .Select(same => new OutdatedPart("package", same.Key.Name, $"{(run.Plan.Nodes.Count > 1 ? $"{string.Join(", ", same.Select(one => one.Node))}: " : "")}{same.Key.Versions}", []) { NeedsPackages = true }),
        ];
    }
}
