using System.Collections.Specialized;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;

namespace Undercloud.Tests.Node;

/// <summary>What the fakes of services have in common: JSON in and out, the token, and a list of what was changed.</summary>
internal abstract class FakeService : HttpMessageHandler
{
    private int _next = 1;

    /// <summary>Requests that change something: the method and the path without ids.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>Writes before the server breaks down.</summary>
    public int WritesLeft { get; set; } = int.MaxValue;

    /// <summary>Nobody listens.</summary>
    public bool Off { get; set; }

    protected abstract HttpResponseMessage Serve(HttpRequestMessage request, string[] path, NameValueCollection query, JsonObject? body);

    protected abstract HttpResponseMessage Refuse(HttpStatusCode status, string message);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        if (Off)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        if (request.Headers.GetValues("X-Auth-Token").Single() != "token")
            return new(HttpStatusCode.Unauthorized);
        var path = request.RequestUri!.AbsolutePath.Split('/')[2..];
        var sent = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(stop));
        var body = sent is JsonArray patch ? new() { ["patch"] = patch } : sent?.AsObject();
        if (request.Method == HttpMethod.Get)
            return Serve(request, path, HttpUtility.ParseQueryString(request.RequestUri.Query), body);
        if (WritesLeft-- <= 0)
            return Refuse(HttpStatusCode.InternalServerError, "out of disk");
        var answer = Serve(request, path, [], body);
        if (answer.IsSuccessStatusCode)
            Writes.Add($"{request.Method} {string.Join('/', path.Where((_, place) => place != 1))}");
        return answer;
    }

    protected string NewId() => $"id{_next++}";

    protected static string Text(JsonObject from, string name) => from[name]?.ToString() ?? "";

    protected static HttpResponseMessage Answer(HttpStatusCode status, JsonObject body) =>
        new(status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    protected static HttpResponseMessage Answer(string resource, JsonObject found) => Answer(HttpStatusCode.OK, new() { [resource] = found.DeepClone() });

    protected static HttpResponseMessage List(string collection, IEnumerable<JsonObject> found) =>
        Answer(HttpStatusCode.OK, new() { [collection] = new JsonArray([.. found.Select(one => one.DeepClone())]) });

    protected static HttpResponseMessage Done() => new(HttpStatusCode.NoContent);
}
