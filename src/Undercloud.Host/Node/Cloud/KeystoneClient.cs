using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Node.Cloud;

/// <summary>Keystone's v3 REST API as the administrator.</summary>
/// <param name="handler">The way to the server; disposed of with this.</param>
/// <param name="login">Whose token to work with.</param>
/// <param name="patience">How long to try again in all while the server does not answer or says that it is busy.</param>
/// <param name="time">The clock of the waiting.</param>
internal sealed class KeystoneClient(HttpMessageHandler handler, CloudLogin login, TimeSpan patience, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(4);
    private readonly HttpClient _http = new(handler) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly string _url = Root(login.Url);
    private readonly long _started = time.GetTimestamp();
    private string? _token;

    /// <summary>Gets the token everything else is asked with.</summary>
    /// <exception cref="KeystoneException">The login is refused, or nothing answers.</exception>
    public async Task LoginAsync(CancellationToken stop)
    {
        var scope = new JsonObject { ["project"] = new JsonObject { ["name"] = login.Project, ["domain"] = Default() } };
        using var response = await SendAsync(HttpMethod.Post, "/v3/auth/tokens", Password(login.User, Default(), login.Password, scope), stop);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            throw new KeystoneException(
                $"Keystone at {_url} refuses the login of {login.User} to the project {login.Project}. "
                + "Its password there is another than the one in the passwords file: put the right one there, "
                + $"or set it again with `keystone-manage bootstrap` in the Keystone container.");
        }

        await EnsureAsync(response, HttpMethod.Post, "/v3/auth/tokens", stop);
        _token = response.Headers.TryGetValues("X-Subject-Token", out var tokens)
            ? tokens.First()
            : throw new KeystoneException($"{_url} answers a login without a token: it is no Keystone.");
    }

    /// <summary>Whether a user can log in with the password.</summary>
    public async Task<bool> AcceptsAsync(CloudUser user, CancellationToken stop)
    {
        var domain = user.Domain is { } name ? new JsonObject { ["name"] = name } : Default();
        using var response = await SendAsync(HttpMethod.Post, "/v3/auth/tokens", Password(user.Name, domain, user.Password, "unscoped"), stop);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            return false;
        await EnsureAsync(response, HttpMethod.Post, "/v3/auth/tokens", stop);
        return true;
    }

    /// <summary>All objects of a collection, e.g. "users" at "/v3/users".</summary>
    public async Task<List<JsonObject>> ListAsync(string path, string collection, CancellationToken stop)
    {
        var answer = await CallAsync(HttpMethod.Get, path, null, stop);
        if (answer?["truncated"]?.GetValue<bool>() == true)
            throw new KeystoneException($"Keystone cuts its list of {collection} short: raise list_limit in keystone.conf.");
        return [.. (answer?[collection]?.AsArray() ?? []).OfType<JsonObject>()];
    }

    /// <summary>Sends a request and returns its answer, null when it has no body.</summary>
    /// <exception cref="KeystoneException">It is refused, or nothing answers.</exception>
    public async Task<JsonObject?> CallAsync(HttpMethod method, string path, JsonObject? body, CancellationToken stop)
    {
        using var response = await SendAsync(method, path, body, stop);
        await EnsureAsync(response, method, path, stop);
        var text = await response.Content.ReadAsStringAsync(stop);
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            throw new KeystoneException($"{method} {_url}{path} is not answered with JSON: is that Keystone's address?");
        }
    }

    /// <summary>Removes an object; one that is gone already is no error.</summary>
    public async Task DeleteAsync(string path, CancellationToken stop)
    {
        using var response = await SendAsync(HttpMethod.Delete, path, null, stop);
        if (response.StatusCode != HttpStatusCode.NotFound)
            await EnsureAsync(response, HttpMethod.Delete, path, stop);
    }

    public void Dispose() => _http.Dispose();

    // Tries again only what did not reach a working server: nothing is ever made twice.
    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken stop)
    {
        for (var wait = TimeSpan.FromMilliseconds(250); ; wait = wait * 2 < s_longestWait ? wait * 2 : s_longestWait)
        {
            var last = time.GetElapsedTime(_started) + wait > patience;
            try
            {
                var response = await _http.SendAsync(Request(method, path, body), stop);
                if (last || response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway))
                    return response;
                response.Dispose();
            }
            catch (HttpRequestException exception)
            {
                var unreachable = exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;
                if (last || !unreachable)
                    throw Unanswered(exception, $"{method} {_url}{path}", unreachable);
            }
            catch (TaskCanceledException) when (!stop.IsCancellationRequested)
            {
                throw new KeystoneException($"{method} {_url}{path}: no answer within {_http.Timeout.TotalSeconds} s.");
            }

            await Task.Delay(wait, time, stop);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, JsonObject? body)
    {
        var request = new HttpRequestMessage(method, _url + path);

        // uWSGI closes a connection after its answer without saying so: one that is used again may be dead.
        request.Headers.ConnectionClose = true;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (_token is not null)
            request.Headers.Add("X-Auth-Token", _token);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return request;
    }

    private async Task EnsureAsync(HttpResponseMessage response, HttpMethod method, string path, CancellationToken stop)
    {
        if (response.IsSuccessStatusCode)
            return;
        var text = await response.Content.ReadAsStringAsync(stop);
        throw new KeystoneException($"{method} {_url}{path}: {(int)response.StatusCode} {response.ReasonPhrase}: {Explanation(text)}");
    }

    // {"error": {"code": 409, "message": "…", "title": "Conflict"}}
    private static string Explanation(string text)
    {
        try
        {
            return JsonNode.Parse(text)?["error"]?["message"]?.ToString() ?? text;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return text.Length > 300 ? text[..300] : text;
        }
    }

    private static KeystoneException Unanswered(HttpRequestException exception, string request, bool unreachable) => new(
        $"{request}: {(exception.InnerException ?? exception).Message.TrimEnd('.')}. "
        + (unreachable ? "Does Keystone run there?" : "Keystone's log says why."),
        unreachable);

    private static JsonObject Default() => new() { ["id"] = "default" };

    private static JsonObject Password(string user, JsonObject domain, string password, JsonNode scope) => new()
    {
        ["auth"] = new JsonObject
        {
            ["identity"] = new JsonObject
            {
                ["methods"] = new JsonArray("password"),
                ["password"] = new JsonObject
                {
                    ["user"] = new JsonObject { ["name"] = user, ["domain"] = domain, ["password"] = password },
                },
            },
            ["scope"] = scope,
        },
    };

    private static string Root(string url)
    {
        var root = url.TrimEnd('/');
        return root.EndsWith("/v3", StringComparison.Ordinal) ? root[..^3] : root;
    }
}
