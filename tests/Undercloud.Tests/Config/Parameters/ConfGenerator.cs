using System.Collections.Immutable;
using System.Text;

namespace Undercloud.Tests.Config.Parameters;

/// <summary>Varied undercloud.conf files without errors, of the one or the other release; the same seed makes the same file.</summary>
internal sealed class ConfGenerator
{
    private readonly Random _random;
    private readonly bool _isQueens;
    private readonly bool _isIPv6;
    private readonly bool _hasOwnNameservers;
    private readonly bool _hasPowerPc;
    private readonly int _prefix;
    private readonly StringBuilder _defaults = new("[DEFAULT]\n");
    private readonly StringBuilder _sections = new();
    private readonly Dictionary<string, ImmutableArray<string>> _names = [];

    private ConfGenerator(int seed, bool isQueens)
    {
        _random = new Random(seed);
        _isQueens = isQueens;
        _isIPv6 = !isQueens && Chance(25);
        _hasOwnNameservers = Chance(30);
        _hasPowerPc = !isQueens && Chance(15);
        _prefix = Pick(24, 24, 23, 20);
    }

    /// <summary>A file as python-tripleoclient queens reads it: one subnet, set in [DEFAULT].</summary>
    public static ClientRequest Queens(int seed) => new ConfGenerator(seed, isQueens: true).Make();

    /// <summary>A file as python-tripleoclient train reads it.</summary>
    public static ClientRequest Train(int seed) => new ConfGenerator(seed, isQueens: false).Make();

    private ClientRequest Make()
    {
        Networks();
        Switches();
        Hardware();
        Texts();
        return new(_defaults.ToString() + _sections) { Names = _names.ToImmutableDictionary() };
    }

    private void Networks()
    {
        // Now and then the default network stays; the addresses in it are then the ones below too.
        var isDefault = !_isIPv6 && Chance(25);
        var network = _isIPv6 ? "fd00:fd00::" : isDefault ? "192.168.24." : $"10.{Number(256)}.{16 * Number(16)}.";
        var prefix = _isIPv6 ? 64 : isDefault ? 24 : _prefix;
        if (!isDefault || Chance(30))
        {
            Set("local_ip", $"{network}1/{prefix}");
            Host(Old("undercloud_public_host", "undercloud_public_vip"), network, 2, "public.example.org");
            Host(Old("undercloud_admin_host", "undercloud_admin_vip"), network, 3, "admin.example.org");
        }

        if (_isQueens)
        {
            Flat(network, isDefault);
            return;
        }

        var local = Chance(25) ? "leaf0" : "ctlplane-subnet";
        ImmutableArray<string> remote = Chance(40) ? [.. Enumerable.Range(1, 1 + Number(3)).Select(i => $"leaf{i}")] : [];
        if (local != "ctlplane-subnet" || remote.Length > 0)
            Set("subnets", string.Join(Chance(50) ? "," : ", ", remote.Insert(Number(remote.Length + 1), local)));
        if (local != "ctlplane-subnet")
            Set("local_subnet", local);
        if (remote.Length > 0)
            Set("enable_routed_networks", "true");
        if (local == "ctlplane-subnet" && remote.IsEmpty && !_isIPv6 && Chance(20))
            Flat(network, isDefault);
        else
            Section(local, network, isDefault, isLocal: true);
        for (var i = 0; i < remote.Length; i++)
            Section(remote[i], _isIPv6 ? $"fd00:fd00:0:{i + 1:x}::" : $"172.{20 + i}.{16 * Number(16)}.", isDefault: false, isLocal: false);
        Maybe("ipv6_address_mode", 30, "dhcpv6-stateful", "dhcpv6-stateless");
    }

    private void Host(string option, string network, int host, string name)
    {
        if (Chance(80))
        {
            Set(option, $"{network}{host}");
            return;
        }

        Set(option, name);
        _names[name] = [$"10.9.8.{host}", $"fd00:9::{host}"];
    }

    private void Flat(string network, bool isDefault)
    {
        if (isDefault && Chance(50))
            return;
        Set("network_cidr", $"{network}0/{(isDefault ? 24 : _prefix)}");
        Set("network_gateway", $"{network}{Pick(1, 4, 254)}");
        Set("dhcp_start", $"{network}{5 + Number(20)}");
        Set("dhcp_end", $"{network}{30 + Number(60)}");
        Set(Old("inspection_iprange", _isQueens ? "discovery_iprange" : "inspection_iprange"), $"{network}{100 + Number(20)},{network}{130 + Number(20)}");
    }

    private void Section(string name, string network, bool isDefault, bool isLocal)
    {
        _sections.Append($"\n[{name}]\n");
        void Option(string option, string value) => _sections.Append($"{option} = {value}\n");
        if (!isDefault || !isLocal || Chance(50))
        {
            Option("cidr", $"{network}{(_isIPv6 ? "/64" : isDefault ? "0/24" : $"0/{_prefix}")}");
            Option("gateway", $"{network}{Pick(1, 4, 254)}");
            Option("inspection_iprange", $"{network}{100 + Number(20)},{network}{130 + Number(20)}");
        }

        Dhcp(Option, network, isDefault, isLocal);
        if (Chance(25))
            Option("dhcp_exclude", string.Join(", ", Enumerable.Range(0, 1 + Number(3)).Select(i =>
                Chance(50) ? $"{network}{20 + (10 * i)}" : $"{network}{20 + (10 * i)}-{network}{24 + (10 * i)}")));
        if (Chance(40))
            Option("masquerade", Pick("true", "false", "yes"));
        if (Chance(25))
            Option("host_routes", _isIPv6 ? $"[{{destination: fd01::/64, nexthop: {network}9}}]"
                : $"[{{destination: 10.10.{Number(256)}.0/24, nexthop: {network}9}}, {{nexthop: {network}8, destination: 10.11.0.0/16}}]");
        if (_hasOwnNameservers)
            Option("dns_nameservers", string.Join(",", Enumerable.Range(1, 1 + Number(3)).Select(i => $"{network}{40 + i}")));
    }

    // Both ends, several ranges that may touch or lie in one another, one end only, or none. With one end only, python-tripleoclient
    // takes the default network's other end for the local subnet.
    private void Dhcp(Action<string, string> option, string network, bool isDefault, bool isLocal)
    {
        var starts = Enumerable.Range(0, 1 + Number(3)).Select(i => 5 + (30 * i) + Number(10)).ToArray();
        var ends = starts.Select(start => start + 10 + Number(22)).ToArray();
        var form = isLocal && !isDefault ? Pick(0, 3) : Number(4);
        if (form is 1 or 3)
            option("dhcp_start", string.Join(",", starts.Take(form).Select(i => $"{network}{i}")));
        if (form == 3)
            option("dhcp_end", string.Join(",", ends.Select(i => $"{network}{i}")));
        else if (form == 2)
            option("dhcp_end", $"{network}{60 + Number(30)}");
    }

    private void Switches()
    {
        ImmutableArray<string> both =
        [
            "undercloud_debug", "enable_ironic", "enable_ironic_inspector", "enable_mistral", "enable_zaqar", "enable_telemetry",
            "enable_tempest", "enable_validations", "enable_cinder", "enable_novajoin", "generate_service_certificate",
            "enable_node_discovery", "clean_nodes", "heat_native", "undercloud_update_packages",
        ];
        ImmutableArray<string> train =
        [
            "enable_nova", "enable_swift_encryption", "container_healthcheck_disabled", "undercloud_enable_selinux", "upgrade_cleanup",
            "undercloud_enable_paunch", "cleanup",
        ];
        foreach (var option in _isQueens ? both.Add("enable_ui") : both.AddRange(train))
            Maybe(option, 30, "true", "false", "False", "1", "off", "YES");

        // What goes together: the benchmarks need the extras, and Power machines have no iPXE.
        if (Chance(50))
            Set("inspection_extras", "false");
        else
            Maybe(Old("inspection_runbench", "discovery_runbench"), 40, "true", "false");
        if (_hasPowerPc)
            _defaults.Append("additional_architectures = ppc64le\nipxe_enabled = false\n");
        else
            Maybe(Old("ipxe_enabled", "ipxe_deploy"), 30, "true", "false");
    }

    private void Hardware()
    {
        string[] types =
        [
            "ipmi", "redfish", "ilo", "idrac", "irmc", "snmp", "staging-ovirt", "xclarity", "fake-hardware", "cisco-ucs-managed",
            "cisco-ucs-standalone", "ilo", "other",
        ];
        if (Chance(60))
            Set("enabled_hardware_types", string.Join(",", Enumerable.Range(0, 1 + Number(6)).Select(_ => Pick(types))));
        Maybe("discovery_default_driver", 30, "ipmi", "redfish", "snmp", "pxe_ipmitool", "fake", "agent_ilo");
        Maybe(Old("inspection_interface", "discovery_interface"), 20, "br-ctlplane", "br-inspection");
        Maybe("local_interface", 30, "eth1", "ens4", "bond0");
        Maybe("local_mtu", 30, "1500", "9000", "1400");
        Maybe("scheduler_max_attempts", 20, "1", "77");
        if (_isQueens)
        {
            Maybe("enabled_drivers", 30, "pxe_ipmitool", "pxe_ilo,pxe_drac,fake");
            return;
        }

        Maybe("ironic_default_network_interface", 20, "flat", "neutron");
        Maybe("ironic_enabled_network_interfaces", 20, "flat", "neutron,flat", "noop");
    }

    private void Texts()
    {
        var names = _isIPv6 ? "fd00::5" : "10.0.0.5";
        Maybe("undercloud_nameservers", 30, $"{names}", $"{names},{names}1", $"{names}, {names}2,");
        Maybe("undercloud_ntp_servers", 30, "0.pool.ntp.org", "time.example.org, 10.1.2.3");
        Maybe("overcloud_domain_name", 25, "example.org", "cloud.example.org");
        Maybe("certificate_generation_ca", 20, "local", "IPA");
        Maybe("custom_env_files", 30, "/home/stack/own.yaml", "own.yaml, /etc/more.yaml", "");
        Maybe("container_images_file", 20, "/home/stack/images.yaml", "images.yaml");
        Maybe("templates", 15, "/srv/templates", "/srv/templates/");
        Maybe("ipa_otp", 15, "once");
        Maybe(_isQueens ? "docker_registry_mirror" : Old("container_registry_mirror", "docker_registry_mirror"), 20, "http://mirror.example.org:5000", "");
        Maybe(_isQueens ? "docker_insecure_registries" : Old("container_insecure_registries", "docker_insecure_registries"), 25,
            "registry.example.org:5000", "10.5.5.5:8787, other.example.org");
        if (_isQueens)
            return;
        Maybe("container_cli", 20, "podman", "docker");
        Maybe("docker_bip", 15, "--bip=10.77.0.1/24", "");
        Maybe("undercloud_timezone", 20, "UTC", "Europe/Berlin");
        Maybe("deployment_user", 20, "operator");
        Maybe("output_dir", 20, "/home/stack/out", "out");
        Maybe("roles_file", 10, "roles/Other.yaml");
        Maybe("networks_file", 10, "/home/stack/networks.yaml");
        Maybe("undercloud_log_file", 10, "/var/log/uc.log", "${overcloud_domain_name}.log");
    }

    private void Set(string option, string value) => _defaults.Append($"{option}{Pick(" = ", "=", " : ")}{value}\n");

    private void Maybe(string option, int percent, params string[] values)
    {
        if (Chance(percent))
            Set(option, Pick(values));
    }

    private string Old(string now, string once) => Chance(20) ? once : now;

    private bool Chance(int percent) => _random.Next(100) < percent;

    private int Number(int below) => _random.Next(below);

    private T Pick<T>(params T[] items) => items[_random.Next(items.Length)];
}
