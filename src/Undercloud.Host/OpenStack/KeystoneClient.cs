using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.OpenStack;

/// <summary>Keystone's v3 REST API as the administrator, and its catalogue of the other services' endpoints.</summary>
internal sealed class KeystoneClient : IDisposable
{
    private const string AuthTokens = "/v3/auth/tokens";
    private const string AuthToken = "X-Auth-Token";
    private const string SubjectToken = "X-Subject-Token";
    private const int PolicyLoads = 3;
    private static readonly TimeSpan s_policyLoading = TimeSpan.FromSeconds(2);
    private readonly HttpClient _http;
    private readonly RestClient _rest;
    private readonly CloudLogin _login;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly string _url;
    private JsonObject _token = [];

    /// <param name="handler">Sends the requests; disposed with this client.</param>
    /// <param name="login">The login.</param>
    /// <param name="patience">How long to retry in all while a server does not answer or is busy.</param>
    /// <param name="time">The clock.</param>
    public KeystoneClient(HttpMessageHandler handler, CloudLogin login, TimeSpan patience, TimeProvider time)
    {
        _http = new(handler) { Timeout = TimeSpan.FromSeconds(60) };
        _url = Root(login.Url);
        _rest = new(_http, "Keystone", _url, patience, time);
        (_login, _patience, _time) = (login, patience, time);
    }

    /// <summary>The remedy when the login is refused.</summary>
    public string Remedy { get; init; } = "The password in Keystone differs from the one in the passwords file: correct the file, "
        + "or set the password again with `keystone-manage bootstrap` in the Keystone container.";

    /// <summary>Tokens of earlier logins: a valid one replaces a login. Null to log in every time.</summary>
    public KeptTokens? Kept { get; init; }

    /// <summary>The id of the login's project.</summary>
    public string ProjectId => _token["project"]?["id"]?.ToString() ?? throw new CloudException("The token is for no project.");

    /// <summary>Gets the token for all other requests.</summary>
    /// <exception cref="CloudException">The login is refused, or Keystone does not answer.</exception>
    public async Task LoginAsync(CancellationToken stop)
    {
        var name = $"{_url} {_login.User} {_login.Project}";
        if (Kept?.Find(name, _login.Password) is { } kept && await DescribeAsync(kept, kept, "", stop) is { } known)
        {
            (_rest.Headers[AuthToken], _token) = (kept, known);
            return;
        }

        var scope = new JsonObject { ["project"] = new JsonObject { ["name"] = _login.Project, ["domain"] = Default() } };
        using var response = await _rest.SendAsync(HttpMethod.Post, AuthTokens, Password(_login.User, Default(), _login.Password, scope), stop);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            throw new CloudException(
                $"Keystone at {_url} refuses the login of {_login.User} to the project {_login.Project}. "
                + Remedy);
        }

        (_rest.Headers[AuthToken], _token) = await IssuedAsync(response, stop);
        Keep(name, _login.Password, _rest.Headers[AuthToken], _token);
    }

    /// <summary>A client for a service's endpoint in a region; null when the catalogue has none.</summary>
    /// <param name="type">The service's type, e.g. network.</param>
    /// <param name="name">The service's name for messages.</param>
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
        service.Headers[AuthToken] = _rest.Headers[AuthToken];
        return service;
    }

    /// <summary>Whether a user can log in with the password.</summary>
    /// <param name="user">The user, with the password.</param>
    /// <param name="id">The user's id in Keystone.</param>
    /// <param name="stop">Cancels the request.</param>
    public async Task<bool> AcceptsAsync(CloudUser user, string id, CancellationToken stop)
    {
        // By the id: a user that was created again under the same name has another one.
        var name = $"{_url} {id}";
        if (Kept?.Find(name, user.Password) is { } kept && (await DescribeAsync(kept, _rest.Headers[AuthToken], "?nocatalog", stop))?["user"]?["id"]?.ToString() == id)
            return true;
        var domain = user.Domain is { } other ? new JsonObject { ["name"] = other } : Default();
        using var response = await _rest.SendAsync(HttpMethod.Post, AuthTokens, Password(user.Name, domain, user.Password, "unscoped"), stop);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            return false;
        var (token, known) = await IssuedAsync(response, stop);
        Keep(name, user.Password, token, known);
        return true;
    }

    /// <inheritdoc cref="RestClient.ListAsync"/>
    public async Task<List<JsonObject>> ListAsync(string path, string collection, CancellationToken stop)
    {
        for (var asked = 1; ; asked++)
        {
            try
            {
                return await _rest.ListAsync(path, collection, stop);
            }
            catch (CloudException refusal) when (refusal.Status == HttpStatusCode.Forbidden && asked <= PolicyLoads)
            {
                // A thread of a Keystone that has just started refuses everything while another thread loads the policy (keystone/common/rbac_enforcer/enforcer.py).
                await Task.Delay(s_policyLoading, _time, stop);
            }
        }
    }

    /// <inheritdoc cref="RestClient.CallAsync"/>
    public Task<JsonObject?> CallAsync(HttpMethod method, string path, JsonObject? body, CancellationToken stop) => _rest.CallAsync(method, path, body, stop);

    /// <inheritdoc cref="RestClient.CreateAsync"/>
    public Task<JsonObject> CreateAsync(string path, string resource, JsonObject fields, CancellationToken stop) =>
        _rest.CreateAsync(path, resource, fields, stop);

    /// <inheritdoc cref="RestClient.DeleteAsync"/>
    public Task DeleteAsync(string path, CancellationToken stop) => _rest.DeleteAsync(path, stop);

    public void Dispose() => _http.Dispose();

    // Keystone's data about a token; null when the token is not valid any more or Keystone does not answer: the following login then gives the reason.
    private async Task<JsonObject?> DescribeAsync(string token, string asker, string query, CancellationToken stop)
    {
        var rest = new RestClient(_http, "Keystone", _url, _patience, _time) { Headers = { [AuthToken] = asker, [SubjectToken] = token } };
        using var response = await rest.SendAsync(HttpMethod.Get, AuthTokens + query, null, stop);
        return response.IsSuccessStatusCode ? (await rest.BodyAsync(response, HttpMethod.Get, AuthTokens, stop))?["token"] as JsonObject : null;
    }

    private async Task<(string Token, JsonObject Known)> IssuedAsync(HttpResponseMessage response, CancellationToken stop)
    {
        await _rest.EnsureAsync(response, HttpMethod.Post, AuthTokens, stop);
        var token = response.Headers.TryGetValues(SubjectToken, out var tokens)
            ? tokens.First()
            : throw new CloudException($"{_url} answers a login without a token: it is no Keystone.");
        return (token, (await _rest.BodyAsync(response, HttpMethod.Post, AuthTokens, stop))?["token"] as JsonObject ?? []);
    }

    private void Keep(string login, string password, string token, JsonObject known) =>
        Kept?.Keep(login, password, token, DateTimeOffset.TryParse(known["expires_at"]?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end) ? end : null);

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
