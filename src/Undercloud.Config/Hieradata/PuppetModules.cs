using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>
/// The common parts of all puppet-openstack modules: a class <c>config</c> with a parameter for each of the service's files, and classes
/// for logging, the database, tokens and so on with the same parameter names (openstacklib, puppet-oslo).
/// </summary>
internal static class PuppetModules
{
    private const string Suffix = "ConfigOverrides";

    // Modules with one main file of their own name; parts of a module with another file come first.
    private static readonly ImmutableArray<(string Prefix, string Parameter, string File)> s_main =
    [
        ("ironic::inspector::", "IronicInspector", "inspector.conf"),
        ("glance::api::", "Glance", "glance-api.conf"),
        ("glance::", "Glance", "glance-api.conf"),
        .. new[]
        {
            "aodh", "barbican", "ceilometer", "cinder", "designate", "gnocchi", "heat", "ironic", "keystone", "magnum", "manila", "mistral",
            "neutron", "nova", "octavia", "panko", "placement", "sahara", "trove", "zaqar",
        }.Select(name => (name + "::", char.ToUpperInvariant(name[0]) + name[1..], name + ".conf")),
    ];

    // <module>::config::<parameter> where the parameter is not <module>_config.
    private static readonly ImmutableDictionary<string, (string Parameter, string File)> s_files = new Dictionary<string, (string, string)>
    {
        ["cinder::config::api_paste_ini_config"] = ("Cinder", "api-paste.ini"),
        ["glance::config::api_config"] = ("Glance", "glance-api.conf"),
        ["glance::config::api_paste_ini_config"] = ("Glance", "glance-api-paste.ini"),
        ["glance::config::cache_config"] = ("Glance", "glance-cache.conf"),
        ["glance::config::image_import_config"] = ("Glance", "glance-image-import.conf"),
        ["heat::config::heat_api_paste_ini"] = ("Heat", "api-paste.ini"),
        ["ironic::config::ironic_api_paste_ini"] = ("Ironic", "api-paste.ini"),
        ["keystone::config::keystone_paste_ini"] = ("Keystone", "keystone-paste.ini"),
        ["neutron::config::api_config"] = ("Neutron", "api-paste.ini"),
        ["neutron::config::dhcp_agent_config"] = ("Neutron", "dhcp_agent.ini"),
        ["neutron::config::l3_agent_config"] = ("Neutron", "l3_agent.ini"),
        ["neutron::config::metadata_agent_config"] = ("Neutron", "metadata_agent.ini"),
        ["neutron::config::metering_agent_config"] = ("Neutron", "metering_agent.ini"),
        ["neutron::config::ovs_agent_config"] = ("Neutron", "openvswitch_agent.ini"),
        ["neutron::config::plugin_ml2_config"] = ("Neutron", "ml2_conf.ini"),
        ["neutron::config::server_config"] = ("Neutron", "neutron.conf"),
        ["neutron::config::sriov_agent_config"] = ("Neutron", "sriov_agent.ini"),
        ["nova::config::nova_paste_api_ini"] = ("Nova", "api-paste.ini"),
        ["placement::config::placement_config"] = ("Placement", "placement.conf"),
        ["swift::config::swift_config"] = ("Swift", "swift.conf"),
        ["swift::config::swift_proxy_config"] = ("Swift", "proxy-server.conf"),
        ["swift::config::swift_container_sync_realms_config"] = ("Swift", "container-sync-realms.conf"),
    }.ToImmutableDictionary(StringComparer.Ordinal);

    // Section and option by the rest of the key after the module. In the lists below the option has the parameter's own name.
    private static readonly ImmutableDictionary<string, string> s_common = new Dictionary<string, string>
    {
        ["debug"] = "DEFAULT/debug",
        ["logging::log_facility"] = "DEFAULT/syslog_log_facility",
        ["database_connection"] = "database/connection",
        ["db::database_connection"] = "database/connection",
        ["db::database_max_retries"] = "database/max_retries",
        ["db::database_db_max_retries"] = "database/db_max_retries",
        ["db::database_retry_interval"] = "database/retry_interval",
        ["db::database_min_pool_size"] = "database/min_pool_size",
        ["db::database_max_pool_size"] = "database/max_pool_size",
        ["db::database_max_overflow"] = "database/max_overflow",
        ["db::database_pool_timeout"] = "database/pool_timeout",
        ["db::database_idle_timeout"] = "database/connection_recycle_time",
        ["db::database_connection_recycle_time"] = "database/connection_recycle_time",
        ["default_transport_url"] = "DEFAULT/transport_url",
        ["rpc_response_timeout"] = "DEFAULT/rpc_response_timeout",
        ["control_exchange"] = "DEFAULT/control_exchange",
        ["notification_transport_url"] = "oslo_messaging_notifications/transport_url",
        ["notification_driver"] = "oslo_messaging_notifications/driver*",
        ["notification_topics"] = "oslo_messaging_notifications/topics",
        ["rabbit_use_ssl"] = "oslo_messaging_rabbit/ssl",
        ["rabbit_heartbeat_timeout_threshold"] = "oslo_messaging_rabbit/heartbeat_timeout_threshold",
        ["enable_proxy_headers_parsing"] = "oslo_middleware/enable_proxy_headers_parsing",
        ["max_request_body_size"] = "oslo_middleware/max_request_body_size",
        ["keystone::authtoken::auth_uri"] = "keystone_authtoken/www_authenticate_uri",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    private static readonly ImmutableArray<string> s_logging =
    [
        "debug", "log_file", "log_dir", "use_syslog", "use_json", "use_journal", "use_stderr", "logging_context_format_string",
        "logging_default_format_string", "logging_debug_format_suffix", "logging_exception_prefix", "log_config_append", "default_log_levels",
        "publish_errors", "fatal_deprecations", "instance_format", "instance_uuid_format", "log_date_format", "watch_log_file",
    ];

    private static readonly ImmutableArray<string> s_cors =
        ["allowed_origin", "allow_credentials", "expose_headers", "max_age", "allow_methods", "allow_headers"];

    private static readonly ImmutableArray<string> s_authtoken =
    [
        "www_authenticate_uri", "auth_url", "auth_type", "auth_version", "username", "password", "project_name", "user_domain_name",
        "project_domain_name", "region_name", "insecure", "cafile", "certfile", "keyfile", "memcached_servers", "memcache_security_strategy",
        "memcache_secret_key", "token_cache_time", "interface", "service_token_roles", "service_token_roles_required", "http_connect_timeout",
        "http_request_max_retries", "delay_auth_decision", "include_service_catalog", "enforce_token_bind", "cache", "auth_section",
    ];

    /// <summary>The parameter and file of <c>&lt;module&gt;::config::&lt;name&gt;</c>, or null for another key.</summary>
    public static (string Parameter, string File)? ConfigFile(string key)
    {
        if (s_files.TryGetValue(key, out var known))
            return (known.Parameter + Suffix, known.File);
        var main = s_main.FirstOrDefault(main => key == $"{main.Prefix}config::{main.Prefix[..^2]}_config" && !main.Prefix[..^2].Contains(':'));
        return main.Prefix is null ? null : (main.Parameter + Suffix, main.File);
    }

    /// <summary>The option that a parameter of a class common to all modules sets, or null.</summary>
    public static ConfigTarget? Common(string key)
    {
        var main = s_main.FirstOrDefault(main => key.StartsWith(main.Prefix, StringComparison.Ordinal));
        if (main.Prefix is null)
            return null;
        var rest = key[main.Prefix.Length..];
        var option = s_common.GetValueOrDefault(rest)
            ?? Of(rest, "logging::", "DEFAULT", s_logging)
            ?? Of(rest, "cors::", "cors", s_cors)
            ?? Of(rest, "keystone::authtoken::", "keystone_authtoken", s_authtoken)
            ?? Of(rest, "authtoken::", "keystone_authtoken", s_authtoken);
        if (option is null)
            return null;
        var slash = option.IndexOf('/');
        return new(main.Parameter + Suffix, main.File, option[..slash], option[(slash + 1)..].TrimEnd('*'), option.EndsWith('*'));
    }

    private static string? Of(string rest, string part, string section, ImmutableArray<string> options) =>
        rest.StartsWith(part, StringComparison.Ordinal) && options.Contains(rest[part.Length..]) ? $"{section}/{rest[part.Length..]}" : null;
}
