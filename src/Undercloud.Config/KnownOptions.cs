using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>
/// Names that instack-undercloud (pike, queens) or python-tripleoclient (queens to wallaby) read, old names included, whether or not
/// the option table has them yet.
/// </summary>
public static class KnownOptions
{
    /// <summary>The section of passwords of instack-undercloud.</summary>
    public const string AuthSection = "auth";

    /// <summary>The section of the one subnet there is when <c>subnets</c> is not set.</summary>
    public const string SubnetSection = "ctlplane-subnet";

    /// <summary>The option of [DEFAULT] that names the sections of subnets.</summary>
    public const string Subnets = "subnets";

    /// <summary>Options of [DEFAULT].</summary>
    public static ImmutableArray<string> Default { get; } = Words("""
        additional_architectures certificate_generation_ca clean_nodes cleanup container_cli container_healthcheck_disabled
        container_images_file container_insecure_registries container_registry_mirror custom_env_files deployment_user dhcp_end
        dhcp_start discovery_default_driver discovery_interface discovery_iprange discovery_runbench docker_bip
        docker_insecure_registries docker_registry_mirror enable_cinder enable_container_images_build enable_ironic
        enable_ironic_inspector enable_legacy_ceilometer_api enable_legacy_ceilometer_collector enable_mistral enable_node_discovery
        enable_nova enable_novajoin enable_routed_networks enable_swift enable_swift_encryption enable_telemetry enable_tempest
        enable_ui enable_validations enable_zaqar enabled_drivers enabled_hardware_types generate_service_certificate
        heat_container_image heat_native hieradata_override inspection_enable_uefi inspection_extras inspection_interface
        inspection_iprange inspection_runbench ipa_otp ipv6_address_mode ipxe_deploy ipxe_enabled ironic_default_network_interface
        ironic_enabled_network_interfaces local_interface local_ip local_mtu local_subnet masquerade_network net_config_override
        network_cidr network_gateway networks_file output_dir overcloud_domain_name roles_file scheduler_max_attempts
        service_principal subnets templates undercloud_admin_host undercloud_admin_vip undercloud_debug undercloud_enable_paunch
        undercloud_enable_selinux undercloud_hostname undercloud_log_file undercloud_nameservers undercloud_ntp_servers
        undercloud_public_host undercloud_public_vip undercloud_service_certificate undercloud_timezone undercloud_update_packages
        upgrade_cleanup
        """);

    /// <summary>Options of a subnet's section.</summary>
    public static ImmutableArray<string> Subnet { get; } =
        Words("cidr dhcp_end dhcp_exclude dhcp_start dns_nameservers gateway host_routes inspection_iprange masquerade");

    /// <summary>Options of [auth].</summary>
    public static ImmutableArray<string> Auth { get; } =
    [
        .. Words("""
            admin_password admin_token aodh_password ceilometer_metering_secret ceilometer_password ceilometer_snmpd_password
            ceilometer_snmpd_user cinder_password db_password glance_password gnocchi_password haproxy_stats_password
            heat_cfn_password heat_encryption_key heat_password heat_stack_domain_admin_password horizon_secret_key ironic_password
            mistral_password neutron_password nova_password novajoin_password panko_password rabbit_cookie rabbit_password
            rabbit_username swift_hash_suffix swift_password zaqar_password
            """).Select(name => $"undercloud_{name}"),
    ];

    private static ImmutableArray<string> Words(string text) =>
        [.. text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];
}
