using System.Collections.Specialized;
using System.Net;
using System.Text.Json.Nodes;

namespace Undercloud.Tests.Node;

/// <summary>As much of Ironic's v1 API as enrolment asks, in memory. What takes time there takes one look at the nodes here.</summary>
internal sealed class FakeIronic : FakeService
{
    private const int PageSize = 2;
    private const string Hidden = "******";

    public List<JsonObject> Nodes { get; } = [];

    public List<JsonObject> Ports { get; } = [];

    public List<string> Drivers { get; } = ["fake-hardware", "ipmi"];

    /// <summary>The verbs that fail, by node's name, with Ironic's words.</summary>
    public Dictionary<(string Node, string Verb), string> Failing { get; } = [];

    /// <summary>Nodes that stay for good in the state they are in on the way.</summary>
    public HashSet<string> Stuck { get; } = [];

    /// <summary>How many writes find their node locked.</summary>
    public int Locked { get; set; }

    /// <summary>The most nodes that were on their way at a time.</summary>
    public int MostWorking { get; set; }

    public JsonObject Node(string name) => Nodes.Single(one => Text(one, "name") == name);

    protected override HttpResponseMessage Serve(HttpRequestMessage request, string[] path, NameValueCollection query, JsonObject? body)
    {
        if (request.Headers.GetValues("X-OpenStack-Ironic-API-Version").Single() != "1.69")
            return new(HttpStatusCode.NotAcceptable);
        if (request.Method != HttpMethod.Get && path is not ["nodes"] && Locked-- > 0)
            return Refuse(HttpStatusCode.Conflict, "Node 1 is locked by host u, please retry after the current operation is completed.");
        return (request.Method.Method, path) switch
        {
            ("GET", ["nodes"]) => Page("nodes", Looked(), query),
            ("GET", ["nodes", "detail"]) => Page("nodes", Nodes.Select(Shown), query),
            ("GET", ["ports", "detail"]) => Page("ports", Ports, query),
            ("GET", ["drivers"]) => List("drivers", Drivers.Select(name => new JsonObject { ["name"] = name, ["enabled_boot_interfaces"] = new JsonArray("pxe", "fake") })),
            ("POST", ["nodes"]) => AddNode(body!.DeepClone().AsObject()),
            ("POST", ["ports"]) => AddPort(body!.DeepClone().AsObject()),
            ("PATCH", ["nodes", var id]) => Patch(Nodes, id, body!["patch"]!.AsArray()),
            ("PATCH", ["ports", var id]) => Patch(Ports, id, body!["patch"]!.AsArray()),
            ("PUT", ["nodes", var id, "states", "provision"]) => Provision(Nodes.Single(one => Text(one, "uuid") == id), Text(body!, "target")),
            _ => Refuse(HttpStatusCode.NotFound, "There is nothing here."),
        };
    }

    // The words are JSON within a string of JSON.
    protected override HttpResponseMessage Refuse(HttpStatusCode status, string message) =>
        Answer(status, new() { ["error_message"] = new JsonObject { ["debuginfo"] = null, ["faultcode"] = "Client", ["faultstring"] = message }.ToJsonString() });

    public JsonObject Add(JsonObject made)
    {
        made["uuid"] ??= NewId();
        made["provision_state"] ??= "enroll";
        Nodes.Add(made);
        return made;
    }

    private static JsonObject Shown(JsonObject node)
    {
        var shown = node.DeepClone().AsObject();
        foreach (var key in (shown["driver_info"] as JsonObject ?? []).Select(pair => pair.Key).Where(key => key.Contains("password", StringComparison.Ordinal)).ToList())
            shown["driver_info"]![key] = Hidden;
        return shown;
    }

    // Everything on its way arrives, after it was seen there once.
    private IEnumerable<JsonObject> Looked()
    {
        var before = Nodes.Select(Shown).ToList();
        MostWorking = Math.Max(MostWorking, Nodes.Count(node => node["next"] is not null));
        foreach (var node in Nodes.Where(node => node["next"] is not null && !Stuck.Contains(Text(node, "name"))))
        {
            node["provision_state"] = Text(node, "next");
            node.Remove("next");
        }

        return before;
    }

    private HttpResponseMessage Provision(JsonObject node, string verb)
    {
        var state = Text(node, "provision_state");
        (string Way, string End, string Failed)? way = (verb, state) switch
        {
            ("manage", "enroll") => ("verifying", "manageable", "enroll"),
            ("manage", "available" or "inspect failed" or "clean failed") => ("manageable", "manageable", ""),
            ("inspect", "manageable" or "inspect failed") => ("inspecting", "manageable", "inspect failed"),
            ("provide", "manageable") => ("cleaning", "available", "clean failed"),
            _ => null,
        };
        if (way is not var (first, end, failed))
            return Refuse(HttpStatusCode.BadRequest, $"The requested action \"{verb}\" can not be performed on node \"{node["uuid"]}\" while it is in state \"{state}\".");
        var fails = Failing.TryGetValue((Text(node, "name"), verb), out var error);
        node["last_error"] = error;
        node["provision_state"] = first;
        if (first != end)
            node["next"] = fails ? failed : end;
        return new(HttpStatusCode.Accepted);
    }

    private HttpResponseMessage AddNode(JsonObject made)
    {
        if (made["name"] is not null && Nodes.Any(one => Text(one, "name") == Text(made, "name")))
            return Refuse(HttpStatusCode.Conflict, $"A node with name {made["name"]} already exists.");
        return Answer(HttpStatusCode.Created, Add(made).DeepClone().AsObject());
    }

    private HttpResponseMessage AddPort(JsonObject made)
    {
        if (Ports.Any(one => Text(one, "address") == Text(made, "address")))
            return Refuse(HttpStatusCode.Conflict, $"A port with MAC address {made["address"]} already exists.");
        made["uuid"] = NewId();
        Ports.Add(made);
        return Answer(HttpStatusCode.Created, made.DeepClone().AsObject());
    }

    private HttpResponseMessage Patch(List<JsonObject> all, string id, JsonArray patch)
    {
        var one = all.Single(one => Text(one, "uuid") == id);
        if (Text(one, "provision_state") == "inspect failed" && patch.Any(change => change!["path"]!.ToString().EndsWith("_interface", StringComparison.Ordinal)))
            return Refuse(HttpStatusCode.Conflict, "It can not have its interface updated in this state.");
        foreach (var change in patch)
        {
            var path = change!["path"]!.ToString().Split('/')[1..];
            var to = path.Length == 1 ? one : (one[path[0]] ??= new JsonObject()).AsObject();
            to[path[^1]] = change["value"]?.DeepClone();
        }

        return Answer(HttpStatusCode.OK, one.DeepClone().AsObject());
    }

    private static HttpResponseMessage Page(string collection, IEnumerable<JsonObject> all, NameValueCollection query)
    {
        var rest = query["marker"] is { } marker ? all.SkipWhile(one => Text(one, "uuid") != marker).Skip(1).ToList() : all.ToList();
        var answer = new JsonObject { [collection] = new JsonArray([.. rest.Take(PageSize).Select(one => one.DeepClone())]) };
        if (rest.Count > PageSize)
            answer["next"] = "http://i/next";
        return Answer(HttpStatusCode.OK, answer);
    }
}
