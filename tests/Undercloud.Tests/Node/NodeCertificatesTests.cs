using System.Security.Cryptography.X509Certificates;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent.Certificates;
using Undercloud.Host.Agent.Files;

namespace Undercloud.Tests.Node;

public sealed class NodeCertificatesTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeHost _host = new();

    public NodeCertificatesTests()
    {
        _host.Answers["update-ca-certificates"] = () =>
        {
            File.WriteAllText(_host.Layout.TrustBundle, "others\n" + (File.Exists(Anchor) ? File.ReadAllText(Anchor) : ""));
            return "";
        };
        _host.Answers["podman container inspect"] = () => "true\n";
    }

    private string Authority => _host.At("authority/authority.pem");

    private string Anchor => _host.At("anchors/undercloud-ca.crt");

    private string Endpoint => _host.At("public/endpoint.pem");

    private CertificateEntry Entry => new(Endpoint, _host.Uid, _host.Gid, "0640", ["192.0.2.1", "cloud.example.org"], _host.At("authority"), Anchor)
    {
        ReloadContainer = "haproxy",
        ReloadSignal = "SIGUSR2",
    };

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task The_first_run_makes_authority_trust_and_certificate()
    {
        var result = await ApplyAsync(s_start, Entry);
        Assert.Equal(
            ["certificate authority create", "trust anchor create", "certificate create"],
            result.Changes.Select(change => $"{change.Kind} {change.Action}"));
        Assert.Equal("600", Mode(Authority));
        Assert.Equal("644", Mode(Anchor));
        Assert.Equal("640", Mode(Endpoint));
        Assert.DoesNotContain("PRIVATE KEY", File.ReadAllText(Anchor), StringComparison.Ordinal);
        Assert.True(Verifies(File.ReadAllText(Anchor), File.ReadAllText(Endpoint), s_start));
    }

    [Fact]
    public async Task The_certificate_is_for_its_hosts_and_belongs_to_its_key()
    {
        await ApplyAsync(s_start, Entry with { Hosts = ["cloud.example.org", "[2001:db8::1]", "", "cloud.example.org", "192.0.2.1"] });
        using var certificate = Read(Endpoint);
        Assert.True(certificate.HasPrivateKey);
        Assert.True(certificate.MatchesHostname("192.0.2.1"));
        Assert.True(certificate.MatchesHostname("2001:db8::1"));
        Assert.True(certificate.MatchesHostname("cloud.example.org"));
        Assert.False(certificate.MatchesHostname("other.example.org"));
        Assert.Equal("CN=cloud.example.org", certificate.Subject);
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        await ApplyAsync(s_start, Entry with { Hosts = ["[2001:db8::1]", "", "cloud.example.org"] });
        var before = File.ReadAllText(Endpoint);
        _host.Calls.Clear();
        var again = await ApplyAsync(s_start.AddDays(300), Entry with { Hosts = ["[2001:db8::1]", "", "cloud.example.org"] });
        Assert.Empty(again.Changes);
        Assert.Empty(_host.Calls);
        Assert.Equal(before, File.ReadAllText(Endpoint));
    }

    [Fact]
    public async Task A_certificate_is_renewed_in_its_last_thirty_days_and_only_its_user_reads_again()
    {
        await ApplyAsync(s_start, Entry);
        var (endpoint, authority) = (File.ReadAllText(Endpoint), File.ReadAllText(Authority));
        _host.Calls.Clear();
        var result = await ApplyAsync(s_start.AddDays(340), Entry);
        var change = Assert.Single(result.Changes);
        Assert.Equal("it expires on 2027-03-01", change.Reason);
        Assert.NotEqual(endpoint, File.ReadAllText(Endpoint));
        Assert.Equal(authority, File.ReadAllText(Authority));
        Assert.Equal(["podman container inspect --format '{{.State.Running}}' haproxy", "podman kill --signal SIGUSR2 haproxy"], _host.Calls);
    }

    [Fact]
    public async Task A_container_that_does_not_run_is_left_alone()
    {
        _host.Answers["podman container inspect"] = () => "false\n";
        await ApplyAsync(s_start, Entry);
        Assert.DoesNotContain(_host.Calls, call => call.Contains("kill", StringComparison.Ordinal));
        Assert.Empty((await ApplyAsync(s_start, Entry)).Changes);
    }

    [Fact]
    public async Task An_interrupted_reload_is_made_good_by_the_next_run()
    {
        _host.Answers["podman kill"] = () => throw new IOException("interrupted");
        Assert.True((await ApplyAsync(s_start, Entry)).Failed);
        _host.Answers.Remove("podman kill");
        _host.Calls.Clear();
        await ApplyAsync(s_start, Entry);
        Assert.Contains("podman kill --signal SIGUSR2 haproxy", _host.Calls);
        Assert.Equal([Endpoint], Directory.GetFiles(_host.At("public")));
    }

    [Fact]
    public async Task Other_hosts_take_another_certificate()
    {
        await ApplyAsync(s_start, Entry);
        var result = await ApplyAsync(s_start, Entry with { Hosts = ["192.0.2.9"] });
        Assert.Equal("it is for 192.0.2.1, cloud.example.org", Assert.Single(result.Changes).Reason);
        using var certificate = Read(Endpoint);
        Assert.True(certificate.MatchesHostname("192.0.2.9"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task A_certificate_that_cannot_be_read_is_made_anew(string text)
    {
        await ApplyAsync(s_start, Entry);
        File.WriteAllText(Endpoint, text);
        Assert.Equal("it holds no certificate with its key", Assert.Single((await ApplyAsync(s_start, Entry)).Changes).Reason);
        Assert.True(Verifies(File.ReadAllText(Anchor), File.ReadAllText(Endpoint), s_start));
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_made_anew()
    {
        await ApplyAsync(s_start, Entry);
        using var other = CertificateAuthority.Create(s_start);
        File.WriteAllText(Endpoint, other.Issue(CertificateText.Hosts(Entry), s_start));
        Assert.Equal("another authority signed it", Assert.Single((await ApplyAsync(s_start, Entry)).Changes).Reason);
    }

    [Fact]
    public async Task A_renewed_authority_is_trusted_by_who_trusts_the_old_one()
    {
        await ApplyAsync(s_start, Entry);
        var old = File.ReadAllText(Anchor);
        var late = s_start.AddDays(3650 - 380);
        await ApplyAsync(late, Entry);
        Assert.NotEqual(old, File.ReadAllText(Anchor));
        Assert.True(Verifies(old, File.ReadAllText(Endpoint), late));
        Assert.True(Verifies(File.ReadAllText(Anchor), File.ReadAllText(Endpoint), late));
        Assert.Contains(File.ReadAllText(Anchor), File.ReadAllText(_host.Layout.TrustBundle), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_that_cannot_be_read_is_never_replaced()
    {
        await ApplyAsync(s_start, Entry);
        File.WriteAllText(Authority, "damaged");
        var result = await ApplyAsync(s_start, Entry);
        Assert.True(result.Failed);
        Assert.Contains("Restore it from a backup", result.Message, StringComparison.Ordinal);
        Assert.Equal("damaged", File.ReadAllText(Authority));
    }

    [Fact]
    public async Task Trust_that_was_taken_away_comes_back()
    {
        await ApplyAsync(s_start, Entry);
        File.WriteAllText(_host.Layout.TrustBundle, "others\n");
        Assert.Equal("the host does not trust it", Assert.Single((await ApplyAsync(s_start, Entry)).Changes).Reason);
        Assert.Empty((await ApplyAsync(s_start, Entry)).Changes);
    }

    [Fact]
    public async Task A_check_says_what_would_be_and_writes_nothing()
    {
        var result = await new NodeCertificates(_host.Layout, _host, new FixedTime(s_start)).ApplyAsync(Manifest(Entry), check: true, CancellationToken.None);
        Assert.Equal(3, result.Changes.Count);
        Assert.False(File.Exists(Authority) || File.Exists(Anchor) || File.Exists(Endpoint) || Directory.Exists(_host.Layout.StateDirectory));
        Assert.Empty(_host.Calls);
    }

    [Fact]
    public async Task What_is_no_longer_wanted_goes_with_the_trust_and_the_authority_stays()
    {
        await ApplyAsync(s_start, Entry);
        _host.Calls.Clear();
        var result = await new NodeFiles(_host.Layout, _host).PruneAsync(Manifest(), purge: false, check: false, CancellationToken.None);
        Assert.Equal([Anchor, Endpoint], result.Changes.Select(change => change.Name).Order(StringComparer.Ordinal));
        Assert.False(File.Exists(Anchor) || File.Exists(Endpoint));
        Assert.True(File.Exists(Authority));
        Assert.Equal(["update-ca-certificates --fresh"], _host.Calls);
        Assert.Empty((await new NodeFiles(_host.Layout, _host).PruneAsync(Manifest(), purge: false, check: true, CancellationToken.None)).Changes);
    }

    [Fact]
    public async Task Files_that_nobody_recorded_stay()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Anchor)!);
        File.WriteAllText(Anchor, "another tool's");
        Directory.CreateDirectory(_host.Layout.StateDirectory);
        await new NodeFiles(_host.Layout, _host).PruneAsync(Manifest(), purge: false, check: false, CancellationToken.None);
        Assert.True(File.Exists(Anchor));
    }

    private static NodeManifest Manifest(params CertificateEntry[] certificates) => new() { Node = "n", Certificates = certificates };

    private Task<NodeResult> ApplyAsync(DateTimeOffset now, CertificateEntry entry) =>
        new NodeCertificates(_host.Layout, _host, new FixedTime(now)).ApplyAsync(Manifest(entry), check: false, CancellationToken.None);

    private static string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);

    private static X509Certificate2 Read(string path) => X509Certificate2.CreateFromPem(File.ReadAllText(path), File.ReadAllText(path));

    private static bool Verifies(string authority, string certificate, DateTimeOffset when)
    {
        using var root = X509Certificate2.CreateFromPem(authority);
        using var leaf = X509Certificate2.CreateFromPem(certificate);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = when.UtcDateTime;
        return chain.Build(leaf);
    }
}
