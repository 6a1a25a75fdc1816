using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Operations;

/// <summary>Ends an install only when every endpoint answers.</summary>
/// <param name="context">The host's services that operations use.</param>
public sealed class EndpointPatience(OperationContext context)
{
    /// <summary>Waits until every endpoint of the plan answers.</summary>
    /// <exception cref="InstallException">Some endpoints do not answer within <see cref="EndpointWait.Limit"/>.</exception>
    public async Task RunAsync(DeploymentPlan plan, CancellationToken stop)
    {
        context.Events.Now("asking the endpoints");
        using var gate = new SemaphoreSlim(EndpointCheck.Parallel);
        using var connection = context.Connection();
        if (await new EndpointWait(new EndpointCheck(connection, context.Time, gate), context.Time, context.Events.Now).RunAsync(EndpointCheck.Of(plan), stop) is { IsEmpty: false } silent)
        {
            throw new InstallException(
                $"The plan is applied, but these endpoints do not answer correctly after {EndpointWait.Limit.TotalSeconds:F0} s:\n"
                + string.Join("", silent.Select(endpoint => $"  {endpoint.Service} {endpoint.Interface} {endpoint.Url}: {endpoint.Answer}\n"))
                + "`undercloud status` shows the state of their containers; the services' logs are in /var/log/containers. Run this again once the endpoints answer.");
        }
    }
}
