using System.Collections.Immutable;

namespace Undercloud.Host.Operations;

/// <summary>
/// Waits until endpoints answer. A healthy container is not enough: HAProxy and an API's workers may need a moment more, and whoever asks right after an
/// install must not find it down.
/// </summary>
/// <param name="check">Asks them, as the status does.</param>
/// <param name="time">The clock.</param>
/// <param name="now">Is told who is waited for, whenever that changes.</param>
public sealed class EndpointWait(EndpointCheck check, TimeProvider time, Action<string> now)
{
    /// <summary>After this long nobody is asked again.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(2);

    /// <summary>Asks until all have answered.</summary>
    /// <returns>Those that have not when the time is over; none when all have.</returns>
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
