using System.Collections.Immutable;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Operations;

/// <summary>
/// Asks endpoints for an answer. A busy host answers late: few are asked at a time, and what answers late is slow, not down.
/// </summary>
/// <param name="http">Sends the requests.</param>
/// <param name="time">The clock.</param>
/// <param name="gate">Lets as many through at a time as may be asked.</param>
public sealed class EndpointCheck(HttpMessageHandler http, TimeProvider time, SemaphoreSlim gate)
{
    /// <summary>From here on an answer is called slow.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    /// <summary>From here on there is none.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>How many questions a host takes at a time: each starts processes, or keeps one busy, and asked all at once few cores answer none in time.</summary>
    public static int Parallel => Math.Clamp(Environment.ProcessorCount, 2, 4);

    /// <summary>The endpoints that a plan has, of all its nodes.</summary>
    public static ImmutableArray<(string Service, string Interface, string Url)> Of(DeploymentPlan plan) =>
    [
        .. plan.Nodes.SelectMany(node => node.Manifest.Cloud.Values).SelectMany(cloud => cloud.Services)
            .SelectMany(service => service.Endpoints.Select(endpoint => (service.Name, endpoint.Key, endpoint.Value))),
    ];

    /// <summary>What they answered, in their order. An address that several endpoints have is asked once.</summary>
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

            // 300 is how an OpenStack API lists its versions; 401 is one that wants a token first, 400 one that wants a signature (Heat's for
            // CloudFormation).
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
