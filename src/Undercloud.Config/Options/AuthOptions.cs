using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>
/// instack-undercloud's options of [auth]: passwords that are generated when they are not set. They override the kept ones.
/// </summary>
public static class AuthOptions
{
    /// <summary>All of them, in the order of the sample file.</summary>
    public static ImmutableArray<ConfigOption> All { get; } =
    [
        Password("admin_password", "The password of Keystone's user admin.", "AdminPassword"),
        Password("admin_token", "Keystone's token for its first administrator.", "AdminToken"),
        Password("db_password", "The password of the database's user root.", "MysqlRootPassword"),
        Password("rabbit_username", "The name of RabbitMQ's user.", "RpcUserName") with { IsSecret = false },
        Password("rabbit_password", "The password of RabbitMQ's user.", "RabbitPassword", "RpcPassword"),
        Password("rabbit_cookie", "The cookie that RabbitMQ's nodes know each other by.", "RabbitCookie"),
        Password("haproxy_stats_password", "The password of HAProxy's page of statistics.", "HAProxyStatsPassword"),
        Password("heat_encryption_key", "The key Heat encrypts its database with: 16, 24 or 32 characters.", "HeatAuthEncryptionKey") with
        {
            Type = OptionTypes.EncryptionKey,
        },
        Service("heat", "Heat", "HeatPassword"),
        Service("heat_cfn", "Heat's CloudFormation API", "HeatCfnPassword"),
        Password("heat_stack_domain_admin_password", "The password of the administrator of Heat's own domain.",
            "HeatStackDomainAdminPassword"),
        Service("neutron", "Neutron", "NeutronPassword"),
        Service("nova", "Nova", "NovaPassword"),
        Service("ironic", "Ironic", "IronicPassword"),
        Service("glance", "Glance", "GlancePassword"),
        Service("swift", "Swift", "SwiftPassword"),
        Password("swift_hash_suffix", "What Swift adds to names before it hashes them. Another one loses every object.", "SwiftHashSuffix"),
        Service("mistral", "Mistral", "MistralPassword"),
        Service("zaqar", "Zaqar", "ZaqarPassword"),
        Service("cinder", "Cinder", "CinderPassword"),
        Service("aodh", "Aodh", "AodhPassword"),
        Service("ceilometer", "Ceilometer", "CeilometerPassword"),
        Password("ceilometer_metering_secret", "The key Ceilometer signs its messages with.", "CeilometerMeteringSecret"),
        Password("ceilometer_snmpd_user", "The name of the user that reads the nodes' SNMP agents.", "SnmpdReadonlyUserName") with
        {
            Default = "ro_snmp_user",
            EmptyIsUnset = false,
            IsSecret = false,
        },
        Password("ceilometer_snmpd_password", "The password of the user that reads the nodes' SNMP agents.", "SnmpdReadonlyUserPassword"),
        Service("gnocchi", "Gnocchi", "GnocchiPassword"),
        Service("panko", "Panko", "PankoPassword") with
        {
            Effect = OptionEffect.None,
            Reason = "Panko was given up in train.",
            Instead = "Take the line out.",
        },
        Service("novajoin", "Novajoin", "NovajoinPassword") with
        {
            Effect = OptionEffect.None,
            Reason = "Novajoin was given up in victoria and is in no Debian release.",
            Instead = "Take the line out.",
        },
        Password("horizon_secret_key", "The key Horizon signs its sessions with.", "HorizonSecret"),
    ];

    private static ConfigOption Service(string name, string service, string parameter) =>
        Password($"{name}_password", $"The password of {service}'s own user.", parameter);

    private static ConfigOption Password(string name, string help, params ReadOnlySpan<string> parameters) =>
        new($"undercloud_{name}", OptionTypes.Text, Value.Null, help)
        {
            Group = KnownOptions.AuthSection,
            Releases = ConfigRelease.Instack,
            Effect = OptionEffect.Applied,
            EmptyIsUnset = true,
            IsSecret = true,
            Parameters = [.. parameters.ToArray().Select(parameter => new HeatParameter(parameter))],
        };
}
