using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;

namespace Undercloud.Tests.Node;

/// <summary>As much of Keystone's v3 API as the cloud verb asks, in memory, with what a bootstrap makes.</summary>
internal sealed class FakeKeystone : HttpMessageHandler
{
    private int _next = 100;

    public FakeKeystone()
    {
        Add("roles", new() { ["name"] = "admin" });
        Add("projects", new() { ["name"] = "admin" });
        Add("users", new() { ["name"] = "admin", ["password"] = "secret", ["enabled"] = true });
        Objects["regions"].Add(new() { ["id"] = "regionOne" });
        Add("services", new() { ["type"] = "identity", ["name"] = "keystone", ["description"] = "" });
    }

    public Dictionary<string, List<JsonObject>> Objects { get; } = new()
    {
        ["roles"] = [],
        ["projects"] = [],
        ["domains"] = [],
        ["users"] = [],
        ["regions"] = [],
        ["services"] = [],
        ["endpoints"] = [],
    };

    public HashSet<string> Assignments { get; } = [];

    /// <summary>Who logged in, with a password that was right.</summary>
    public List<string> Logins { get; } = [];

    /// <summary>How long a token lives.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(1);

    // The user and the user's password when the token was issued: another password revokes it.
    private readonly Dictionary<string, (string User, string Password)> _tokens = [];

    /// <summary>Requests that change something, without their ids.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>How many requests there were.</summary>
    public int Requests { get; private set; }

    /// <summary>How many requests find nobody listening.</summary>
    public int Refusals { get; set; }

    /// <summary>How many requests find only the load balancer.</summary>
    public int Busy { get; set; }

    /// <summary>Somebody else makes the same user between our reading and our writing.</summary>
    public bool Raced { get; set; }

    /// <summary>How many requests for lists are refused, since the policy is not loaded yet.</summary>
    public int Forbidding { get; set; }

    /// <summary>Writes before the server breaks down.</summary>
    public int WritesLeft { get; set; } = int.MaxValue;

    public JsonObject Add(string collection, JsonObject made)
    {
        made["id"] ??= $"id{_next++}";
        Objects[collection].Add(made);
        return made;
    }

    public JsonObject Named(string collection, string name) => Objects[collection].Single(one => one["name"]?.ToString() == name);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        Requests++;
        if (Refusals-- > 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        if (Busy-- > 0)
            return new(HttpStatusCode.ServiceUnavailable);
        var path = request.RequestUri!.AbsolutePath;
        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(stop))!.AsObject();
        if (path == "/v3/auth/tokens")
            return request.Method == HttpMethod.Get ? Validate(request.Headers.GetValues("X-Auth-Token").Single(), request.Headers.GetValues("X-Subject-Token").Single()) : Login(body!);
        if (request.Headers.GetValues("X-Auth-Token").Single() != "token")
            return new(HttpStatusCode.Unauthorized);
        if (request.Method == HttpMethod.Get && Forbidding-- > 0)
            return Answer(HttpStatusCode.Forbidden, new() { ["error"] = new JsonObject { ["message"] = "You are not authorized" } });
        if (request.Method != HttpMethod.Get && WritesLeft-- <= 0)
            return Answer(HttpStatusCode.InternalServerError, new() { ["error"] = new JsonObject { ["message"] = "out of disk" } });
        return Serve(request.Method, path.Split('/')[2..], HttpUtility.ParseQueryString(request.RequestUri.Query), body);
    }

    private HttpResponseMessage Serve(HttpMethod method, string[] path, NameValueCollection query, JsonObject? body)
    {
        if (method != HttpMethod.Get)
            Writes.Add($"{method} {path[0]}{(path.Length > 4 ? "/assignment" : "")}");
        if (method == HttpMethod.Get)
            return List(path[0], query);
        if (path.Length > 4)
            return Assign(method, $"{path[3]} {path[1]} {path[5]}{(path[0] == "domains" ? " domain" : "")}");
        if (method == HttpMethod.Post)
        {
            if (Raced && path[0] == "users")
            {
                Raced = false;
                Add("users", body!.Single().Value!.DeepClone().AsObject());
                return Answer(HttpStatusCode.Conflict, new() { ["error"] = new JsonObject { ["message"] = "Duplicate entry" } });
            }

            var made = Add(path[0], body!.Single().Value!.DeepClone().AsObject());
            return Answer(HttpStatusCode.Created, new() { [body!.Single().Key] = made.DeepClone() });
        }

        var found = Objects[path[0]].Single(one => one["id"]!.ToString() == path[1]);
        if (method == HttpMethod.Delete)
            Objects[path[0]].Remove(found);
        foreach (var (name, value) in body?.Single().Value!.AsObject() ?? [])
            found[name] = value?.DeepClone();
        return new(HttpStatusCode.NoContent);
    }

    private HttpResponseMessage Assign(HttpMethod method, string assignment)
    {
        _ = method == HttpMethod.Put ? Assignments.Add(assignment) : Assignments.Remove(assignment);
        return new(HttpStatusCode.NoContent);
    }

    private HttpResponseMessage List(string collection, NameValueCollection query) => Answer(HttpStatusCode.OK, new()
    {
        [collection] = collection == "role_assignments"
            ? new JsonArray([.. Assignments.Select(Assignment)])
            : new JsonArray([.. Objects[collection].Where(one => Fits(one, query)).Select(one => one.DeepClone())]),
    });

    private static bool Fits(JsonObject one, NameValueCollection query) =>
        query.AllKeys.All(key => (one[key!]?.ToString() ?? (key == "domain_id" ? "default" : null)) == query[key]);

    private static JsonNode Assignment(string text)
    {
        var ids = text.Split(' ');
        return JsonNode.Parse(
            $$$"""{"user":{"id":"{{{ids[0]}}}"},"scope":{"{{{(ids.Length > 3 ? "domain" : "project")}}}":{"id":"{{{ids[1]}}}"}},"role":{"id":"{{{ids[2]}}}"}}""")!;
    }

    private HttpResponseMessage Login(JsonObject body)
    {
        var user = body["auth"]!["identity"]!["password"]!["user"]!;
        if (Objects["users"].Find(one => one["name"]!.ToString() == user["name"]!.ToString() && one["password"]!.ToString() == user["password"]!.ToString()) is not { } found)
            return Answer(HttpStatusCode.Unauthorized, []);
        var name = found["name"]!.ToString();
        Logins.Add(name);
        var token = name == "admin" ? "token" : $"token {_next++}";
        _tokens[token] = (found["id"]!.ToString(), found["password"]!.ToString());
        var response = Answer(HttpStatusCode.Created, Token(found));
        response.Headers.Add("X-Subject-Token", token);
        return response;
    }

    private HttpResponseMessage Validate(string asker, string token) =>
        UserOf(asker) is null ? Answer(HttpStatusCode.Unauthorized, []) : UserOf(token) is { } user ? Answer(HttpStatusCode.OK, Token(user)) : Answer(HttpStatusCode.NotFound, []);

    private JsonObject? UserOf(string token) => _tokens.TryGetValue(token, out var issued)
        ? Objects["users"].Find(one => one["id"]!.ToString() == issued.User && one["password"]!.ToString() == issued.Password && one["enabled"]?.GetValue<bool>() != false)
        : null;

    private JsonObject Token(JsonObject user) => new()
    {
        ["token"] = new JsonObject
        {
            ["expires_at"] = (DateTime.UtcNow + TokenLife).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
            ["user"] = new JsonObject { ["id"] = user["id"]!.ToString() },
            ["project"] = new JsonObject { ["id"] = Named("projects", "admin")["id"]!.ToString() },
            ["catalog"] = new JsonArray([.. Objects["services"].Select(service => new JsonObject
            {
                ["type"] = service["type"]!.ToString(),
                ["endpoints"] = new JsonArray([.. Objects["endpoints"]
                    .Where(endpoint => endpoint["service_id"]!.ToString() == service["id"]!.ToString())
                    .Select(endpoint => endpoint.DeepClone())]),
            })]),
        },
    };

    private static HttpResponseMessage Answer(HttpStatusCode status, JsonObject body) =>
        new(status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
}
