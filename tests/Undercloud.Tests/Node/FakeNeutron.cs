using System.Collections.Specialized;
using System.Net;
using System.Text.Json.Nodes;
using Undercloud.Config;

namespace Undercloud.Tests.Node;

/// <summary>As much of Neutron's v2.0 API as the cloud verb asks, in memory, with what a real one (zed) was seen to refuse.</summary>
internal sealed class FakeNeutron : FakeService
{
    public string Project { get; set; } = "";

    public List<JsonObject> Networks { get; } = [];

    /// <summary>Null without the plugin.</summary>
    public List<JsonObject>? Segments { get; set; } = [];

    public List<JsonObject> Subnets { get; } = [];

    public List<JsonObject> Ports { get; } = [];

    public List<JsonObject> Routers { get; } = [];

    public List<JsonObject> Agents { get; } = [];

    /// <summary>Who looks after which networks and routers: the agent's id and theirs.</summary>
    public List<(string Agent, string Served)> Bindings { get; } = [];

    /// <summary>Happens whenever somebody asks for the agents.</summary>
    public Action AgentsAsked { get; set; } = () => { };

    public JsonObject Quota { get; } = new() { ["network"] = 100, ["subnet"] = 100, ["port"] = -1, ["router"] = 10 };

    /// <summary>The largest MTU there may be.</summary>
    public int Mtu { get; set; } = 1500;

    /// <summary>The driver for nodes fails after a change of a network with several segments is stored; or before.</summary>
    public bool? DriverFailsAfterStoring { get; set; }

    public JsonObject Subnet(string name) => Subnets.Single(one => Text(one, "name") == name);

    /// <summary>A port with an address of a subnet, as Nova makes it for a node.</summary>
    public void AddPort(JsonObject subnet, string owner = "compute:nova") => Ports.Add(new()
    {
        ["id"] = NewId(),
        ["network_id"] = Text(subnet, "network_id"),
        ["device_owner"] = owner,
        ["fixed_ips"] = new JsonArray(new JsonObject { ["subnet_id"] = Text(subnet, "id") }),
    });

    public void AddAgent(string id, string binary, string host, bool alive) =>
        Agents.Add(new() { ["id"] = id, ["agent_type"] = binary, ["binary"] = binary, ["host"] = host, ["alive"] = alive });

    protected override HttpResponseMessage Serve(HttpRequestMessage request, string[] path, NameValueCollection query, JsonObject? body)
    {
        if (path[0] == "agents")
            return ServeAgents(request.Method.Method, path, body);
        if (path[0] == "quotas")
            return request.Method == HttpMethod.Get ? Answer("quota", Quota) : Set("quota", Quota, body!);
        if (Collection(path[0]) is not { } all)
            return Refuse(HttpStatusCode.NotFound, "The resource could not be found.");
        if (request.Method == HttpMethod.Get)
            return path.Length > 1 ? Answer(path[0][..^1], all.Single(one => Text(one, "id") == path[1])) : List(path[0], all.Select(one => path[0] == "networks" ? Shown(one) : one).Where(one => query.AllKeys.All(key => Text(one, key!) == query[key])));
        if (request.Method == HttpMethod.Post)
            return Create(path[0], all, body!.Single().Value!.DeepClone().AsObject());
        var found = all.Single(one => Text(one, "id") == path[1]);
        return (request.Method.Method, path) switch
        {
            ("DELETE", _) => Delete(path[0], all, found),
            (_, ["networks", _, "tags"]) => Tags(found, body!),
            (_, ["routers", _, var verb]) => Interface(verb, found, body!),
            _ => Update(path[0], found, body!),
        };
    }

    protected override HttpResponseMessage Refuse(HttpStatusCode status, string message) =>
        Answer(status, new() { ["NeutronError"] = new JsonObject { ["type"] = "Refused", ["message"] = message, ["detail"] = "" } });

    private HttpResponseMessage ServeAgents(string method, string[] path, JsonObject? body)
    {
        switch (method, path)
        {
            case ("GET", ["agents"]):
                AgentsAsked();
                return List("agents", Agents);
            case ("GET", ["agents", var agent, var kind]):
                return List(kind.Split('-')[1], Bindings.Where(binding => binding.Agent == agent).Select(binding => new JsonObject { ["id"] = binding.Served }));
            case ("POST", ["agents", var agent, _]) when Bindings.Contains((agent, $"{body!.Single().Value}")):
                return Refuse(HttpStatusCode.Conflict, "It is hosted there already.");
            case ("POST", ["agents", var agent, _]):
                Bindings.Add((agent, $"{body!.Single().Value}"));
                return Done();
            case ("DELETE", ["agents", var agent, _, var served]):
                Bindings.Remove((agent, served));
                return Done();
            default:
                Bindings.RemoveAll(binding => binding.Agent == path[1]);
                Agents.RemoveAll(one => Text(one, "id") == path[1]);
                return Done();
        }
    }

    private List<JsonObject>? Collection(string name) => name switch
    {
        "networks" => Networks,
        "segments" => Segments,
        "subnets" => Subnets,
        "ports" => Ports,
        "routers" => Routers,
        _ => null,
    };

    // A network with several segments says of each where it is, and nothing of itself.
    private JsonObject Shown(JsonObject network)
    {
        var shown = network.DeepClone().AsObject();
        var segments = (Segments ?? []).Where(segment => Text(segment, "network_id") == Text(network, "id")).ToList();
        if (segments.Count <= 1)
            return shown;
        shown.Remove("provider:physical_network");
        shown["segments"] = new JsonArray([.. segments.Select(segment => new JsonObject { ["provider:physical_network"] = Text(segment, "physical_network") })]);
        return shown;
    }

    private HttpResponseMessage Create(string collection, List<JsonObject> all, JsonObject made)
    {
        made["id"] = NewId();
        made["project_id"] = Project;
        var refusal = collection switch
        {
            "networks" => NetworkRefusal(made, isNew: true),
            "segments" => PhysicalRefusal(Text(made, "physical_network")),
            "subnets" => SubnetRefusal(made, made),
            _ => null,
        };
        if (refusal is not null)
            return refusal;
        all.Add(made);
        if (collection == "networks")
        {
            made["tags"] ??= new JsonArray();
            Segments?.Add(new()
            {
                ["id"] = NewId(),
                ["name"] = null,
                ["network_id"] = Text(made, "id"),
                ["physical_network"] = Text(made, "provider:physical_network"),
            });
        }

        AddRoutes();
        return Answer(collection[..^1], made);
    }

    // A subnet on a segment has routes to all others, through its own gateway.
    private void AddRoutes()
    {
        foreach (var subnet in Subnets.Where(one => Text(one, "segment_id").Length > 0))
        {
            var others = Subnets.Where(other => other != subnet && Text(other, "segment_id").Length > 0).Select(other => Text(other, "cidr")).ToList();
            var routes = (subnet["host_routes"] as JsonArray ?? []).OfType<JsonObject>().Where(route => !others.Contains(Text(route, "destination")));
            var added = others.Select(other => new JsonObject { ["destination"] = other, ["nexthop"] = Text(subnet, "gateway_ip") });
            subnet["host_routes"] = new JsonArray([.. routes.Select(route => route.DeepClone()).Concat(added)]);
        }
    }

    private HttpResponseMessage Update(string collection, JsonObject found, JsonObject body)
    {
        var changes = body.Single().Value!.AsObject();
        var changed = found.DeepClone().AsObject();
        foreach (var (name, value) in changes)
            changed[name] = value?.DeepClone();
        var refusal = collection switch
        {
            "networks" => NetworkRefusal(changes, isNew: false),
            "subnets" => SubnetRefusal(changed, changes, found),
            _ => null,
        };
        if (refusal is not null)
            return refusal;
        var fails = collection == "networks" && DriverFailsAfterStoring is not null && Segments!.Count(segment => Text(segment, "network_id") == Text(found, "id")) > 1;
        if (fails && DriverFailsAfterStoring == true)
            Set("network", found, body);
        if (fails)
            return Refuse(HttpStatusCode.InternalServerError, "update_network_postcommit failed.");
        var joins = changes.ContainsKey("segment_id") && found["segment_id"] is null
            && new[] { "gateway_ip", "host_routes" }.Any(name => changes.ContainsKey(name) && Text(changes, name) != Text(found, name));
        var answer = Set(collection[..^1], found, body);

        // A subnet that joins a segment with new routes is taken for another one than that which is on it, and gets a route to itself.
        if (joins)
            (found["host_routes"] ??= new JsonArray()).AsArray().Add(new JsonObject { ["destination"] = Text(found, "cidr"), ["nexthop"] = Text(found, "gateway_ip") });
        AddRoutes();
        return answer;
    }

    private static HttpResponseMessage Set(string resource, JsonObject found, JsonObject body)
    {
        foreach (var (name, value) in body.Single().Value!.AsObject())
            found[name] = value?.DeepClone();
        return Answer(resource, found);
    }

    private static HttpResponseMessage Tags(JsonObject network, JsonObject body)
    {
        network["tags"] = body["tags"]!.DeepClone();
        return Answer(HttpStatusCode.OK, body);
    }

    private HttpResponseMessage? NetworkRefusal(JsonObject fields, bool isNew) =>
        fields["mtu"] is { } mtu && (int)mtu > Mtu ? Refuse(HttpStatusCode.BadRequest, $"Invalid input for operation: Requested MTU is too big, maximum is {Mtu}.")
        : isNew ? PhysicalRefusal(Text(fields, "provider:physical_network"))
        : fields.Any(field => field.Key.StartsWith("provider:", StringComparison.Ordinal)) ? Refuse(HttpStatusCode.BadRequest, "Plugin does not support updating provider attributes")
        : null;

    private HttpResponseMessage? PhysicalRefusal(string physical) =>
        (Segments ?? []).Any(segment => Text(segment, "physical_network") == physical)
            ? Refuse(HttpStatusCode.Conflict, $"Unable to create the flat network. Physical network {physical} is in use.")
            : null;

    private HttpResponseMessage? SubnetRefusal(JsonObject result, JsonObject fields, JsonObject? before = null)
    {
        var others = Subnets.Where(one => Text(one, "network_id") == Text(result, "network_id") && Text(one, "id") != Text(result, "id")).ToList();
        if (before is not null && fields.Any(field => field.Key is "cidr" or "ipv6_ra_mode" or "ipv6_address_mode" or "ip_version" or "network_id"))
            return Refuse(HttpStatusCode.BadRequest, "Cannot update read-only attribute");
        if (before is not null && fields.ContainsKey("segment_id") && (before["segment_id"] is not null || others.Count > 0))
            return Refuse(HttpStatusCode.BadRequest, "A subnet's segment association cannot be changed");
        if (others.Any(one => Text(one, "segment_id").Length == 0 != (Text(result, "segment_id").Length == 0)))
            return Refuse(HttpStatusCode.BadRequest, "All of the subnets on network must either all be associated with segments or all not associated with any segments.");
        if (before is null && others.Any(one => Range(Text(one, "cidr")).Overlaps(Range(Text(result, "cidr")))))
            return Refuse(HttpStatusCode.BadRequest, "Invalid input for operation: Requested subnet overlaps with another subnet.");
        foreach (var pool in (result["allocation_pools"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var addresses = AddressRange.Of(IPAddress.Parse(Text(pool, "start")), IPAddress.Parse(Text(pool, "end")));
            if (!Range(Text(result, "cidr")).Holds(addresses))
                return Refuse(HttpStatusCode.BadRequest, $"The allocation pool {addresses} spans beyond the subnet cidr {Text(result, "cidr")}.");
            if (IPAddress.TryParse(Text(result, "gateway_ip"), out var gateway) && addresses.Holds(AddressRange.Of(gateway)))
                return Refuse(HttpStatusCode.Conflict, $"Gateway ip {gateway} conflicts with allocation pool {addresses}.");
        }

        return null;
    }

    private HttpResponseMessage Interface(string verb, JsonObject router, JsonObject body)
    {
        var port = Ports.Single(one => Text(one, "id") == Text(body, "port_id"));
        if (verb == "add_router_interface")
            (port["device_owner"], port["device_id"]) = ("network:router_interface", Text(router, "id"));
        else
            Ports.Remove(port);
        return Answer(HttpStatusCode.OK, []);
    }

    private HttpResponseMessage Delete(string collection, List<JsonObject> all, JsonObject found)
    {
        var id = Text(found, "id");
        bool InUse(JsonObject port) => Text(port, "device_owner") != "network:dhcp" && collection switch
        {
            "subnets" => port["fixed_ips"]!.AsArray().Any(address => address!["subnet_id"]?.ToString() == id),
            "networks" => Text(port, "network_id") == id,
            "routers" => Text(port, "device_id") == id,
            _ => false,
        };
        if (Ports.Any(InUse) || (collection == "segments" && Subnets.Any(subnet => Text(subnet, "segment_id") == id)))
            return Refuse(HttpStatusCode.Conflict, $"Unable to complete operation on {id}: it is in use.");
        all.Remove(found);
        foreach (var subnet in Subnets.Where(one => collection == "subnets" && Text(one, "segment_id").Length > 0))
        {
            var left = (subnet["host_routes"] as JsonArray ?? []).OfType<JsonObject>().Where(route => Text(route, "destination") != Text(found, "cidr"));
            subnet["host_routes"] = new JsonArray([.. left.Select(route => route.DeepClone())]);
        }

        if (collection == "networks")
        {
            Segments?.RemoveAll(one => Text(one, "network_id") == id);
            Subnets.RemoveAll(one => Text(one, "network_id") == id);
        }

        return Done();
    }

    private static AddressRange Range(string cidr) => AddressWithPrefix.TryParse(cidr, out var network) ? network.Range : throw new FormatException(cidr);
}
