using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent.Cloud;

namespace Undercloud.Tests.Node;

/// <summary>A node whose cloud is a fake one, and the verbs on it.</summary>
internal sealed class CloudHost : IDisposable
{
    private static readonly CloudLogin s_login = new("http://k:5000", "admin", "secret", "admin");

    // What makes a service one of the undercloud's own.
    private static readonly CloudManifest s_identity = new()
    {
        Login = s_login,
        Services = [new("network", "network", "", new Dictionary<string, string>()), new("compute", "compute", "", new Dictionary<string, string>())],
    };

    public CloudHost()
    {
        Cloud.AddEndpoint("network", "http://n:9696");
        Cloud.AddEndpoint("compute", "http://c:8774/v2.1");
        Host.HasServices();
    }

    public FakeCloud Cloud { get; } = new();

    public FakeHost Host { get; } = new();

    public FakeNeutron Neutron => Cloud.Neutron;

    public FakeNova Nova => Cloud.Nova;

    public Task<NodeResult> ApplyAsync(CloudResources resources, bool check = false) =>
        Verbs().ApplyAsync(Manifest(resources), 5, check, CancellationToken.None);

    /// <summary>Applies them, which has to succeed.</summary>
    public async Task<NodeResult> DoneAsync(CloudResources resources)
    {
        var result = await ApplyAsync(resources);
        Assert.False(result.Failed, result.Message);
        return result;
    }

    public Task<NodeResult> PruneAsync(CloudResources resources, bool check = false) =>
        Verbs().PruneAsync(Manifest(resources), 3, check, CancellationToken.None);

    public void Dispose()
    {
        Host.Dispose();
        Cloud.Dispose();
    }

    private NodeCloud Verbs() => new(Host.Layout, () => new Kept(Cloud), _ => true, new JumpingTime());

    private static NodeManifest Manifest(CloudResources resources) => new()
    {
        Node = "n",
        Cloud = new Dictionary<int, CloudManifest> { [3] = s_identity, [5] = new() { Login = s_login, Resources = resources } },
    };
}
