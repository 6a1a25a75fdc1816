using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Cloud;

namespace Undercloud.Tests.Node;

public sealed class NodeCloudTests : IDisposable
{
    private static readonly CloudManifest s_wanted = new()
    {
        Login = new("http://k:5000/v3/", "admin", "secret", "admin"),
        Projects = ["service"],
        Roles = ["service"],
        Users = [new("ironic", "pw", "service", ["admin", "service"])],
        Services =
        [
            new("keystone", "identity", "Identity", new Dictionary<string, string> { ["public"] = "http://k:5000" }),
            new("ironic", "baremetal", "Bare metal", new Dictionary<string, string> { ["public"] = "http://i:6385", ["admin"] = "http://i:6385" }),
        ],
    };

    private readonly FakeHost _host = new();
    private readonly FakeKeystone _keystone = new();
    private bool _isHere = true;

    public void Dispose()
    {
        _host.Dispose();
        _keystone.Dispose();
    }

    [Fact]
    public async Task Everything_is_made_once()
    {
        var result = await ApplyAsync(s_wanted);
        Assert.False(result.Failed, result.Message);
        Assert.Equal(2, _keystone.Assignments.Count);
        Assert.Equal(3, _keystone.Objects["endpoints"].Count);
        _keystone.Writes.Clear();
        Assert.False((await ApplyAsync(s_wanted)).Changed);
        Assert.Empty(_keystone.Writes);
    }

    [Fact]
    public async Task What_another_run_made_meanwhile_is_adopted()
    {
        _keystone.Raced = true;
        var result = await ApplyAsync(s_wanted);
        Assert.False(result.Failed, result.Message);
        Assert.Single(_keystone.Objects["users"], user => user["name"]!.ToString() == "ironic");
        Assert.Equal(2, _keystone.Assignments.Count);
        Assert.Contains(result.Changes, change => change.Name == "service");
        Assert.False((await ApplyAsync(s_wanted)).Changed);
    }

    [Fact]
    public async Task A_check_of_a_cloud_that_is_there_and_does_not_answer_says_so_and_would_make_nothing()
    {
        await ApplyAsync(s_wanted);
        _keystone.Refusals = int.MaxValue;
        var result = await Cloud().ApplyAsync(Manifest(s_wanted), 3, check: true, CancellationToken.None);
        Assert.False(result.Changed);
        Assert.False(result.Failed);
        Assert.Contains("Keystone does not answer", Assert.Single(result.Notes));
    }

    [Fact]
    public async Task Only_what_was_made_here_is_removed()
    {
        await ApplyAsync(s_wanted);
        await PruneAsync(new() { Login = s_wanted.Login });
        Assert.Equal(["admin"], _keystone.Objects["users"].Select(user => user["name"]!.ToString()));
        Assert.Equal(["keystone"], _keystone.Objects["services"].Select(service => service["name"]!.ToString()));
        Assert.Single(_keystone.Objects["regions"]);
        Assert.Empty(_keystone.Objects["endpoints"]);
        Assert.Empty(_keystone.Assignments);
        Assert.Empty(new OwnedStore(_host.Layout).Load().Cloud);
    }

    [Fact]
    public async Task Changed_password_and_url_are_set()
    {
        await ApplyAsync(s_wanted);
        _keystone.Named("users", "ironic")["password"] = "other";
        _keystone.Objects["endpoints"][1]["url"] = "http://old";
        _keystone.Writes.Clear();
        await ApplyAsync(s_wanted);
        Assert.Equal(["PATCH users", "PATCH endpoints"], _keystone.Writes);
        Assert.Equal("pw", _keystone.Named("users", "ironic")["password"]!.ToString());
    }

    [Fact]
    public async Task A_user_of_a_domain_has_its_roles_on_it_and_goes_without_it()
    {
        var heat = s_wanted with { Domains = ["heat_stack"], Users = [new("boss", "pw", "", ["admin"]) { Domain = "heat_stack" }] };
        Assert.False((await ApplyAsync(heat)).Failed);
        var domain = _keystone.Named("domains", "heat_stack")["id"]!.ToString();
        var boss = _keystone.Named("users", "boss");
        Assert.Equal(domain, boss["domain_id"]!.ToString());
        Assert.Equal([$"{boss["id"]} {domain} {_keystone.Named("roles", "admin")["id"]} domain"], _keystone.Assignments);
        _keystone.Writes.Clear();
        Assert.False((await ApplyAsync(heat)).Changed);
        Assert.Empty(_keystone.Writes);
        boss["password"] = "other";
        await ApplyAsync(heat);
        Assert.Equal("pw", _keystone.Named("users", "boss")["password"]!.ToString());
        await PruneAsync(s_wanted with { Users = [] });
        Assert.Empty(_keystone.Assignments);
        Assert.Equal(["admin"], _keystone.Objects["users"].Select(user => user["name"]!.ToString()));
        Assert.Equal("heat_stack", Assert.Single(_keystone.Objects["domains"])["name"]!.ToString());
    }

    [Fact]
    public async Task Server_that_is_still_starting_is_waited_for()
    {
        (_keystone.Refusals, _keystone.Busy) = (4, 3);
        Assert.False((await ApplyAsync(s_wanted)).Failed);
    }

    [Fact]
    public async Task Lists_that_Keystone_refuses_while_it_loads_its_policy_are_asked_for_again()
    {
        _keystone.Forbidding = 3;
        Assert.False((await ApplyAsync(s_wanted)).Failed);
    }

    [Fact]
    public async Task A_login_that_may_not_list_fails_in_the_end()
    {
        _keystone.Forbidding = int.MaxValue;
        Assert.Contains("You are not authorized", (await ApplyAsync(s_wanted)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_never_answers_fails_in_the_end()
    {
        _keystone.Refusals = int.MaxValue;
        var result = await ApplyAsync(s_wanted);
        Assert.Contains("Does Keystone run there?", result.Message);
    }

    [Fact]
    public async Task A_preview_before_an_installation_asks_nobody()
    {
        var cloud = s_wanted with
        {
            Resources = new()
            {
                Networks = [new("ctlplane", "ctlplane", 1500) { Subnets = [new("leaf", "192.168.24.0/24", "192.168.24.1")] }],
                Flavors = [new("baremetal", 4096, 1, 40)],
                KeyPairs = [new("default", "/root/.ssh/id_rsa")],
            },
        };
        var result = await Cloud().ApplyAsync(Manifest(cloud), 3, check: true, CancellationToken.None);
        Assert.False(result.Failed);
        Assert.Empty(result.Notes);
        Assert.Equal(0, _keystone.Requests);
        foreach (var (kind, name) in new[] { ("user", "ironic"), ("network", "ctlplane"), ("subnet", "leaf"), ("flavor", "baremetal"), ("key-pair", "default") })
            Assert.Contains(result.Changes, change => change.Kind == kind && change.Name == name && change.Action == "create");
        Assert.Empty(new OwnedStore(_host.Layout).Load().Cloud);
    }

    [Theory]
    [InlineData(true, false, 0)]
    [InlineData(true, true, 1)]
    [InlineData(false, true, 0)]
    public async Task A_preview_tells_a_password_to_no_address_that_is_not_the_nodes_own(bool begun, bool here, int least)
    {
        if (begun)
            _host.HasServices();
        _isHere = here;
        await Cloud().ApplyAsync(Manifest(s_wanted), 3, check: true, CancellationToken.None);
        Assert.Equal(least > 0, _keystone.Requests > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_preview_after_an_uninstall_that_kept_the_data_asks_nobody(bool isInstalled)
    {
        await ApplyAsync(s_wanted);
        var store = new OwnedStore(_host.Layout);
        store.Save(store.Load() with { Units = isInstalled ? ["undercloud-firewall.service"] : [] });
        var asked = _keystone.Requests;
        _isHere = false;
        Assert.Equal(!isInstalled, (await Cloud().ApplyAsync(Manifest(s_wanted), 3, check: true, CancellationToken.None)).Changed);
        Assert.Equal(isInstalled, _keystone.Requests > asked);
    }

    [Fact]
    public async Task A_preview_of_removals_tells_a_password_to_no_address_that_is_not_the_nodes_own()
    {
        new OwnedStore(_host.Layout).Save(new() { Hostname = new("new", "old") { Former = ["old"] } });
        _isHere = false;
        Assert.False((await Cloud().PruneAsync(Manifest(s_wanted), 3, check: true, CancellationToken.None)).Changed);
        Assert.Equal(0, _keystone.Requests);
    }

    [Fact]
    public void An_address_of_the_loopback_is_the_nodes_own()
    {
        Assert.True(LocalAddresses.Has(new("http://127.0.0.1:5000")));
        Assert.False(LocalAddresses.Has(new("http://192.0.2.1:5000")));
        Assert.False(LocalAddresses.Has(new("http://[2001:db8::1]:5000")));
        Assert.False(LocalAddresses.Has(new("http://undercloud.invalid:5000")));
    }

    [Fact]
    public async Task Preview_without_a_server_takes_it_for_empty()
    {
        _host.HasServices();
        _keystone.Refusals = int.MaxValue;
        var result = await Cloud().ApplyAsync(Manifest(s_wanted), 3, check: true, CancellationToken.None);
        Assert.False(result.Failed);
        Assert.Contains(result.Changes, change => change is { Kind: "user", Name: "ironic", Action: "create" });
        Assert.Single(result.Notes);
    }

    [Fact]
    public async Task Interrupted_run_is_continued_and_everything_is_owned()
    {
        for (var writes = 0; writes < 9; writes++)
        {
            _keystone.WritesLeft = 1;
            Assert.True((await ApplyAsync(s_wanted)).Failed);
        }

        _keystone.WritesLeft = int.MaxValue;
        Assert.False((await ApplyAsync(s_wanted)).Failed);
        await PruneAsync(new() { Login = s_wanted.Login });
        Assert.Single(_keystone.Objects["users"]);
        Assert.Empty(_keystone.Objects["endpoints"]);
    }

    [Fact]
    public async Task Object_that_others_made_again_is_theirs()
    {
        await ApplyAsync(s_wanted);
        _keystone.Named("users", "ironic")["id"] = "theirs";
        await ApplyAsync(s_wanted);
        await PruneAsync(new() { Login = s_wanted.Login });
        Assert.Equal(2, _keystone.Objects["users"].Count);
    }

    [Fact]
    public async Task Duplicates_are_reported()
    {
        await ApplyAsync(s_wanted);
        _keystone.Add("endpoints", _keystone.Objects["endpoints"][0].DeepClone().AsObject())["id"] = "zz";
        Assert.Contains("Keystone has 2 of the endpoint", Assert.Single((await ApplyAsync(s_wanted)).Notes));
    }

    [Fact]
    public async Task Refused_login_is_explained_without_the_password()
    {
        var result = await ApplyAsync(s_wanted with { Login = s_wanted.Login! with { Password = "wrong-one" } });
        Assert.Contains("refuses the login of admin", result.Message);
        Assert.DoesNotContain("wrong-one", result.Message);
    }

    private static NodeManifest Manifest(CloudManifest cloud) =>
        new() { Node = "n", Cloud = new Dictionary<int, CloudManifest> { [3] = cloud } };

    private NodeCloud Cloud() => new(_host.Layout, () => new Kept(_keystone), _ => _isHere, new JumpingTime());

    private Task<NodeResult> ApplyAsync(CloudManifest cloud) => Cloud().ApplyAsync(Manifest(cloud), 3, check: false, CancellationToken.None);

    private Task<NodeResult> PruneAsync(CloudManifest cloud) => Cloud().PruneAsync(Manifest(cloud), 3, check: false, CancellationToken.None);

    // The verb disposes of its handler; the server behind it lives on.
    private sealed class Kept(FakeKeystone keystone) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _invoker = new(keystone, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop) =>
            _invoker.SendAsync(request, stop);

        protected override void Dispose(bool disposing)
        {
            _invoker.Dispose();
            base.Dispose(disposing);
        }
    }
}
