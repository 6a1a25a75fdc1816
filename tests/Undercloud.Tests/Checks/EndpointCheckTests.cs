using System.Net;
using Undercloud.Host.Operations;
using Undercloud.Tests.Node;

namespace Undercloud.Tests.Checks;

public sealed class EndpointCheckTests
{
    [Fact]
    public async Task Few_endpoints_are_asked_at_a_time_and_each_address_once()
    {
        using var http = new Answers((_, stop) => Task.Delay(20, stop));
        using var gate = new SemaphoreSlim(2);
        var endpoints = Enumerable.Range(1, 10).SelectMany(port => new[] { ("service", "admin", $"http://127.0.0.1:{port}"), ("service", "internal", $"http://127.0.0.1:{port}") }).ToList();
        var found = await new EndpointCheck(http, TimeProvider.System, gate).RunAsync(endpoints, TestContext.Current.CancellationToken);
        Assert.Equal((20, 10), (found.Count(endpoint => endpoint is { Up: true, Answer: "200" }), http.Asked));
        Assert.Equal(2, http.AtOnce);
    }

    [Fact]
    public async Task A_late_answer_is_slow_and_no_answer_is_down()
    {
        var time = new Clock();
        using var http = new Answers((url, stop) =>
        {
            time.Now += TimeSpan.FromSeconds(url.Port == 1 ? 7 : 1);
            return url.Port == 3 ? Task.FromException(new HttpRequestException("x", new IOException("Connection refused"))) : Task.CompletedTask;
        });
        using var gate = new SemaphoreSlim(1);
        var found = await new EndpointCheck(http, time, gate).RunAsync([("a", "public", "http://127.0.0.1:1"), ("b", "public", "http://127.0.0.1:2"), ("c", "public", "http://127.0.0.1:3")], TestContext.Current.CancellationToken);
        Assert.Equal([("200, slow: 7 s", true), ("200", true), ("Connection refused", false)], found.Select(endpoint => (endpoint.Answer, endpoint.Up)));
    }

    [Fact]
    public async Task Only_the_silent_endpoints_are_waited_for_and_named()
    {
        var tries = 0;
        using var http = new Answers((url, _) =>
            url.Port == 2 && ++tries < 4 ? Task.FromException(new HttpRequestException("x", new IOException("Connection refused"))) : Task.CompletedTask);
        var (silent, said) = await WaitAsync(http, ("nova", "public", "http://127.0.0.1:1"), ("neutron", "internal", "http://127.0.0.1:2"));
        Assert.Empty(silent);
        Assert.Equal(["waiting for endpoints to answer: neutron internal"], said);
        Assert.Equal(5, http.Asked);
    }

    [Fact]
    public async Task An_endpoint_that_stays_silent_is_given_up_and_named_with_its_reason()
    {
        using var http = new Answers((url, _) =>
            url.Port == 2 ? Task.FromException(new HttpRequestException("x", new IOException("Connection refused"))) : Task.CompletedTask);
        var (silent, _) = await WaitAsync(http, ("nova", "public", "http://127.0.0.1:1"), ("neutron", "internal", "http://127.0.0.1:2"));
        Assert.Equal(new EndpointStatus("neutron", "internal", "http://127.0.0.1:2", "Connection refused", false), Assert.Single(silent));
        Assert.InRange(http.Asked, 50, 70);
    }

    private static async Task<(IReadOnlyCollection<EndpointStatus> Silent, List<string> Said)> WaitAsync(
        HttpMessageHandler http, params (string Service, string Interface, string Url)[] endpoints)
    {
        var time = new JumpingTime();
        using var gate = new SemaphoreSlim(2);
        var said = new List<string>();
        var silent = await new EndpointWait(new EndpointCheck(http, TimeProvider.System, gate), time, said.Add).RunAsync(endpoints, TestContext.Current.CancellationToken);
        return (silent, said);
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private sealed class Answers(Func<Uri, CancellationToken, Task> before) : HttpMessageHandler
    {
        private int _now;

        public int Asked { get; private set; }

        public int AtOnce { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var now = Interlocked.Increment(ref _now);
            lock (this)
                (Asked, AtOnce) = (Asked + 1, Math.Max(AtOnce, now));
            try
            {
                await before(request.RequestUri!, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _now);
            }

            return new(HttpStatusCode.OK);
        }
    }
}
