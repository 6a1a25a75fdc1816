using System.Collections.Immutable;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Operations;

/// <summary>
/// Sends a request to each endpoint. A busy host answers late: few requests are sent at a time, and a late answer counts as slow, not as down.
/// </summary>
/// <param name="http">Sends the requests.</param>
/// <param name="time">The clock.</param>
/// <param name="gate">Limits the number of requests at a time.</param>
public sealed class EndpointCheck(HttpMessageHandler http, TimeProvider time, SemaphoreSlim gate)
{
    /// <summary>An answer that takes this long is reported as slow.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    /// <summary>A request without an answer after this time has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The number of checks at a time. Each starts processes or keeps one busy; if all ran at once, a host with few cores would answer none in time.
    /// </summary>
    public static int Parallel => Math.Clamp(Environment.ProcessorCount, 2, 4);

    /// <summary>The endpoints of all nodes of a plan.</summary>
    public static ImmutableArray<(string Service, string Interface, string Url)> Of(DeploymentPlan plan) =>
    [
        .. plan.Nodes.SelectMany(node => node.Manifest.Cloud.Values).SelectMany(cloud => cloud.Services)
            .SelectMany(service => service.Endpoints.Select(endpoint => (service.Name, endpoint.Key, endpoint.Value))),
    ];

    /// <summary>The answers, in the order of the endpoints. A URL that several endpoints share is requested once.</summary>
    public async Task<ImmutableArray<EndpointStatus>> RunAsync(IReadOnlyCollection<(string Service, string Interface, string Url)> endpoints, CancellationToken stop)
    {
        using var client = new HttpClient(http, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        var urls = endpoints.Select(endpoint => endpoint.Url).Distinct().ToList();
        var answers = await Task.WhenAll(urls.Select(url => AskAsync(client, url, stop)));
        var byUrl = urls.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return [.. endpoints.Select(endpoint => new EndpointStatus(endpoint.Service, endpoint.Interface, endpoint.Url, byUrl[endpoint.Url].Answer, byUrl[endpoint.Url].Up))];
    }

    private async Task<(string Answer, bool Up)> AskAsync(HttpClient client, string url, CancellationToken stop)
    {
        await gate.WaitAsync(stop);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        var begun = time.GetTimestamp();
        try
        {
            using var answer = await client.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, either.Token);
            var code = (int)answer.StatusCode;
            var took = time.GetElapsedTime(begun);

            // 300: an OpenStack API lists its versions. 401: the API requires a token. 400: Heat's CloudFormation API requires a signature.
            return (took >= Slow ? $"{code}, slow: {took.TotalSeconds:F0} s" : $"{code}", code is <= 401);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return (failure is HttpRequestException ? FailureWords.OfConnection(failure) : $"no answer in {Patience.TotalSeconds:F0} s", false);
        }
        finally
        {
            gate.Release();
        }
    }
}
