using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Operations;

/// <summary>An install ends only when what it started answers.</summary>
/// <param name="context">What it works with.</param>
public sealed class EndpointPatience(OperationContext context)
{
    /// <summary>Waits until every endpoint of the plan answers.</summary>
    /// <exception cref="InstallException">Some do not, after <see cref="EndpointWait.Limit"/>.</exception>
    public async Task RunAsync(DeploymentPlan plan, CancellationToken stop)
    {
        context.Events.Now("asking the endpoints");
        using var gate = new SemaphoreSlim(EndpointCheck.Parallel);
        using var connection = context.Connection();
        if (await new EndpointWait(new EndpointCheck(connection, context.Time, gate), context.Time, context.Events.Now).RunAsync(EndpointCheck.Of(plan), stop) is { IsEmpty: false } silent)
        {
            throw new InstallException(
                $"Everything is in place, and after {EndpointWait.Limit.TotalSeconds:F0} s these endpoints do not answer as they should:\n"
                + string.Join("", silent.Select(endpoint => $"  {endpoint.Service} {endpoint.Interface} {endpoint.Url}: {endpoint.Answer}\n"))
                + "`undercloud status` says how their containers are, and the services' logs are in /var/log/containers. Run this again once they answer.");
        }
    }
}
