using CsCheck;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Tests.Config;

public sealed class HieradataTranslationTests
{
    [Theory]
    [InlineData("keystone::token_expiration: 3600", "KeystoneConfigOverrides", "keystone.conf", "token", "expiration", "3600")]
    [InlineData("keystone::debug: true", "KeystoneConfigOverrides", "keystone.conf", "DEFAULT", "debug", "true")]
    [InlineData("keystone::fernet_max_active_keys: 7", "KeystoneConfigOverrides", "keystone.conf", "fernet_tokens", "max_active_keys", "7")]
    [InlineData("nova::compute::reserved_host_memory: 512", "NovaConfigOverrides", "nova.conf", "DEFAULT", "reserved_host_memory_mb", "512")]
    [InlineData("nova::scheduler::filter::scheduler_max_attempts: 9", "NovaConfigOverrides", "nova.conf", "scheduler", "max_attempts", "9")]
    [InlineData("heat::engine::max_nested_stack_depth: 9", "HeatConfigOverrides", "heat.conf", "DEFAULT", "max_nested_stack_depth", "9")]
    [InlineData("heat::yaql_memory_quota: 9", "HeatConfigOverrides", "heat.conf", "yaql", "memory_quota", "9")]
    [InlineData("ironic::conductor::automated_clean: false", "IronicConfigOverrides", "ironic.conf", "conductor", "automated_clean", "false")]
    [InlineData("ironic::inspector::debug: false", "IronicInspectorConfigOverrides", "inspector.conf", "DEFAULT", "debug", "false")]
    [InlineData("glance::api::logging::log_file: /x", "GlanceConfigOverrides", "glance-api.conf", "DEFAULT", "log_file", "\"/x\"")]
    [InlineData("neutron::agents::ml2::ovs::bridge_mappings: ['a:b', 'c:d']", "NeutronConfigOverrides", "openvswitch_agent.ini", "ovs", "bridge_mappings", "\"a:b,c:d\"")]
    [InlineData("neutron::keystone::authtoken::region_name: r", "NeutronConfigOverrides", "neutron.conf", "keystone_authtoken", "region_name", "\"r\"")]
    [InlineData("gnocchi::logging::debug: true", "GnocchiConfigOverrides", "gnocchi.conf", "DEFAULT", "debug", "true")]
    [InlineData("swift::proxy::node_timeout: 60", "SwiftConfigOverrides", "proxy-server.conf", "app:proxy-server", "node_timeout", "60")]
    [InlineData("keystone::notification_driver: [messagingv2, log]", "KeystoneConfigOverrides", "keystone.conf", "oslo_messaging_notifications", "driver", "[\"messagingv2\",\"log\"]")]
    [InlineData("keystone::token_expiration: <SERVICE DEFAULT>", "KeystoneConfigOverrides", "keystone.conf", "token", "expiration", "null")]
    [InlineData("keystone::logging::default_log_levels: {b: WARN, a: INFO}", "KeystoneConfigOverrides", "keystone.conf", "DEFAULT", "default_log_levels", "\"a=INFO,b=WARN\"")]
    [InlineData("keystone::config::keystone_config: {ec2/driver: {value: sql}}", "KeystoneConfigOverrides", "keystone.conf", "ec2", "driver", "\"sql\"")]
    [InlineData("nova::config::nova_config: {libvirt/x: {ensure: absent, value: 1}}", "NovaConfigOverrides", "nova.conf", "libvirt", "x", "null")]
    [InlineData("neutron::config::dhcp_agent_config: {DEFAULT/x: {value: 'a/b'}}", "NeutronConfigOverrides", "dhcp_agent.ini", "DEFAULT", "x", "\"a/b\"")]
    [InlineData("glance::config::api_config: {DEFAULT/x: {value: [1, 2]}}", "GlanceConfigOverrides", "glance-api.conf", "DEFAULT", "x", "[1,2]")]
    [InlineData("aodh::config::aodh_config: {api/x: {value: 1}}", "AodhConfigOverrides", "aodh.conf", "api", "x", "1")]
    [InlineData("tripleo::haproxy::ssl_cipher_suite: 'ECDHE-RSA-AES256-GCM-SHA384:!DSS'", "HAProxyConfigOverrides", "haproxy.cfg", "global", "ssl-default-bind-ciphers", "\"ECDHE-RSA-AES256-GCM-SHA384:!DSS\"")]
    [InlineData("tripleo::haproxy::ssl_options: no-sslv3 no-tls-tickets", "HAProxyConfigOverrides", "haproxy.cfg", "global", "ssl-default-bind-options", "\"no-sslv3 no-tls-tickets\"")]
    [InlineData("tripleo::haproxy::haproxy_default_maxconn: 9", "HAProxyConfigOverrides", "haproxy.cfg", "defaults", "maxconn", "9")]
    [InlineData("tripleo::haproxy::haproxy_default_timeout: [client 9m]", "HAProxyConfigOverrides", "haproxy.cfg", "defaults", "timeout client", "\"9m\"")]
    [InlineData("tripleo::haproxy::haproxy_globals_override: {nbthread: 2}", "HAProxyConfigOverrides", "haproxy.cfg", "global", "nbthread", "2")]
    [InlineData("tripleo::haproxy::haproxy_defaults_override: {option: [a, b]}", "HAProxyConfigOverrides", "haproxy.cfg", "defaults", "option", "[\"a\",\"b\"]")]
    [InlineData("tripleo::profile::base::database::mysql::mysql_server_options: {mysqld: {wait_timeout: 9}}", "MysqlConfigOverrides", "99-undercloud.cnf", "mysqld", "wait_timeout", "9")]
    public void A_known_key_is_an_option_of_a_file(string hieradata, string parameter, string file, string section, string option, string value)
    {
        var translation = Translate(hieradata);
        Assert.Empty(translation.Untranslated);
        Assert.Single(translation.Translated);
        Assert.Equal($"{{\"{parameter}\":{{\"{file}\":{{\"{section}\":{{\"{option}\":{value}}}}}}}}}", translation.Overrides.ToString());
    }

    [Fact]
    public void A_file_without_sections_has_options_alone() => Assert.Equal(
        """{"MemcachedConfigOverrides":{"memcached.conf":{"conn-limit":99,"memory-limit":512}}}""",
        Translate("memcached::max_memory: 512\nmemcached::max_connections: 99").Overrides.ToString());

    [Theory]
    [InlineData("{dport: 999, proto: udp, action: accept}", """{"action":"accept","dport":999,"proto":"udp"}""")]
    [InlineData("{port: 8081, proto: tcp, action: accept}", """{"action":"accept","dport":8081,"proto":"tcp"}""")]
    [InlineData("{port: all}", "{}")]
    [InlineData("{dport: [1, 2-3], source: 10.0.0.0/8, iniface: eth0, state: [NEW], chain: INPUT, table: filter, tag: x, extras: {}}",
        """{"dport":[1,"2-3"],"iniface":"eth0","source":"10.0.0.0/8"}""")]
    [InlineData("{dport: 1, ipversion: ipv6}", """{"dport":1,"source":"::/0"}""")]
    [InlineData("{dport: 1, ipversion: ipv4, jump: DROP, action: accept}", """{"action":"drop","dport":1,"source":"0.0.0.0/0"}""")]
    [InlineData("{proto: vrrp}", """{"proto":"vrrp"}""")]
    public void A_rule_of_the_firewall_is_one_of_ExtraFirewallRules(string rule, string expected)
    {
        var translation = Translate($"tripleo::firewall::firewall_rules: {{'300 x': {rule}}}");
        Assert.Empty(translation.Untranslated);
        Assert.Equal($$$"""{"ExtraFirewallRules":{"300 x":{{{expected}}}}}""", translation.Parameters.ToString());
    }

    [Theory]
    [InlineData("{sport: 1, dport: 1}", "sport has no counterpart")]
    [InlineData("{dport: 1, destination: 10.0.0.0/8}", "destination has no counterpart")]
    [InlineData("{dport: 1, action: reject}", "action is neither accept nor drop")]
    [InlineData("{dport: 1, jump: LOG}", "jump is neither accept nor drop")]
    [InlineData("{dport: 1, chain: FORWARD}", "a chain other than INPUT has no counterpart")]
    [InlineData("{dport: 1, table: nat}", "a table other than filter has no counterpart")]
    [InlineData("{dport: 1, state: [INVALID]}", "a state without NEW has no counterpart")]
    [InlineData("{dport: 1, extras: {a: 1}}", "extras has no counterpart")]
    [InlineData("{proto: udp}", "it has no port, and would be for all of udp")]
    [InlineData("{proto: all}", "proto all has no counterpart")]
    [InlineData("7", "it is no map")]
    public void A_rule_that_has_no_counterpart_is_named_and_the_others_are_taken(string rule, string problem)
    {
        var translation = Translate($"tripleo::firewall::firewall_rules: {{'300 x': {rule}, '301 y': {{dport: 2}}}}");
        Assert.Equal($"'300 x': {problem}", Assert.Single(translation.Untranslated).Reason);
        Assert.Equal("""{"ExtraFirewallRules":{"301 y":{"dport":2}}}""", translation.Parameters.ToString());
    }

    [Fact]
    public void Other_parameters_of_the_firewall_and_of_HAProxy_are_parameters_of_the_templates() => Assert.Equal(
        """{"HAProxyStatsPassword":"p","HAProxyStatsUser":"u","ManageFirewall":false}""",
        Translate("tripleo::firewall::manage_firewall: false\ntripleo::haproxy::haproxy_stats_user: u\ntripleo::haproxy::haproxy_stats_password: p\n").Parameters.ToString());

    [Theory]
    [InlineData("tripleo::firewall::firewall_rules: [1]", "its value is no map of rules")]
    [InlineData("tripleo::haproxy::haproxy_globals_override: 1", "its value is no map of keywords")]
    [InlineData("tripleo::haproxy::haproxy_default_timeout: [client]", "\"client\" is not a timeout's name and its value")]
    [InlineData("tripleo::haproxy::haproxy_stats_user: '%{x}'", "it refers to other hieradata")]
    [InlineData("tripleo::firewall::purge_firewall_rules: true", "")]
    [InlineData("frob::x: 1", "")]
    [InlineData("keystone::frob: 1", "")]
    [InlineData("keystone::config::frob: 1", "")]
    [InlineData("keystone_region: x", "")]
    [InlineData("keystone::debug: \"%{hiera('debug')}\"", "it refers to other hieradata")]
    [InlineData("keystone::cache_memcache_servers: [\"%{::ipaddress}:11211\"]", "it refers to other hieradata")]
    [InlineData("keystone::debug: {a: 1}", "its value is a map")]
    [InlineData("memcached::max_memory: 50%", "it is a share of the host's memory")]
    [InlineData("keystone::config::keystone_config: 3", "its value is no map of section/option")]
    [InlineData("keystone::config::keystone_config: {debug: {value: 1}}", "'debug' is not section/option with a map")]
    [InlineData("keystone::config::keystone_config: {DEFAULT/debug: true}", "'DEFAULT/debug' is not section/option with a map")]
    [InlineData("keystone::config::keystone_config: {DEFAULT/debug: {secret: true}}", "'DEFAULT/debug' has no value")]
    [InlineData("mysql::server::override_options: [1]", "its value is no map of sections with options")]
    public void Any_other_key_is_left_with_the_reason(string hieradata, string reason)
    {
        var translation = Translate(hieradata);
        Assert.Equal(reason, Assert.Single(translation.Untranslated).Reason ?? "");
        Assert.Empty(translation.Overrides.Entries);
    }

    [Fact]
    public void An_undefined_value_is_as_no_key() => Assert.Equal(HieradataTranslation.None.Overrides, Translate("keystone::token_expiration: ~").Overrides);

    [Fact]
    public void The_config_class_is_stronger_than_a_parameter_wherever_it_stands() => Assert.Equal(
        """{"KeystoneConfigOverrides":{"keystone.conf":{"token":{"expiration":2}}}}""",
        Translate("keystone::config::keystone_config: {token/expiration: {value: 2}}\nkeystone::token_expiration: 1").Overrides.ToString());

    [Fact]
    public void The_good_part_of_a_config_class_is_taken_and_the_other_part_named()
    {
        var translation = Translate("keystone::config::keystone_config: {token/expiration: {value: 2}, x: {value: 3}}");
        Assert.Equal("""{"KeystoneConfigOverrides":{"keystone.conf":{"token":{"expiration":2}}}}""", translation.Overrides.ToString());
        Assert.Equal("'x' is not section/option with a map", Assert.Single(translation.Untranslated).Reason);
    }

    [Fact]
    public void All_unknown_keys_are_one_warning_with_their_places()
    {
        var finding = Assert.Single(HieradataFindings.Untranslated(Translate("frob::x: 1\nkeystone::debug: true\nkeystone::frob: 2\nkeystone::token_expiration: '%{x}'").Untranslated));
        Assert.Equal(
            "These keys of hieradata have no counterpart here, and no effect: frob::x (h.yaml:1), keystone::frob (h.yaml:3), "
                + "keystone::token_expiration (h.yaml:4: it refers to other hieradata).",
            finding.Message);
        Assert.Equal((Severity.Warning, HieradataCodes.Unknown, "h.yaml:1:1"), (finding.Severity, finding.Code, finding.Location.ToString()));
        Assert.NotNull(finding.Remedy);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("# only a comment\n", "is empty")]
    [InlineData("{}", "is empty")]
    [InlineData("- a\n- b\n", "holds no map")]
    [InlineData("word", "holds no map")]
    [InlineData("a: [", "not YAML")]
    public void A_file_without_keys_is_an_error(string text, string expected)
    {
        var findings = new DiagnosticBag();
        findings.Error(null, "OTHER", "An error of before hides none.");
        Assert.Null(HieradataFile.Read(text, "h.yaml", findings));
        var finding = Assert.Single(findings.All.Skip(1));
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Contains(expected, finding.ToString());
        Assert.StartsWith("h.yaml", finding.ToString());
    }

    [Fact]
    public void The_roles_keys_come_before_everybodys_and_the_old_spelling_between()
    {
        Assert.Equal(["ExtraConfig", "undercloudExtraConfig", "UndercloudExtraConfig"], HieradataLevels.For("Undercloud"));
        var defaults = (MapValue)CanonicalJson.Read("""
            {"ExtraConfig": {"a": 1, "b": 1, "c": 1}, "undercloudExtraConfig": {"b": 2, "c": 2}, "UndercloudExtraConfig": {"c": 3}, "ComputeExtraConfig": {"a": 9}}
            """);
        Assert.Equal(["a=1", "b=2", "c=3"], HieradataLevels.Collect(defaults, "Undercloud", [], null).Select(key => $"{key.Name}={key.Value}"));
    }

    [Fact]
    public void Every_key_is_either_translated_or_named_whatever_its_value()
    {
        string[] values = ["1", "true", "~", "text", "[]", "[a, [b]]", "{}", "{a: 1}", "{a/b: {value: 1}}", "{a/b: {ensure: absent}}", "{a: {b: {c: 1}}}", "'%{x}'", "<SERVICE DEFAULT>", "1.5", "9%"];
        string[] keys =
        [
            "keystone::debug", "keystone::config::keystone_config", "nova::config::nova_paste_api_ini", "mysql::server::override_options", "memcached::max_memory",
            "tripleo::firewall::firewall_rules", "tripleo::haproxy::haproxy_globals_override", "tripleo::haproxy::haproxy_default_timeout", "tripleo::haproxy::ssl_options",
            "frob", "::", "keystone::config::", "glance::api::debug", "keystone::logging::default_log_levels", "",
        ];
        Gen.Select(Gen.Int[0, keys.Length - 1].Select(i => keys[i]), Gen.Int[0, values.Length - 1].Select(i => values[i])).Sample((key, value) =>
        {
            var translation = Translate($"'{key}': {value}");
            Assert.True(value == "~" || (value is "{}" or "[]" && key.StartsWith("tripleo::haproxy", StringComparison.Ordinal)) || translation.Translated.Length + translation.Untranslated.Length > 0 || (value == "{}" && key.Contains("config", StringComparison.Ordinal)) || (value == "{}" && key.StartsWith("mysql", StringComparison.Ordinal)), $"{key}: {value}");
        }, iter: 1000);
    }

    private static HieradataTranslation Translate(string hieradata)
    {
        var findings = new DiagnosticBag();
        var map = (YamlMapping)YamlReader.Read(hieradata, "h.yaml", findings)!;
        Assert.Empty(findings.All);
        return HieradataTranslation.Of([.. map.Entries.Select(entry => new HieradataKey(entry.Key, entry.Value.ToValue(), entry.KeySpan))]);
    }
}
