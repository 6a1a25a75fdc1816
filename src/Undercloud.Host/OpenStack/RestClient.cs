using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Undercloud.Host.Failures;

namespace Undercloud.Host.OpenStack;

/// <summary>The REST API of one service.</summary>
/// <param name="http">Sends the requests; not disposed with this client.</param>
/// <param name="service">The service's name, e.g. Neutron.</param>
/// <param name="root">The service's URL, to which paths are appended.</param>
/// <param name="patience">How long to retry in all while the server does not answer or is busy.</param>
/// <param name="time">The clock.</param>
internal sealed class RestClient(HttpClient http, string service, string root, TimeSpan patience, TimeProvider time)
{
    private const int PageLimit = 1000;
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(4);
    private readonly string _root = root.TrimEnd('/');
    private readonly long _started = time.GetTimestamp();

    /// <summary>The service's name.</summary>
    public string Service { get; } = service;

    /// <summary>Headers of every request, e.g. the token.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>All objects of a collection, e.g. "users" at "/v3/users".</summary>
    /// <exception cref="CloudException">The request is refused, the service does not answer, or the pages do not end.</exception>
    public async Task<List<JsonObject>> ListAsync(string path, string collection, CancellationToken stop)
    {
        var all = new List<JsonObject>();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var next = path; next is not null;)
        {
            if (!asked.Add(next) || asked.Count > PageLimit)
                throw new CloudException($"{Service}'s list of {collection} does not end: page {asked.Count} refers to an earlier one, or there are more than {PageLimit}.");
            var answer = await CallAsync(HttpMethod.Get, next, null, stop);
            if (answer?["truncated"] is JsonValue truncated && truncated.TryGetValue<bool>(out var cut) && cut)
                throw new CloudException($"{Service} cuts its list of {collection} short: raise list_limit in its configuration.");
            all.AddRange((answer?[collection] as JsonArray ?? []).OfType<JsonObject>());
            next = Next(answer, collection);
        }

        return all;
    }

    // {"networks_links": [{"rel": "next", "href": "…"}]} of Neutron and Nova, {"links": {"next": "…"}} of Keystone. The URL may have the host of a proxy, so
    // only the part after the root is used.
    private string? Next(JsonObject? answer, string collection)
    {
        var link = (answer?[$"{collection}_links"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(one => one["rel"]?.ToString() == "next")?["href"]
            ?? (answer?["links"] as JsonObject)?["next"];
        if (link?.ToString() is not { Length: > 0 } text || !Uri.TryCreate(new Uri(_root + "/"), text, out var address))
            return null;
        var root = new Uri(_root).AbsolutePath.TrimEnd('/');
        return address.PathAndQuery.StartsWith(root + "/", StringComparison.Ordinal) ? address.PathAndQuery[root.Length..] : address.PathAndQuery;
    }

    /// <summary>Sends a request and returns the answer; null for an answer without a body.</summary>
    /// <exception cref="CloudException">The request is refused, or the service does not answer.</exception>
    public async Task<JsonObject?> CallAsync(HttpMethod method, string path, JsonObject? body, CancellationToken stop)
    {
        using var response = await SendAsync(method, path, body, stop);
        await EnsureAsync(response, method, path, stop);
        return await BodyAsync(response, method, path, stop);
    }

    /// <summary>Creates an object and returns it.</summary>
    public async Task<JsonObject> CreateAsync(string path, string resource, JsonObject fields, CancellationToken stop) =>
        (await CallAsync(HttpMethod.Post, path, new() { [resource] = fields }, stop))?[resource] as JsonObject
            ?? throw new CloudException($"{Service} answers POST {path} without the {resource}.");

    /// <summary>Changes an object by a JSON patch (RFC 6902).</summary>
    public async Task PatchAsync(string path, JsonArray patch, CancellationToken stop)
    {
        using var response = await SendAsync(HttpMethod.Patch, path, patch, stop);
        await EnsureAsync(response, HttpMethod.Patch, path, stop);
    }

    /// <summary>Removes an object; a missing object is no error.</summary>
    public async Task DeleteAsync(string path, CancellationToken stop)
    {
        using var response = await SendAsync(HttpMethod.Delete, path, null, stop);
        if (response.StatusCode != HttpStatusCode.NotFound)
            await EnsureAsync(response, HttpMethod.Delete, path, stop);
    }

    /// <summary>Sends a request and returns any answer. It retries only requests that did not reach a working server, so that nothing is created twice.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken stop)
    {
        for (var wait = TimeSpan.FromMilliseconds(250); ; wait = wait * 2 < s_longestWait ? wait * 2 : s_longestWait)
        {
            var last = time.GetElapsedTime(_started) + wait > patience;
            try
            {
                var response = await http.SendAsync(Request(method, path, body), stop);
                if (last || response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway))
                    return response;
                response.Dispose();
            }
            catch (HttpRequestException exception)
            {
                var unreachable = exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;
                if (last || !unreachable)
                    throw Unanswered(exception, $"{method} {_root}{path}", unreachable);
            }
            catch (TaskCanceledException) when (!stop.IsCancellationRequested)
            {
                throw new CloudException($"{method} {_root}{path}: no answer in time.", unreachable: true);
            }

            await Task.Delay(wait, time, stop);
        }
    }

    /// <exception cref="CloudException">The answer is no success.</exception>
    public async Task EnsureAsync(HttpResponseMessage response, HttpMethod method, string path, CancellationToken stop)
    {
        if (response.IsSuccessStatusCode)
            return;
        var explanation = Explanation(await response.Content.ReadAsStringAsync(stop));
        throw new CloudException($"{method} {_root}{path}: {(int)response.StatusCode} {response.ReasonPhrase}: {explanation}")
        {
            Status = response.StatusCode,
            Explanation = explanation,
        };
    }

    /// <summary>The answer as JSON; null when it is empty or not an object.</summary>
    public async Task<JsonObject?> BodyAsync(HttpResponseMessage response, HttpMethod method, string path, CancellationToken stop)
    {
        var text = await response.Content.ReadAsStringAsync(stop);
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            throw new CloudException($"{method} {_root}{path} is not answered with JSON: is that {Service}'s address?");
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, JsonNode? body)
    {
        var request = new HttpRequestMessage(method, _root + path);

        // uWSGI closes a connection after its answer without notice: a reused connection may be dead.
        request.Headers.ConnectionClose = true;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        foreach (var (name, value) in Headers)
            request.Headers.Add(name, value);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return request;
    }

    // {"error": {"code": 409, "message": "…"}} of Keystone, {"NeutronError": {"type": "…", "message": "…"}}, {"badRequest": {"message": "…"}} of Nova,
    // {"error_message": {"faultstring": "…"}} of Ironic, which may also encode that object as a string.
    private static string Explanation(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonObject { Count: 1 } answer)
                return Beginning(text);
            var error = answer.Single().Value is JsonValue value && value.TryGetValue<string>(out var inner) && inner.StartsWith('{') ? JsonNode.Parse(inner) : answer.Single().Value;
            return (error as JsonObject)?["message"]?.ToString() ?? (error as JsonObject)?["faultstring"]?.ToString() ?? Beginning(text);
        }
        catch (JsonException)
        {
            return Beginning(text);
        }
    }

    private static string Beginning(string text) => text.Length > 300 ? text[..300] : text;

    private CloudException Unanswered(HttpRequestException exception, string request, bool unreachable) => new(
        $"{request}: {FailureWords.OfConnection(exception)}. "
        + (unreachable ? $"Does {Service} run there?" : $"{Service}'s log says why."),
        unreachable);
}
