using System.Collections.Specialized;
using System.Net;
using System.Text.Json.Nodes;

namespace Undercloud.Tests.Node;

/// <summary>As much of Nova's v2.1 API as the cloud verb asks, in memory.</summary>
internal sealed class FakeNova : FakeService
{
    public List<JsonObject> Flavors { get; } = [];

    public List<JsonObject> KeyPairs { get; } = [];

    public List<JsonObject> Services { get; } = [];

    /// <summary>The hosts whose nodes there are, one entry a node.</summary>
    public List<string> NodeHosts { get; } = [];

    /// <summary>The hosts of an aggregate.</summary>
    public List<string> Aggregated { get; } = [];

    /// <summary>The hosts of servers, one entry a server.</summary>
    public List<string> ServerHosts { get; } = [];

    /// <summary>Happens whenever somebody asks for the services.</summary>
    public Action ServicesAsked { get; set; } = () => { };

    public JsonObject Quota { get; } = new() { ["cores"] = 20, ["instances"] = 10, ["ram"] = 51200, ["key_pairs"] = 100 };

    public JsonObject Flavor(string name) => Flavors.Single(one => Text(one, "name") == name);

    public void AddService(string binary, string host, bool up) =>
        Services.Add(new() { ["id"] = NewId(), ["binary"] = binary, ["host"] = host, ["state"] = up ? "up" : "down" });

    protected override HttpResponseMessage Serve(HttpRequestMessage request, string[] path, NameValueCollection query, JsonObject? body) => (request.Method.Method, path) switch
    {
        ("GET", ["flavors", "detail"]) => List("flavors", Flavors.Select(flavor => Shown(flavor, request))),
        ("POST", ["flavors"]) => AddFlavor(body!["flavor"]!.DeepClone().AsObject()),
        ("DELETE", ["flavors", var id]) => Removed(Flavors.RemoveAll(one => Text(one, "id") == id)),
        ("POST", ["flavors", var id, "os-extra_specs"]) => SetSpecs(id, body!["extra_specs"]!.AsObject()),
        ("DELETE", ["flavors", var id, "os-extra_specs", var spec]) => Removed(Specs(id).Remove(Uri.UnescapeDataString(spec)) ? 1 : 0),
        ("GET", ["os-keypairs"]) => List("keypairs", KeyPairs.Select(pair => new JsonObject { ["keypair"] = pair.DeepClone() })),
        ("POST", ["os-keypairs"]) => AddKeyPair(body!["keypair"]!.DeepClone().AsObject()),
        ("DELETE", ["os-keypairs", var name]) => Removed(KeyPairs.RemoveAll(one => Text(one, "name") == name)),
        ("GET", ["os-services"]) => ListServices(),
        ("GET", ["os-aggregates"]) => List("aggregates", [new JsonObject { ["name"] = "group", ["hosts"] = new JsonArray([.. Aggregated.Select(host => (JsonNode)host)]) }]),
        ("DELETE", ["os-services", var id]) when Services.Any(one => Text(one, "id") == id && Aggregated.Contains(Text(one, "host"))) => Refuse(HttpStatusCode.InternalServerError, "ComputeHostNotFound"),
        ("DELETE", ["os-services", var id]) => Removed(Services.RemoveAll(one => Text(one, "id") == id)),
        ("GET", ["os-hypervisors", "detail"]) => List("hypervisors", NodeHosts.Select(host => new JsonObject { ["service"] = new JsonObject { ["host"] = host } })),
        ("GET", ["servers"]) => List("servers", ServerHosts.Where(host => host == query["host"]).Select(_ => new JsonObject { ["id"] = NewId() })),
        ("GET", ["os-quota-sets", _]) => Answer("quota_set", Quota),
        ("PUT", ["os-quota-sets", _]) => SetQuota(body!["quota_set"]!.AsObject()),
        _ => Refuse(HttpStatusCode.NotFound, "There is nothing here."),
    };

    protected override HttpResponseMessage Refuse(HttpStatusCode status, string message) =>
        Answer(status, new() { [status == HttpStatusCode.BadRequest ? "badRequest" : "conflictingRequest"] = new JsonObject { ["code"] = (int)status, ["message"] = message } });

    // Before version 2.61 of its API, Nova keeps the extra specs for requests of their own.
    private static JsonObject Shown(JsonObject flavor, HttpRequestMessage request)
    {
        var shown = flavor.DeepClone().AsObject();
        if (!request.Headers.TryGetValues("OpenStack-API-Version", out var version) || version.Single() != "compute 2.61")
            shown.Remove("extra_specs");
        return shown;
    }

    private HttpResponseMessage ListServices()
    {
        ServicesAsked();
        return List("services", Services);
    }

    private HttpResponseMessage AddFlavor(JsonObject made)
    {
        if (Flavors.Any(one => Text(one, "name") == Text(made, "name")))
            return Refuse(HttpStatusCode.Conflict, $"Flavor with name {made["name"]} already exists.");
        made["id"] ??= NewId();
        made["extra_specs"] = new JsonObject();
        Flavors.Add(made);
        return Answer("flavor", made);
    }

    private JsonObject Specs(string id) => Flavors.Single(one => Text(one, "id") == id)["extra_specs"]!.AsObject();

    private HttpResponseMessage SetSpecs(string id, JsonObject specs)
    {
        foreach (var (name, value) in specs)
            Specs(id)[name] = value!.ToString();
        return Answer("extra_specs", specs);
    }

    private HttpResponseMessage AddKeyPair(JsonObject made)
    {
        var parts = Text(made, "public_key").Split(' ');
        if (parts.Length < 2 || !Convert.FromBase64String(parts[1]).AsSpan().StartsWith("\0\0\0\assh-rsa"u8))
            return Refuse(HttpStatusCode.BadRequest, "Keypair data is invalid: failed to generate fingerprint");
        made["fingerprint"] = $"print of {parts[1]}";
        KeyPairs.Add(made);
        return Answer("keypair", made);
    }

    private HttpResponseMessage SetQuota(JsonObject limits)
    {
        foreach (var (name, value) in limits)
            Quota[name] = value!.DeepClone();
        return Answer("quota_set", Quota);
    }

    private HttpResponseMessage Removed(int count) => count > 0 ? Done() : Refuse(HttpStatusCode.NotFound, "It is not there.");
}
