using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Plans;

namespace Undercloud.Deploy.Diffs;

/// <summary>Which databases get another schema between two plans. Pure.</summary>
public static class SchemaMoves
{
    /// <summary>
    /// The databases whose <c>migrate</c> job is in both plans with another image or another command. A job that runs again for another reason, such as a
    /// changed configuration file, is the same program, and leaves the schema alone.
    /// </summary>
    /// <param name="previous">The plan that is applied.</param>
    /// <param name="wanted">The plan that is to be applied.</param>
    /// <returns>The names, sorted.</returns>
    public static ImmutableArray<string> Of(DeploymentPlan previous, DeploymentPlan wanted)
    {
        var before = Jobs(previous).ToLookup(job => job.Name, StringComparer.Ordinal);
        return
        [
            .. Jobs(wanted)
                .Where(job => before[job.Name].Any(former => former.ImageId != job.ImageId || !former.Command.SequenceEqual(job.Command)))
                .SelectMany(job => job.Databases)
                .Distinct().Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The databases that have a <c>migrate</c> job in a plan.</summary>
    /// <returns>The names, sorted.</returns>
    public static ImmutableArray<string> Any(DeploymentPlan plan) => [.. Jobs(plan).SelectMany(job => job.Databases).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<ContainerSpec> Jobs(DeploymentPlan plan) => plan.Nodes.SelectMany(node => node.AllContainers).Where(spec => spec.Job == ContainerJob.Migrate);
}
