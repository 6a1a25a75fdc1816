using System.Net;
using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.OpenStack;

/// <summary>Keystone's v3 REST API as the administrator, and by its catalogue the way to the other services.</summary>
internal sealed class KeystoneClient : IDisposable
{
    private const string Tokens = "/v3/auth/tokens";
    private readonly HttpClient _http;
    private readonly RestClient _rest;
    private readonly CloudLogin _login;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly string _url;
    private JsonObject _token = [];

    /// <param name="handler">The way to the servers; disposed of with this.</param>
    /// <param name="login">Whose token to work with.</param>
    /// <param name="patience">How long to try again in all while a server does not answer or says that it is busy.</param>
    /// <param name="time">The clock of the waiting.</param>
    public KeystoneClient(HttpMessageHandler handler, CloudLogin login, TimeSpan patience, TimeProvider time)
    {
        _http = new(handler) { Timeout = TimeSpan.FromSeconds(60) };
        _url = Root(login.Url);
        _rest = new(_http, "Keystone", _url, patience, time);
        (_login, _patience, _time) = (login, patience, time);
    }

    /// <summary>What helps when the login is refused.</summary>
    public string Remedy { get; init; } = "Its password there is another than the one in the passwords file: put the right one there, "
        + "or set it again with `keystone-manage bootstrap` in the Keystone container.";

    /// <summary>The id of the project that the login is for.</summary>
    public string ProjectId => _token["project"]?["id"]?.ToString() ?? throw new CloudException("The token is for no project.");

    /// <summary>Gets the token everything else is asked with.</summary>
    /// <exception cref="CloudException">The login is refused, or nothing answers.</exception>
    public async Task LoginAsync(CancellationToken stop)
    {
        var scope = new JsonObject { ["project"] = new JsonObject { ["name"] = _login.Project, ["domain"] = Default() } };
        using var response = await _rest.SendAsync(HttpMethod.Post, Tokens, Password(_login.User, Default(), _login.Password, scope), stop);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            throw new CloudException(
                $"Keystone at {_url} refuses the login of {_login.User} to the project {_login.Project}. "
                + Remedy);
        }

        await _rest.EnsureAsync(response, HttpMethod.Post, Tokens, stop);
        _rest.Headers["X-Auth-Token"] = response.Headers.TryGetValues("X-Subject-Token", out var tokens)
            ? tokens.First()
            : throw new CloudException($"{_url} answers a login without a token: it is no Keystone.");
        _token = (await _rest.BodyAsync(response, HttpMethod.Post, Tokens, stop))?["token"] as JsonObject ?? [];
    }

    /// <summary>A service by an endpoint of its in a region; null when the catalogue has none.</summary>
    /// <param name="type">The service's type, e.g. network.</param>
    /// <param name="name">What the service is called in messages.</param>
    /// <param name="region">The endpoint's region.</param>
    /// <param name="side">The endpoint's interface.</param>
    public RestClient? Service(string type, string name, string region, string side = "internal")
    {
        var endpoint = (_token["catalog"] as JsonArray ?? [])
            .Where(entry => entry?["type"]?.ToString() == type)
            .SelectMany(entry => entry!["endpoints"] as JsonArray ?? [])
            .FirstOrDefault(one => one?["interface"]?.ToString() == side && one["region_id"]?.ToString() == region);
        if (endpoint?["url"]?.ToString() is not { } url)
            return null;
        var service = new RestClient(_http, name, url, _patience, _time);
        service.Headers["X-Auth-Token"] = _rest.Headers["X-Auth-Token"];
        return service;
    }

    /// <summary>Whether a user can log in with the password.</summary>
    public async Task<bool> AcceptsAsync(CloudUser user, CancellationToken stop)
    {
        var domain = user.Domain is { } name ? new JsonObject { ["name"] = name } : Default();
        using var response = await _rest.SendAsync(HttpMethod.Post, Tokens, Password(user.Name, domain, user.Password, "unscoped"), stop);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            return false;
        await _rest.EnsureAsync(response, HttpMethod.Post, Tokens, stop);
        return true;
    }

    /// <inheritdoc cref="RestClient.ListAsync"/>
    public Task<List<JsonObject>> ListAsync(string path, string collection, CancellationToken stop) => _rest.ListAsync(path, collection, stop);

    /// <inheritdoc cref="RestClient.CallAsync"/>
    public Task<JsonObject?> CallAsync(HttpMethod method, string path, JsonObject? body, CancellationToken stop) => _rest.CallAsync(method, path, body, stop);

    /// <inheritdoc cref="RestClient.CreateAsync"/>
    public Task<JsonObject> CreateAsync(string path, string resource, JsonObject fields, CancellationToken stop) =>
        _rest.CreateAsync(path, resource, fields, stop);

    /// <inheritdoc cref="RestClient.DeleteAsync"/>
    public Task DeleteAsync(string path, CancellationToken stop) => _rest.DeleteAsync(path, stop);

    public void Dispose() => _http.Dispose();

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
