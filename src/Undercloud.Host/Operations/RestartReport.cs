using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Operations;

/// <summary>Warns of restarts that became necessary on the nodes of a plan. It never fails a run.</summary>
/// <param name="context">The host's services that operations use.</param>
public sealed class RestartReport(OperationContext context)
{
    /// <summary>One warning for each node with a restart that is due.</summary>
    public async Task WarnAsync(DeploymentPlan plan, CancellationToken stop)
    {
        try
        {
            foreach (var (node, due) in await context.Nodes.AskAllAsync(plan, (agent, node) => agent.RestartsAsync(node, stop)))
            {
                if (due.Text() is { } text)
                    context.Events.Warn($"{node.Name}: {text}");
            }
        }
        catch (Exception failure) when (InstallOperation.IsFailure(failure))
        {
            context.Events.Warn($"Whether a restart became necessary could not be found out. {FailureWords.Of(failure)}");
        }
    }
}
