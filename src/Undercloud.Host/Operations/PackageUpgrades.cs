using System.Collections.Immutable;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;
using Undercloud.Host.Prerequisites;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>The upgrades of Debian packages that a node waits for.</summary>
/// <param name="Node">The node.</param>
/// <param name="Packages">The packages, in the order of their names.</param>
public sealed record NodeUpgrades(NodePlan Node, ImmutableArray<PackageUpgrade> Packages);

/// <summary>Lists and upgrades the Debian packages of a plan's nodes.</summary>
/// <param name="context">The host's services that operations use.</param>
public sealed class PackageUpgrades(OperationContext context)
{
    /// <summary>The upgrades of each node that has some, by its present package lists. A node that cannot tell is a warning.</summary>
    public async Task<ImmutableArray<NodeUpgrades>> ListAsync(DeploymentPlan plan, CancellationToken stop)
    {
        var upgrades = ImmutableArray.CreateBuilder<NodeUpgrades>();
        foreach (var node in plan.Nodes)
        {
            try
            {
                if (await new HostPackages(context.Nodes.RunnerOf(node)).ListAsync(stop) is { IsEmpty: false } packages)
                    upgrades.Add(new(node, packages));
            }
            catch (HostCommandException failure)
            {
                context.Events.Warn($"Which packages of {node.Name} can be upgraded could not be found out. {FailureWords.Of(failure)}");
            }
        }

        return upgrades.ToImmutable();
    }

    /// <summary>Upgrades the packages of every node, one node after the other.</summary>
    /// <returns>Whether a package was upgraded.</returns>
    /// <exception cref="InstallException">apt failed on a node. Packages that are upgraded already stay so.</exception>
    public async Task<bool> RunAsync(DeploymentPlan plan, CancellationToken stop)
    {
        var changed = false;
        foreach (var node in plan.Nodes)
        {
            try
            {
                changed |= await UpgradeAsync(node, stop);
            }
            catch (HostCommandException failure)
            {
                throw new InstallException(
                    $"The packages of {node.Name} could not be upgraded. {FailureWords.Of(failure).TrimEnd()}\n"
                    + "Packages that are upgraded already stay so; nothing of the undercloud was changed. Make sure that `apt-get update` and `dpkg --audit` succeed there and run this again, or leave the packages as they are: run it without --packages.");
            }
        }

        return changed;
    }

    private async Task<bool> UpgradeAsync(NodePlan node, CancellationToken stop)
    {
        // A killed run leaves apt behind, and the next run has to wait for it.
        var packages = new HostPackages(new MarkedProcesses(context.Nodes.RunnerOf(node), context.LockFile));
        context.Events.Now($"fetching the package lists of {node.Name}");
        await packages.FetchListsAsync(stop);
        var upgrades = await packages.ListAsync(stop);
        if (upgrades.IsEmpty)
        {
            context.Events.Line($"{node.Name}: every package is up to date");
            return false;
        }

        context.Events.Now($"downloading {Count(upgrades)} of {node.Name}");
        await packages.DownloadAsync(stop);
        context.Events.Now($"upgrading {Count(upgrades)} of {node.Name}");
        await packages.UpgradeAsync();
        context.Events.Line($"{node.Name}: upgraded {Count(upgrades)}: {string.Join(", ", upgrades.Select(package => $"{package.Name} {package.To}"))}");
        return true;
    }

    private static string Count(ImmutableArray<PackageUpgrade> upgrades) => upgrades.Length == 1 ? "1 package" : $"{upgrades.Length} packages";
}
