using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Plans;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Deploy;

public sealed class PlannerTests
{
    private static readonly string s_id = new('a', 64);

    private const string Keystone = """
        {
          "service_name": "keystone",
          "config_overrides": {"keystone.conf": {"token": {"expiration": 3600}}},
          "databases": [{"name": "keystone", "user": "keystone", "password": "pass'word"}],
          "state_directories": [{"path": "/var/log/containers/keystone", "owner": "keystone", "group": "keystone", "mode": "0750"}],
          "config_files": {"keystone": {
            "/etc/keystone/keystone.conf": {"group": "keystone", "mode": "0640",
              "ini": {"DEFAULT": {"debug": true}, "token": {"provider": "fernet", "expiration": 14400}}},
            "/etc/keystone/fernet-keys": {"group": "keystone", "mode": "0640", "directory_mode": "0750",
              "files": {"/etc/keystone/fernet-keys/0": {"content": "zero"}, "/etc/keystone/fernet-keys/1": {"content": "one"}}}}},
          "container_config": {"step_3": {"keystone": {"image": "keystone:zed",
            "volumes": ["/var/lib/config-data/keystone/etc/keystone/keystone.conf:/etc/keystone/keystone.conf:ro",
                        "/var/lib/config-data/keystone/etc/keystone/fernet-keys:/etc/keystone/fernet-keys:ro"]}}},
          "cloud_login": {"url": "http://192.168.24.1:5000", "user": "admin", "password": "secret", "project": "admin"},
          "keystone_resources": {"keystone": {"service": "identity", "endpoints": {"public": "http://192.168.24.2:5000"}}}
        }
        """;

    private const string Mysql = """
        {
          "service_name": "mysql",
          "config_files": {"mysql": {"/etc/mysql/databases.sql": {"mode": "0600", "databases": {"root_password": "root"}}}},
          "container_config": {"step_1": {"mysql": {"image": "mariadb:zed"}},
                               "step_2": {"mysql_databases": {"image": "mariadb:zed",
                                 "volumes": ["/var/lib/config-data/mysql/etc/mysql/databases.sql:/etc/mysql/databases.sql:ro"]}}}
        }
        """;

    [Fact]
    public void A_config_file_lies_in_its_volume_with_the_numbers_of_its_owners()
    {
        var file = Planned(Keystone).Nodes[0].Manifest.Files.Files.Single(f => f.Path == "/var/lib/config-data/keystone/etc/keystone/keystone.conf");
        Assert.Equal((0, 42425, "0640"), (file.Uid, file.Gid, file.Mode));
        Assert.Equal("[DEFAULT]\ndebug = true\n\n[token]\nprovider = fernet\nexpiration = 3600\n", file.Content);
    }

    [Fact]
    public void Keys_given_as_path_to_content_become_files_in_a_directory_of_their_mode()
    {
        var files = Planned(Keystone).Nodes[0].Manifest.Files;
        Assert.Equal("one", files.Files.Single(f => f.Path.EndsWith("/fernet-keys/1", StringComparison.Ordinal)).Content);
        var directory = files.Directories.Single(d => d.Path.EndsWith("/fernet-keys", StringComparison.Ordinal));
        Assert.Equal(("0750", 42425), (directory.Mode, directory.Gid));
    }

    [Fact]
    public void A_container_that_is_null_is_left_out()
    {
        var step = Planned("""{"service_name": "s", "container_config": {"step_4": {"there": {"image": "i"}, "not_there": null}}}""").Nodes[0].ContainersOf(4);
        Assert.Equal(["there"], step.Select(spec => spec.Name));
    }

    [Fact]
    public void The_databases_of_all_services_are_made_by_one_file()
    {
        var sql = Planned(Mysql, Keystone).Nodes[0].Manifest.Files.Files.Single(f => f.Path.EndsWith("databases.sql", StringComparison.Ordinal)).Content;
        Assert.Contains("CREATE DATABASE IF NOT EXISTS `keystone`", sql);
        Assert.Contains("IDENTIFIED BY 'pass''word'", sql);
    }

    [Fact]
    public void HAProxy_serves_the_public_endpoint_of_any_service_that_has_TLS()
    {
        const string Proxy = """
            {"service_name": "haproxy", "config_files": {"haproxy": {"/etc/haproxy/haproxy.cfg": {
              "public_endpoints": {"address": "[2001:db8::2]", "certificate": "/c.pem"}, "haproxy": {"defaults": {"mode": "http", "option": ["httplog", "forwardfor"], "off": false, "no log": true}}}}}}
            """;
        const string Heat = """
            {"service_name": "heat", "keystone_resources": {
              "heat": {"service": "orchestration", "endpoints": {"public": "https://cloud:13004/v1/%(tenant_id)s", "internal": "http://[2001:db8::3]:8004/v1/%(tenant_id)s"}},
              "plain": {"service": "plain", "endpoints": {"public": "http://cloud:80", "internal": "http://[2001:db8::3]:80"}}}}
            """;
        Assert.Equal(
            """
            defaults
                mode http
                option httplog
                option forwardfor
                no log

            listen heat
                bind fd@3 ssl crt /c.pem
                http-request set-header X-Forwarded-Proto https
                server internal [2001:db8::3]:8004

            """,
            Planned(Proxy, Heat).Nodes[0].Manifest.Files.Files.Single(f => f.Path.EndsWith("haproxy.cfg", StringComparison.Ordinal)).Content);
    }

    [Fact]
    public void A_container_carries_the_hash_of_what_it_mounts_and_of_nothing_else()
    {
        var before = Container(Planned(Mysql, Keystone), 3, "keystone");
        var other = Container(Planned(Mysql.Replace("\"root\"", "\"other\""), Keystone), 3, "keystone");
        var changed = Container(Planned(Mysql, Keystone.Replace("\"debug\": true", "\"debug\": false")), 3, "keystone");
        Assert.Equal(before["config_hash"], other["config_hash"]);
        Assert.NotEqual(before["config_hash"], changed["config_hash"]);
        Assert.Null(Container(Planned(Mysql), 1, "mysql")["config_hash"]);
    }

    [Fact]
    public void Addresses_of_an_interface_that_another_service_makes_a_port_go_to_its_bridge()
    {
        const string Host = """{"service_name": "host", "network": {"interfaces": [{"name": "eth1", "addresses": ["192.168.24.1/24"], "mtu": 1400}]}}""";
        const string Switch = """{"service_name": "switch", "network": {"bridges": [{"name": "br", "ports": ["eth1"], "datapath": "netdev"}]}}""";
        static string Shown(DeploymentPlan plan) =>
            string.Join("; ", plan.Nodes[0].Manifest.Network.Interfaces.Select(entry => $"{entry.Name} {entry.Mtu} {string.Join(',', entry.Addresses)}"));
        Assert.Equal("eth1 1400 192.168.24.1/24", Shown(Planned(Host)));
        Assert.Equal("eth1 1400 ; br 1400 192.168.24.1/24", Shown(Planned(Host, Switch)));
        Assert.Equal("netdev", Planned(Host, Switch).Nodes[0].Manifest.Network.Bridges.Single().Datapath);
    }

    [Fact]
    public void A_container_is_pinned_to_the_image_id_of_the_moment()
    {
        var plan = Planned(Keystone);
        Assert.Equal(s_id, Container(plan, 3, "keystone")["image_id"]);
        Assert.Equal(s_id, plan.Images["keystone:zed"]);
    }

    [Fact]
    public void Endpoints_are_made_after_the_step_of_keystone()
    {
        var cloud = Planned(Keystone).Nodes[0].Manifest.Cloud[Planner.IdentityStep];
        Assert.Equal("http://192.168.24.2:5000", cloud.Services.Single().Endpoints["public"]);
        Assert.Equal(["admin", "service"], cloud.Roles);
    }

    [Fact]
    public void A_plan_read_back_from_its_text_is_the_same_plan()
    {
        var plan = Planned(Mysql, Keystone);
        Assert.Equal(plan.Hash, PlanJson.Read(PlanJson.Write(plan)).Hash);
    }

    [Fact]
    public void Two_services_that_want_different_values_for_one_option_are_named()
    {
        var other = Keystone.Replace("\"service_name\": \"keystone\"", "\"service_name\": \"barbican\"").Replace("fernet\", \"exp", "jws\", \"exp").Replace("\"keystone\": {\"image\"", "\"barbican\": {\"image\"");
        Assert.Contains(Findings(Keystone, other), text => text.Contains("[token] provider: keystone and barbican want different values", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"service_name": "x", "databses": []}""", "Did you mean 'databases'?")]
    [InlineData("""{"service_name": "x", "container_config": {"step_7": {}}}""", "Steps are step_1 to step_5")]
    [InlineData("""{"service_name": "x", "host_files": {"etc/x": {"text": ""}}}""", "not an absolute path")]
    [InlineData("""{"service_name": "x", "host_files": {"/etc/x": {"owner": "nobody", "text": ""}}}""", "nobody, which has no number")]
    [InlineData("""{"service_name": "x", "host_files": {"/etc/x": {"mode": "0644"}}}""", "has no content, or more than one")]
    [InlineData("""{"service_name": "x", "packages": {"a": 1}}""", "x.packages must be a list, not map")]
    public void What_does_not_fit_the_contract_is_reported_with_service_and_key(string service, string expected) =>
        Assert.Contains(Findings(service), text => text.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void A_service_mapped_to_none_is_no_part_of_the_plan() => Assert.Equal(["mysql"], Planned("null", Mysql).Nodes[0].Services);

    private static MapValue Container(DeploymentPlan plan, int step, string name) => ContainerSpecWriter.Write(plan.Nodes[0].ContainersOf(step).Single(spec => spec.Name == name));

    private static DeploymentPlan Planned(params string[] services)
    {
        var diagnostics = new DiagnosticBag();
        var plan = Plan(services, diagnostics);
        Assert.Empty(diagnostics.All);
        return plan;
    }

    private static IEnumerable<string> Findings(params string[] services)
    {
        var diagnostics = new DiagnosticBag();
        Plan(services, diagnostics);
        return diagnostics.All.Select(d => d.ToString());
    }

    private static DeploymentPlan Plan(string[] services, DiagnosticBag diagnostics) => Planner.Plan(
        RoleDataReader.Read(new ListValue([.. services.Select(CanonicalJson.Read)]), diagnostics),
        new("undercloud", "zed", "undercloud", "Undercloud", new Dictionary<string, string> { ["keystone:zed"] = s_id }, []),
        diagnostics);
}
