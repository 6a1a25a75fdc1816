using System.Text.Json.Nodes;

namespace Undercloud.Tests.Node;

/// <summary>Keystone, Neutron, Nova and Ironic, each at a host of its own.</summary>
internal sealed class FakeCloud : HttpMessageHandler
{
    private readonly Dictionary<string, HttpMessageInvoker> _hosts;

    public FakeCloud()
    {
        _hosts = new() { ["k"] = new(Keystone), ["n"] = new(Neutron), ["c"] = new(Nova), ["i"] = new(Ironic) };
        Neutron.Project = Keystone.Named("projects", "admin")["id"]!.ToString();
    }

    public FakeKeystone Keystone { get; } = new();

    public FakeNeutron Neutron { get; } = new();

    public FakeNova Nova { get; } = new();

    public FakeIronic Ironic { get; } = new();

    /// <summary>How many requests there were, the login included.</summary>
    public int Requests { get; set; }

    /// <summary>Puts an internal endpoint into the catalogue.</summary>
    public void AddEndpoint(string type, string url) => Keystone.Add("endpoints", new()
    {
        ["service_id"] = Keystone.Add("services", new() { ["type"] = type, ["name"] = type, ["description"] = "" })["id"]!.ToString(),
        ["interface"] = "internal",
        ["region_id"] = "regionOne",
        ["url"] = url,
    });

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        Requests++;
        return _hosts[request.RequestUri!.Host].SendAsync(request, stop);
    }
}
