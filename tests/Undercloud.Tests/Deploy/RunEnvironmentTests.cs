using Undercloud.Config;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Deploy;

public sealed class RunEnvironmentTests
{
    [Fact]
    public void Raw_hieradata_reaches_the_files_of_services()
    {
        var result = Plan("keystone::token_expiration: 60\nkeystone::config::keystone_config:\n  ec2/driver: {value: sql}\nmysql_max_connections: 99\n");
        Assert.Empty(result.Findings());
        Assert.Contains("expiration = 60", result.Section("keystone.conf", "token"));
        Assert.Equal(["driver = sql"], result.Section("keystone.conf", "ec2"));
        Assert.Contains("max_connections = 99", result.Section("99-undercloud.cnf", "mysqld"));
    }

    [Fact]
    public void The_hardening_of_HAProxy_in_Red_Hats_guide_reaches_its_file()
    {
        var result = Plan("tripleo::haproxy::ssl_cipher_suite: ECDHE-RSA-AES256-GCM-SHA384:!DSS\ntripleo::haproxy::ssl_options: no-sslv3 no-tls-tickets\n");
        Assert.Empty(result.Findings());
        var lines = result.Section("haproxy.cfg").TakeWhile(line => line != "defaults").ToArray();
        Assert.Contains("    ssl-default-bind-ciphers ECDHE-RSA-AES256-GCM-SHA384:!DSS", lines);
        Assert.Equal(["    ssl-default-bind-options no-sslv3 no-tls-tickets"], lines.Where(line => line.Contains("bind-options", StringComparison.Ordinal)));
    }

    [Fact]
    public void Rules_of_the_firewall_in_hieradata_reach_the_plan_and_those_of_an_environment_win()
    {
        const string Hieradata = "tripleo::firewall::firewall_rules:\n  300 web: {dport: [80, 443], proto: tcp, action: accept}\n  301 snmp: {dport: 161, proto: udp, source: 10.0.0.0/8, state: [NEW]}\n";
        var result = Plan(Hieradata);
        Assert.Empty(result.Findings());
        var rules = result.Section("firewall.nft").Select(line => line.Trim()).ToList();
        Assert.Contains("tcp dport { 80, 443 } accept comment \"300 web\"", rules);
        Assert.Contains("ip saddr 10.0.0.0/8 udp dport 161 accept comment \"301 snmp\"", rules);
        Assert.Contains("tcp dport 8080 accept comment \"300 web\"", Plan(Hieradata, "parameter_defaults: {ExtraFirewallRules: {300 web: {dport: 8080}}}\n").Section("firewall.nft").Select(line => line.Trim()));
    }

    [Fact]
    public void Hieradata_for_HAProxy_without_TLS_is_said_to_have_no_effect()
    {
        var inputs = CollectionPlan.Inputs("generate_service_certificate = false\n") with { Hieradata = new("h.yaml", "tripleo::haproxy::ssl_options: x\ntripleo::haproxy::haproxy_stats_user: y\n") };
        var finding = Assert.Single(StackPlanner.Plan(inputs).Findings());
        Assert.Contains("HIERA003", finding, StringComparison.Ordinal);
        Assert.Contains("tripleo::haproxy::ssl_options (h.yaml:1: haproxy.cfg)", finding, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_hieradata_may_be_an_environment()
    {
        var result = Plan("parameter_defaults:\n  UndercloudExtraConfig:\n    keystone::token_expiration: 60\n  KeystoneWorkers: 3\n");
        Assert.Empty(result.Findings());
        Assert.Contains("expiration = 60", result.Section("keystone.conf", "token"));
        Assert.Contains("processes = 3", result.Section("keystone-uwsgi.ini", "uwsgi"));
    }

    [Theory]
    [InlineData("ExtraConfig")]
    [InlineData("UndercloudExtraConfig")]
    [InlineData("undercloudExtraConfig")]
    public void Extra_configuration_in_an_environment_is_hieradata(string parameter)
    {
        var result = Plan(null, $"parameter_defaults:\n  {parameter}: {{'keystone::token_expiration': 60}}\n");
        Assert.Empty(result.Findings());
        Assert.Contains("expiration = 60", result.Section("keystone.conf", "token"));
    }

    [Fact]
    public void Each_level_wins_over_the_one_before()
    {
        // In the order of rising strength; each is there together with all before it.
        string?[] hieradata = [null, null, "keystone::token_expiration: 3", "keystone::token_expiration: 3", "keystone::token_expiration: 3"];
        string[] custom =
        [
            "ExtraConfig: {'keystone::token_expiration': 1}", "undercloudExtraConfig: {'keystone::token_expiration': 2}", "RoleName: Undercloud",
            "UndercloudExtraConfig: {'keystone::token_expiration': 4}", "KeystoneConfigOverrides: {keystone.conf: {token: {expiration: 5}}}",
        ];
        for (var level = 0; level < custom.Length; level++)
        {
            var result = Plan(hieradata[level], "parameter_defaults:\n" + string.Concat(custom.Take(level + 1).Select(line => $"  {line}\n")));
            Assert.Contains($"expiration = {level + 1}", result.Section("keystone.conf", "token"));
        }
    }

    [Fact]
    public void Overrides_in_the_environment_of_hieradata_win_over_hieradata() => Assert.Contains(
        "expiration = 7",
        Plan("parameter_defaults:\n  UndercloudExtraConfig: {'keystone::token_expiration': 60}\n  KeystoneConfigOverrides: {keystone.conf: {token: {expiration: 7}}}\n")
            .Section("keystone.conf", "token"));

    [Fact]
    public void Unknown_keys_are_one_warning_and_the_others_have_their_effect()
    {
        var result = Plan("frob::a: 1\nkeystone::token_expiration: 60\n", "parameter_defaults:\n  ExtraConfig:\n    frob::b: 2\n");
        var finding = Assert.Single(result.Diagnostics);
        Assert.Equal(HieradataCodes.Unknown, finding.Code);
        Assert.Contains("frob::b (custom.yaml:3), frob::a (hieradata.yaml:1)", finding.Message);
        Assert.Contains("expiration = 60", result.Section("keystone.conf", "token"));
    }

    [Fact]
    public void Keys_of_services_that_are_not_there_are_another_warning()
    {
        var result = Plan("cinder::debug: true\nkeystone::debug: true\nneutron::config::sriov_agent_config: {a/x: {value: 1}}\n");
        var finding = Assert.Single(result.Diagnostics);
        Assert.Equal((Severity.Warning, HieradataCodes.NoService), (finding.Severity, finding.Code));
        Assert.Contains("cinder::debug (hieradata.yaml:1: cinder.conf), neutron::config::sriov_agent_config (hieradata.yaml:3: sriov_agent.ini)", finding.Message);
        Assert.DoesNotContain("keystone", finding.Message);
    }

    [Fact]
    public void A_file_that_its_service_has_not_is_a_warning_when_hieradata_names_it_and_an_error_otherwise()
    {
        Assert.Equal(HieradataCodes.NoService, Assert.Single(Plan("keystone::config::keystone_paste_ini: {a/b: {value: 1}}").Diagnostics).Code);
        Assert.Equal("PLAN011", Assert.Single(Plan(null, "parameter_defaults:\n  KeystoneConfigOverrides: {keystone-paste.ini: {a: {b: 1}}}\n").Diagnostics).Code);
    }

    [Fact]
    public void Environments_come_in_the_order_of_tripleoclient()
    {
        // KeystoneWorkers by each layer that can set it; Debug by undercloud.conf, which is over the images and the hieradata.
        var inputs = CollectionPlan.Inputs("undercloud_debug = false") with
        {
            Hieradata = Environment("hieradata.yaml", "KeystoneWorkers: 2, Debug: true, TokenExpiration: 20"),
            ContainerImages = Environment("images.yaml", "KeystoneWorkers: 3, Debug: true, KeystoneThreads: 30"),
        };
        var result = StackPlanner.Plan(inputs);
        Assert.Contains("processes = 3", result.Section("keystone-uwsgi.ini", "uwsgi"));
        Assert.Contains("threads = 30", result.Section("keystone-uwsgi.ini", "uwsgi"));
        Assert.Contains("expiration = 20", result.Section("keystone.conf", "token"));
        Assert.Contains("debug = false", result.Section("keystone.conf", "DEFAULT"));

        var custom = StackPlanner.Plan(inputs with { Environments = [Environment("a.yaml", "KeystoneWorkers: 4, Debug: true"), Environment("b.yaml", "KeystoneWorkers: 5, ControlPlaneIp: 192.0.2.9")] });
        Assert.Contains("processes = 5", custom.Section("keystone-uwsgi.ini", "uwsgi"));
        Assert.Contains("debug = true", custom.Section("keystone.conf", "DEFAULT"));
        Assert.Contains("--listen=192.0.2.9", custom.Section("memcached.conf"));
    }

    [Fact]
    public void Custom_environments_can_replace_even_passwords_addresses_and_services()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs() with
        {
            Environments =
            [
                new("custom.yaml", "resource_registry:\n  OS::TripleO::Services::Memcached: OS::Heat::None\nparameter_defaults: {AdminPassword: mine, ListenAddresses: [127.0.0.1]}\n"),
            ],
        });
        Assert.Empty(result.Findings());
        Assert.DoesNotContain("memcached", result.Plan!.Nodes[0].Services);
        Assert.Equal("mine", result.TextFile("bootstrap-password").Content);
        Assert.Equal(["127.0.0.1:5000"], result.Plan.Nodes[0].Containers.SelectMany(step => step.Value).Single(spec => spec.Name == "keystone").Listen);
    }

    [Fact]
    public void Secrets_among_the_options_are_hidden_as_others_are()
    {
        var result = Plan(
            "keystone::ldap::password: first-one\nkeystone::config::keystone_config: {x/auth_encryption_key: {value: second-one}}\n",
            "parameter_defaults:\n  RabbitmqConfigOverrides: {rabbitmq.conf: {default_pass: third-one, shown: fourth-one}}\n"
                + "  KeystoneConfigOverrides: {keystone.conf: {DEFAULT: {transport_url: [fifth-one]}}}\n");
        Assert.Superset(new HashSet<string> { "first-one", "second-one", "third-one", "fifth-one" }, result.Secrets.ToHashSet());
        Assert.DoesNotContain("fourth-one", result.Secrets);
    }

    [Fact]
    public void A_wrong_network_configuration_stops_the_run_at_its_place()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs() with { NetConfig = new("net.json", "{\"network_config\": [\n  {\"name\": \"{{LOCAL_IF}}\"}]}") });
        Assert.Null(result.Plan);
        Assert.StartsWith("net.json:2:13: error NCO001: There is no tag", Assert.Single(result.Findings()));
    }

    private static InputFile Environment(string path, string parameters) => new(path, $"parameter_defaults: {{{parameters}}}\n");

    private static PlanningResult Plan(string? hieradata, string? custom = null) => StackPlanner.Plan(CollectionPlan.Inputs() with
    {
        Hieradata = hieradata is null ? null : new("hieradata.yaml", hieradata),
        Environments = custom is null ? [] : [new("custom.yaml", custom)],
    });
}
