using System.Collections.Immutable;

namespace Undercloud.Host.Operations;

/// <summary>
/// Waits until endpoints answer. Healthy containers are not enough: HAProxy and an API's workers may need a moment more, and a client that uses the
/// cloud right after an install must not find it down.
/// </summary>
/// <param name="check">Sends the requests, as for the status.</param>
/// <param name="time">The clock.</param>
/// <param name="now">Receives the endpoints that have not answered yet, whenever they change.</param>
public sealed class EndpointWait(EndpointCheck check, TimeProvider time, Action<string> now)
{
    /// <summary>The time after which the wait gives up.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(2);

    /// <summary>Repeats the requests until every endpoint has answered.</summary>
    /// <returns>The endpoints that have not answered when the time is over; empty when all have.</returns>
    public async Task<ImmutableArray<EndpointStatus>> RunAsync(IReadOnlyCollection<(string Service, string Interface, string Url)> endpoints, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        var told = "";
        for (var asked = endpoints; ; await Task.Delay(s_poll, time, stop))
        {
            ImmutableArray<EndpointStatus> silent = [.. (await check.RunAsync(asked, stop)).Where(endpoint => !endpoint.Up)];
            if (silent.IsEmpty || time.GetElapsedTime(started) >= Limit)
                return silent;
            asked = [.. silent.Select(endpoint => (endpoint.Service, endpoint.Interface, endpoint.Url))];
            var names = string.Join(", ", silent.Select(endpoint => $"{endpoint.Service} {endpoint.Interface}"));
            if (told != names)
                now($"waiting for endpoints to answer: {names}");
            told = names;
        }
    }
}
