using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Undercloud.Config;
using Undercloud.Deploy.Ansible;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Deploy;

/// <summary>TLS at the public endpoints, with the tool's own templates.</summary>
public sealed class PublicTlsTests
{
    private const string Off = "generate_service_certificate = false\n";

    [Fact]
    public void By_default_the_host_makes_a_certificate_for_the_public_endpoint()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs());
        Assert.Empty(result.Findings());
        var certificate = Assert.Single(Manifest(result).Certificates);
        Assert.Equal(["192.168.24.2", "192.168.24.2"], certificate.Hosts);
        Assert.Equal("https://192.168.24.2:13000", PublicUrl(result));
        Assert.Contains("OS_AUTH_URL='https://192.168.24.2:13000'", result.TextFile("stackrc").Content, StringComparison.Ordinal);
        Assert.Contains($"OS_CACERT='{certificate.TrustAnchor}'", result.TextFile("stackrc").Content, StringComparison.Ordinal);
        Assert.Contains("undercloud-certificates.timer", Manifest(result).Files.EnabledUnits);
        var playbook = AnsibleProject.Write(result.Plan!, new("/t", "/a")).Single(file => file.Path == AnsibleProject.Playbook);
        Assert.Contains("Make certificates", playbook.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void HAProxy_serves_it_from_the_internal_endpoint()
    {
        var lines = Haproxy(StackPlanner.Plan(CollectionPlan.Inputs()), "listen keystone");
        Assert.Equal(
            [
                "bind fd@8 ssl crt /etc/haproxy/certificates/endpoint.pem", "http-request set-header X-Forwarded-Proto https",
                "server internal 192.168.24.3:5000",
            ],
            lines);
    }

    [Fact]
    public void Systemd_listens_at_the_public_endpoints_in_the_order_in_which_HAProxy_takes_the_sockets()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs());
        var haproxy = result.Plan!.Nodes[0].Containers.SelectMany(step => step.Value).Single(spec => spec.Name == "haproxy");
        Assert.Contains("192.168.24.2:13000", haproxy.Listen);
        var sections = result.TextFile("haproxy.cfg").Content.Split("\n\n").Where(section => section.Contains("fd@", StringComparison.Ordinal)).ToList();
        Assert.Equal(haproxy.Listen.Length, sections.Count);
        for (var index = 0; index < sections.Count; index++)
            Assert.Contains($"bind fd@{index + 3} ssl crt", sections[index], StringComparison.Ordinal);
        Assert.Contains("listen keystone\n", sections[haproxy.Listen.IndexOf("192.168.24.2:13000")], StringComparison.Ordinal);
    }

    [Fact]
    public void The_statistics_are_for_the_node_alone() =>
        Assert.Contains("bind 127.0.0.1:1993", Haproxy(StackPlanner.Plan(CollectionPlan.Inputs()), "listen stats"));

    [Fact]
    public void With_TLS_a_service_does_not_listen_at_the_public_address()
    {
        Assert.Equal(["192.168.24.1:5000", "192.168.24.3:5000"], Sockets(""));
        Assert.Equal(["192.168.24.1:5000"], Sockets(Off));
    }

    [Fact]
    public void Without_TLS_there_is_nothing_of_it()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs(Off));
        Assert.Empty(result.Findings());
        Assert.Equal("http://192.168.24.1:5000", PublicUrl(result));
        var text = PlanJson.Write(result.Plan!);
        foreach (var trace in new[] { "haproxy", "keepalived", "vrrp", "192.168.24.2\"", "192.168.24.3", "192.168.24.2:", "https:", "certificates/", "OS_CACERT", "undercloud-certificates" })
            Assert.DoesNotContain(trace, text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("local_ip = 10.0.0.1/24\nundercloud_public_host = 10.9.9.9\nundercloud_admin_host = cloud.example.org\n", "10.0.0.0/24", "10.0.0.1", "10.0.0")]
    [InlineData("local_ip = fd00::1/64\n", "fd00::/64", "[fd00::1]", "fd00:")]
    public void Without_TLS_all_endpoints_are_at_local_ip(string options, string cidr, string host, string network)
    {
        var file = $"{Off}{options}[ctlplane-subnet]\ncidr = {cidr}\ngateway = {host.Trim('[', ']')}\ninspection_iprange = {network}{(host[0] == '[' ? ":" : ".")}64,{network}{(host[0] == '[' ? ":" : ".")}6e\n";
        var result = StackPlanner.Plan(CollectionPlan.Inputs(host[0] == '[' ? file : file.Replace(".6e", ".100", StringComparison.Ordinal)));
        Assert.Empty(result.Findings());
        var endpoints = Manifest(result).Cloud.Values.SelectMany(cloud => cloud.Services).SelectMany(service => service.Endpoints.Values).ToList();
        Assert.True(endpoints.Count > 20);
        Assert.All(endpoints, endpoint => Assert.StartsWith($"http://{host}:", endpoint, StringComparison.Ordinal));
        Assert.Contains($"OS_AUTH_URL='http://{host}:5000'", result.TextFile("stackrc").Content, StringComparison.Ordinal);
        Assert.Single(Manifest(result).Network.Interfaces.SelectMany(entry => entry.Addresses));
        var containers = result.Plan!.Nodes[0].AllContainers.Select(container => container.Name);
        Assert.DoesNotContain(containers, name => name is "haproxy" or "keepalived");
    }

    [Fact]
    public void An_own_certificate_is_the_one_that_HAProxy_has()
    {
        var certificate = OwnCertificate();
        var inputs = CollectionPlan.Inputs("undercloud_service_certificate = /etc/own.pem\n");
        var result = StackPlanner.Plan(inputs with { Surroundings = inputs.Surroundings with { Certificate = certificate } });
        Assert.Empty(result.Findings());
        Assert.Empty(Manifest(result).Certificates);
        var file = result.TextFile("endpoint.pem");
        Assert.Equal(certificate.Certificate + certificate.Key.Reveal(), file.Content);
        Assert.Equal("0640", file.Mode);
        Assert.Equal("https://192.168.24.2:13000", PublicUrl(result));
        Assert.DoesNotContain("OS_CACERT", result.TextFile("stackrc").Content, StringComparison.Ordinal);
        Assert.Contains(certificate.Key.Reveal(), result.Secrets);
    }

    [Fact]
    public void Another_own_certificate_is_another_configuration_of_HAProxy_alone()
    {
        var inputs = CollectionPlan.Inputs("undercloud_service_certificate = /etc/own.pem\n");
        var (one, other) = (Hashes(), Hashes());
        Assert.Equal(["haproxy"], one.Keys.Where(name => one[name] != other[name]));

        Dictionary<string, string?> Hashes() =>
            StackPlanner.Plan(inputs with { Surroundings = inputs.Surroundings with { Certificate = OwnCertificate() } })
                .Plan!.Nodes[0].AllContainers
                .ToDictionary(container => container.Name, container => container.ConfigHash);
    }

    [Fact]
    public void A_public_host_given_by_name_has_name_and_address_in_its_certificate()
    {
        var inputs = CollectionPlan.Inputs("undercloud_public_host = cloud.example.org\n");
        var addresses = ImmutableDictionary<string, ImmutableArray<IPAddress>>.Empty.Add("cloud.example.org", [IPAddress.Parse("192.168.24.77")]);
        var result = StackPlanner.Plan(inputs with { Surroundings = inputs.Surroundings with { Addresses = addresses } });
        Assert.Equal(["cloud.example.org", "192.168.24.77"], Assert.Single(Manifest(result).Certificates).Hosts);
        Assert.Equal("https://cloud.example.org:13000", PublicUrl(result));
        Assert.Contains("192.168.24.77:13000", result.Plan!.Nodes[0].Containers.SelectMany(step => step.Value).Single(spec => spec.Name == "haproxy").Listen);
    }

    [Fact]
    public void An_operator_sets_keywords_of_every_section()
    {
        const string Own = "parameter_defaults: {HAProxyConfigOverrides: {haproxy.cfg: {defaults: {timeout client: 5m}, listen keystone: {timeout server: 9m}}}}\n";
        var result = StackPlanner.Plan(CollectionPlan.Inputs() with { Environments = [new("own.yaml", Own)] });
        Assert.Empty(result.Findings());
        Assert.Contains("timeout client 5m", Haproxy(result, "defaults"));
        Assert.Contains("timeout server 9m", Haproxy(result, "listen keystone"));
    }

    [Fact]
    public void A_role_whose_HAProxy_is_mapped_away_is_warned_about()
    {
        var without = CollectionPlan.Inputs() with { Environments = [new("own.yaml", "resource_registry: {'OS::TripleO::Services::HAproxy': OS::Heat::None}\n")] };
        Assert.Contains(StackPlanner.Plan(without).Findings(), finding => finding.Contains("PLAN013", StringComparison.Ordinal));
    }

    private static ServiceCertificate OwnCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=own", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
        return ServiceCertificate.TryRead(certificate.ExportCertificatePem() + "\n" + key.ExportECPrivateKeyPem() + "\n")!;
    }

    private static NodeManifest Manifest(PlanningResult result)
    {
        Assert.True(result.Plan is not null, string.Join('\n', result.Findings()));
        return result.Plan.Nodes[0].Manifest;
    }

    private static string PublicUrl(PlanningResult result) => Manifest(result).Cloud[Planner.IdentityStep].Services.Single(s => s.Type == "identity").Endpoints["public"];

    private static string[] Sockets(string config) =>
        [.. StackPlanner.Plan(CollectionPlan.Inputs(config)).Plan!.Nodes[0].Containers.SelectMany(step => step.Value).Single(spec => spec.Name == "keystone").Listen];

    private static string[] Haproxy(PlanningResult result, string section) =>
        [.. result.TextFile("haproxy.cfg").Content.Split('\n').SkipWhile(line => line != section).Skip(1).TakeWhile(line => line.StartsWith(' ')).Select(line => line.Trim())];
}
