using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Deploy.Containers;

namespace Undercloud.Deploy.Plans;

/// <summary>Which services of a node use a database: those with a configuration file that holds a URL of it. Pure.</summary>
public static class DatabaseUsers
{
    /// <summary>The services that use any of some databases. Databases of one <c>migrate</c> job belong together.</summary>
    /// <param name="plan">The plan with the jobs.</param>
    /// <param name="node">The node.</param>
    /// <param name="databases">The names of the databases.</param>
    /// <returns>The names of the containers, sorted.</returns>
    public static ImmutableArray<string> Of(DeploymentPlan plan, NodePlan node, IReadOnlyCollection<string> databases)
    {
        var together = plan.Nodes.SelectMany(other => other.AllContainers).Where(spec => spec.Job == ContainerJob.Migrate && spec.Databases.Intersect(databases).Any())
            .SelectMany(spec => spec.Databases).Union(databases).Select(Regex.Escape);
        var url = new Regex($@"://\S+@\S+/(?:{string.Join('|', together)})(?:[?\s""']|$)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        var files = node.Manifest.Files.Files.Where(file => url.IsMatch(file.Content)).Select(file => file.Path).ToList();
        return
        [
            .. node.AllContainers
                .Where(spec => spec.Kind == ContainerKind.Service && spec.Volumes.Select(volume => volume.Split(':')[0]).Any(source => files.Any(file => file == source || file.StartsWith(source + "/", StringComparison.Ordinal))))
                .Select(spec => spec.Name).Distinct().Order(StringComparer.Ordinal),
        ];
    }
}
