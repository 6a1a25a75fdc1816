using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent.Cloud;
using Undercloud.Host.Agent.Files;

namespace Undercloud.Tests.Node;

/// <summary>Whether passwords still are the wanted ones, by tokens of earlier logins.</summary>
public sealed class KeptTokensTests : IDisposable
{
    private static readonly CloudManifest s_wanted = new()
    {
        Login = new("http://k:5000/v3/", "admin", "secret", "admin"),
        Users = [new("ironic", "pw", "service", ["admin"]), new("glance", "pw2", "service", ["admin"])],
    };

    private readonly FakeHost _host = new();
    private readonly FakeCloud _cloud = new();

    private FakeKeystone Keystone => _cloud.Keystone;

    private string TokensFile => _host.Layout.TokensFile;

    public void Dispose()
    {
        _host.Dispose();
        _cloud.Dispose();
    }

    [Fact]
    public async Task A_password_is_tried_by_a_login_once_and_then_by_the_token_of_that_login()
    {
        await ApplyAsync();
        Assert.False((await CheckAsync()).Changed);
        Assert.Equal(["glance", "ironic"], Keystone.Logins.Where(user => user != "admin").Order());
        Keystone.Logins.Clear();
        Assert.False((await CheckAsync()).Changed);
        Assert.False((await ApplyAsync()).Changed);
        Assert.Empty(Keystone.Logins);
    }

    [Fact]
    public async Task A_password_that_was_set_by_somebody_else_is_found_though_a_token_is_kept()
    {
        await KeepAsync();
        Keystone.Named("users", "ironic")["password"] = "other";
        var change = Assert.Single((await CheckAsync()).Changes);
        Assert.Equal(("user", "ironic", "update", "password differs"), (change.Kind, change.Name, change.Action, change.Reason));
        await ApplyAsync();
        Assert.Equal("pw", Keystone.Named("users", "ironic")["password"]!.ToString());
        Assert.False((await CheckAsync()).Changed);
    }

    [Fact]
    public async Task A_token_proves_only_the_password_of_its_login()
    {
        await KeepAsync();
        var changes = (await CheckAsync(s_wanted with { Users = [s_wanted.Users[0] with { Password = "new" }, s_wanted.Users[1]] })).Changes;
        Assert.Equal("ironic", Assert.Single(changes).Name);
    }

    [Fact]
    public async Task A_user_made_anew_under_the_same_name_is_tried_by_a_login()
    {
        await KeepAsync();
        var user = Keystone.Named("users", "ironic");
        (user["id"], user["password"]) = ("another", "other");
        Assert.Contains((await CheckAsync()).Changes, change => change is { Kind: "user", Name: "ironic", Reason: "password differs" });
    }

    [Fact]
    public async Task A_token_that_ends_soon_is_no_proof()
    {
        Keystone.TokenLife = TimeSpan.FromMinutes(5);
        await KeepAsync();
        Assert.False((await CheckAsync()).Changed);
        Assert.Equal(["admin", "glance", "ironic"], Keystone.Logins.Order());
    }

    [Fact]
    public async Task A_disabled_user_is_enabled_whatever_its_token()
    {
        await KeepAsync();
        Keystone.Named("users", "glance")["enabled"] = false;
        Assert.Equal("was disabled", Assert.Single((await CheckAsync()).Changes).Reason);
    }

    [Fact]
    public async Task The_administrator_logs_in_again_when_the_kept_token_was_revoked()
    {
        await KeepAsync();
        Keystone.Named("users", "admin")["password"] = "moved";
        Assert.Contains("refuses the login of admin", (await CheckAsync()).Message);
        Keystone.Named("users", "admin")["password"] = "secret";
        Assert.False((await CheckAsync()).Failed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"http://k:5000 admin admin\": null}")]
    public async Task A_damaged_file_of_tokens_only_costs_logins(string text)
    {
        await KeepAsync();
        File.WriteAllText(TokensFile, text);
        Assert.False((await CheckAsync()).Changed);
        Assert.Equal(["admin", "glance", "ironic"], Keystone.Logins.Order());
    }

    [Fact]
    public async Task Tokens_are_roots_alone_and_no_password_is_kept()
    {
        await KeepAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(TokensFile));
        Assert.DoesNotContain("pw2", File.ReadAllText(TokensFile));
    }

    [Fact]
    public async Task Tokens_are_forgotten_with_a_user_that_goes_and_by_an_uninstall()
    {
        await KeepAsync();
        await Cloud().PruneAsync(Manifest(s_wanted with { Users = [s_wanted.Users[0]] }), 3, check: false, CancellationToken.None);
        Assert.False(File.Exists(TokensFile));
        await CheckAsync(s_wanted with { Users = [s_wanted.Users[0]] });
        Assert.True(File.Exists(TokensFile));
        var files = new NodeFiles(_host.Layout, _host);
        await files.PruneAsync(new() { Node = "n" }, purge: false, check: true, CancellationToken.None);
        Assert.True(File.Exists(TokensFile));
        await files.PruneAsync(new() { Node = "n" }, purge: false, check: false, CancellationToken.None);
        Assert.False(File.Exists(TokensFile));
    }

    // The state after an install and a check of it.
    private async Task KeepAsync()
    {
        await ApplyAsync();
        await CheckAsync();
        Keystone.Logins.Clear();
    }

    private static NodeManifest Manifest(CloudManifest cloud) => new() { Node = "n", Cloud = new Dictionary<int, CloudManifest> { [3] = cloud } };

    private NodeCloud Cloud() => new(_host.Layout, () => new Kept(_cloud), _ => true, TimeProvider.System);

    private async Task<NodeResult> ApplyAsync()
    {
        var result = await Cloud().ApplyAsync(Manifest(s_wanted), 3, check: false, CancellationToken.None);
        Assert.False(result.Failed, result.Message);
        return result;
    }

    private Task<NodeResult> CheckAsync(CloudManifest? cloud = null) => Cloud().ApplyAsync(Manifest(cloud ?? s_wanted), 3, check: true, CancellationToken.None);
}
