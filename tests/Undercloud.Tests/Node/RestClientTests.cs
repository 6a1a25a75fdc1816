using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Undercloud.Host.OpenStack;

namespace Undercloud.Tests.Node;

/// <summary>Lists that a server cuts into pages.</summary>
public sealed class RestClientTests
{
    [Theory]
    [InlineData("http://n:9696", "/v2.0/networks?name=a", "networks", "networks_links")]
    [InlineData("http://c:8774/v2.1", "/flavors/detail?is_public=None", "flavors", "flavors_links")]
    [InlineData("http://proxy/compute/v2.1/", "/flavors/detail?is_public=None", "flavors", "flavors_links")]
    public async Task Pages_of_Neutron_and_Nova_are_followed_to_the_end(string root, string path, string collection, string links)
    {
        var at = root.TrimEnd('/');
        using var server = new Pages(address => address switch
        {
            _ when address.EndsWith("marker=2", StringComparison.Ordinal) => Page(collection, ["3"]),
            _ when address.EndsWith("marker=1", StringComparison.Ordinal) => Page(collection, ["2"], links, Next($"{at}{path}&limit=1&marker=2")),
            _ => Page(collection, ["1"], links, Next($"{at}{path}&limit=1&marker=1")),
        });
        Assert.Equal(["1", "2", "3"], await ListAsync(server, root, path, collection));
        Assert.Equal([$"{at}{path}", $"{at}{path}&limit=1&marker=1", $"{at}{path}&limit=1&marker=2"], server.Asked);
    }

    [Fact]
    public async Task Pages_are_asked_of_the_same_server_whatever_it_calls_itself()
    {
        using var server = new Pages(address => address.Contains("marker", StringComparison.Ordinal)
            ? Page("networks", ["2"], "networks_links", new JsonArray(new JsonObject { ["rel"] = "previous", ["href"] = "https://public.example.org/v2.0/networks" }))
            : Page("networks", ["1"], "networks_links", Next("https://public.example.org/v2.0/networks?marker=1")));
        Assert.Equal(["1", "2"], await ListAsync(server, "http://n:9696", "/v2.0/networks", "networks"));
        Assert.Equal("http://n:9696/v2.0/networks?marker=1", server.Asked[^1]);
    }

    [Fact]
    public async Task Pages_of_Keystone_are_followed_and_a_null_ends_them()
    {
        using var server = new Pages(address => address.Contains("marker", StringComparison.Ordinal)
            ? Page("users", ["2"], "links", new JsonObject { ["next"] = null })
            : Page("users", ["1"], "links", new JsonObject { ["next"] = "http://k:5000/v3/users?marker=1" }));
        Assert.Equal(["1", "2"], await ListAsync(server, "http://k:5000", "/v3/users", "users"));
    }

    [Fact]
    public async Task Pages_that_lead_back_end_in_an_error()
    {
        using var server = new Pages(_ => Page("networks", ["1"], "networks_links", Next("http://n:9696/v2.0/networks?marker=1")));
        var error = await Assert.ThrowsAsync<CloudException>(() => ListAsync(server, "http://n:9696", "/v2.0/networks", "networks"));
        Assert.Contains("does not end", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Asked.Count);
    }

    private static async Task<IEnumerable<string>> ListAsync(Pages server, string root, string path, string collection)
    {
        using var http = new HttpClient(server, disposeHandler: false);
        var client = new RestClient(http, "The server", root, TimeSpan.Zero, TimeProvider.System);
        return (await client.ListAsync(path, collection, TestContext.Current.CancellationToken)).Select(one => one["id"]!.ToString());
    }

    private static JsonObject Page(string collection, string[] ids, string? links = null, JsonNode? next = null)
    {
        var page = new JsonObject { [collection] = new JsonArray([.. ids.Select(id => new JsonObject { ["id"] = id })]) };
        if (links is not null)
            page[links] = next;
        return page;
    }

    private static JsonArray Next(string address) => new(new JsonObject { ["rel"] = "next", ["href"] = address });

    private sealed class Pages(Func<string, JsonObject> answer) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
        {
            Asked.Add(request.RequestUri!.ToString());
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer(Asked[^1]).ToJsonString(), Encoding.UTF8, "application/json") });
        }
    }
}
