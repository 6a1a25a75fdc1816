namespace Undercloud.Scenarios;

/// <summary>
/// The containerised undercloud from nothing to nothing: install, use, install again, change an option, kill, restart, uninstall, delete.
/// The same for every release.
/// </summary>
public abstract class UndercloudContainersSteps(SandboxHost host) : IClassFixture<SandboxHost>
{
    private const string Asking = "--max-time 3 --silent --output /dev/null --write-out '%{http_code}'";
    private const string Anchor = "/usr/local/share/ca-certificates/undercloud-ca.crt";
    private const string Nothing = "nothing was changed";

    [Fact]
    public void A_sandbox_is_a_freshly_installed_host() => Step(() =>
    {
        Shell.Undercloud(["sandbox", "create", SandboxHost.Name, .. SandboxHost.ReleaseOption]).Expect();
        Assert.Contains(SandboxHost.Bash("systemctl is-system-running").Output.Trim(), new[] { "running", "degraded" });
        SandboxHost.Remember("forwards", SandboxHost.Bash("cat /proc/sys/net/ipv4/ip_forward").Expect().Output);
        SandboxHost.Remember("files", string.Join('\n', SandboxHost.Files()));
    });

    [Fact]
    public void What_stands_against_an_install_is_said_at_once_and_before_anything_is_changed() => Step(() =>
    {
        Shell.Undercloud(["install", $"--sandbox={SandboxHost.Name}", "--dry-run", .. SandboxHost.ReleaseOption]).Expect();
        var ran = SandboxHost.Bash("""
            python3 -m http.server 9292 >/dev/null 2>&1 &
            taken=$!
            printf '[DEFAULT]\nlocal_interface = eht1\nundercloud_public_host = nowhere.invalid\n' > /tmp/bad.conf
            sleep 1
            undercloud install --conf /tmp/bad.conf
            code=$?
            kill $taken
            exit $code
            """).Expect(3);
        Assert.Contains("Did you mean eth1?", ran.Error);
        Assert.Contains("tcp port 9292, which is for glance", ran.Error);
        Assert.Contains("nowhere.invalid leads to no address", ran.Error);
        SandboxHost.Bash("rm /tmp/bad.conf; ! ls -d /var/lib/undercloud /var/lib/config-data ~/undercloud-ansible ~/tripleo-undercloud-passwords.yaml").Expect();
    });

    [Fact]
    public void Install_ends_with_the_banner() => Step(() =>
    {
        var conf = Path.Combine(Directory.CreateTempSubdirectory().FullName, "undercloud.conf");
        File.WriteAllText(conf, "[DEFAULT]\nenabled_hardware_types = ipmi,redfish,fake-hardware\n");
        var ran = Shell.Undercloud(["install", $"--sandbox={SandboxHost.Name}", "--conf", conf, .. SandboxHost.ReleaseOption]).Expect();
        Directory.Delete(Path.GetDirectoryName(conf)!, recursive: true);
        Assert.Contains("successfully installed", ran.Error);
        Assert.Contains("stackrc", ran.Error);
    });

    [Fact]
    public void The_real_client_gets_a_token() => Step(() =>
    {
        var token = SandboxHost.Json(SandboxHost.Exec("openstack", "token", "issue", "-f", "json").Expect());
        Assert.True(token.GetProperty("id").GetString()!.Length > 50);
    });

    [Fact]
    public void Every_service_has_its_three_endpoints() => Step(() =>
    {
        var endpoints = SandboxHost.Json(SandboxHost.Exec("openstack", "endpoint", "list", "-f", "json").Expect()).EnumerateArray()
            .GroupBy(e => e.GetProperty("Service Type").GetString()!)
            .ToDictionary(g => g.Key, g => g.ToDictionary(e => e.GetProperty("Interface").GetString()!, e => e.GetProperty("URL").GetString()));
        Assert.Equal(["baremetal", "baremetal-introspection", "cloudformation", "compute", "identity", "image", "network", "object-store", "orchestration", "placement"], endpoints.Keys.Order());
        Assert.All(endpoints.Values, urls => Assert.Equal(["admin", "internal", "public"], urls.Keys.Order()));
        Assert.Equal("https://192.168.24.2:13000", endpoints["identity"]["public"]);
        Assert.Equal("http://192.168.24.3:5000", endpoints["identity"]["internal"]);
        Assert.Equal("https://192.168.24.2:13292", endpoints["image"]["public"]);
        Assert.Equal("http://192.168.24.3:8778/placement", endpoints["placement"]["internal"]);
    });

    [Fact]
    public void Glance_keeps_an_image() => Step(() =>
    {
        SandboxHost.Bash("head -c 20000000 /dev/urandom > /tmp/image && openstack image create --disk-format raw --container-format bare --file /tmp/image kept").Expect();
        var image = SandboxHost.Json(SandboxHost.Exec("openstack", "image", "show", "kept", "-f", "json").Expect());
        Assert.Equal("active", image.GetProperty("status").GetString());
        Assert.Equal(20000000, image.GetProperty("size").GetInt32());
        SandboxHost.Bash("openstack image save --file /tmp/saved kept && cmp /tmp/image /tmp/saved").Expect();
        SandboxHost.Bash("openstack image delete kept && rm /tmp/image /tmp/saved").Expect();
        Assert.Equal("", SandboxHost.Exec("openstack", "image", "list", "-f", "value").Expect().Output.Trim());
        Assert.Equal("", SandboxHost.Bash("ls /var/lib/glance/images").Expect().Output.Trim());
    });

    [Fact]
    public void Placement_keeps_a_resource_provider() => Step(() =>
    {
        SandboxHost.Exec("openstack", "resource", "provider", "create", "kept").Expect();
        Assert.Equal("kept", SandboxHost.Exec("openstack", "resource", "provider", "list", "-f", "value", "-c", "name").Expect().Output.Trim());
        SandboxHost.Bash("openstack resource provider delete $(openstack resource provider list -f value -c uuid)").Expect();
        Assert.Equal("", SandboxHost.Exec("openstack", "resource", "provider", "list", "-f", "value").Expect().Output.Trim());
    });

    [Fact]
    public void Heat_makes_and_deletes_a_stack() => Step(() =>
    {
        const string Template = """
            heat_template_version: wallaby
            resources:
              word: {type: OS::Heat::RandomString, properties: {length: 12}}
              handle: {type: OS::Heat::WaitConditionHandle}
            outputs:
              word: {value: {get_attr: [word, value]}}
              curl: {value: {get_attr: [handle, curl_cli]}}
            """;
        SandboxHost.Bash($"cat > /tmp/stack.yaml <<'END'\n{Template}\nEND\nopenstack stack create --wait -t /tmp/stack.yaml made").Expect();
        Assert.Equal("CREATE_COMPLETE", SandboxHost.Exec("openstack", "stack", "show", "made", "-f", "value", "-c", "stack_status").Expect().Output.Trim());
        Assert.Matches("^[A-Za-z0-9]{12}$", Output("word"));
        Assert.Contains("http://192.168.24.3:8004/v1/", Output("curl"));
        Assert.Contains("made", SandboxHost.Exec("openstack", "stack", "list", "-f", "value").Expect().Output);
        SandboxHost.Bash("openstack stack delete --wait -y made && rm /tmp/stack.yaml").Expect();
        Assert.Equal("", SandboxHost.Exec("openstack", "stack", "list", "-f", "value").Expect().Output.Trim());

        static string Output(string name) => SandboxHost.Exec("openstack", "stack", "output", "show", "made", name, "-f", "value", "-c", "output_value").Expect().Output.Trim();
    });

    [Fact]
    public void Swift_keeps_an_object_and_gives_it_away_by_a_temporary_address() => Step(() =>
    {
        SandboxHost.Bash("head -c 3000000 /dev/urandom > /tmp/object && cd /tmp && openstack container create box && openstack object create box object").Expect();
        SandboxHost.Bash("openstack object save --file /tmp/fetched box object && cmp /tmp/object /tmp/fetched").Expect();
        SandboxHost.Bash("openstack object store account set --property Temp-URL-Key=key-of-the-scenario").Expect();
        var account = SandboxHost.Exec("openstack", "object", "store", "account", "show", "-f", "value", "-c", "Account").Expect().Output.Trim();
        var address = SandboxHost.Bash($"swift tempurl GET 600 /v1/{account}/box/object key-of-the-scenario").Expect().Output.Trim();
        SandboxHost.Bash($"curl -sf -o /tmp/fetched 'https://192.168.24.2:13808{address}' && cmp /tmp/object /tmp/fetched").Expect();
        Assert.Equal("401", SandboxHost.Bash($"curl -s -o /dev/null -w '%{{http_code}}' https://192.168.24.2:13808/v1/{account}/box/object").Output.Trim());
    });

    [Fact]
    public void Only_who_trusts_the_authority_accepts_the_public_endpoint() => Step(() =>
    {
        const string Alone = "curl -sS --max-time 10 --capath /nonexistent --cacert";
        SandboxHost.Bash($"{Alone} {Anchor} https://192.168.24.2:13000/v3").Expect();
        var refused = SandboxHost.Bash($"{Alone} $(ls /etc/ssl/certs/*.pem | grep -v undercloud | head -1) https://192.168.24.2:13000/v3").Expect(60);
        Assert.Contains("certificate", refused.Error);

        // The host trusts it, whatever its clients are told; and there is no way in beside TLS.
        SandboxHost.Bash("env -u OS_CACERT openstack token issue -f value -c id && curl -sS --max-time 10 https://192.168.24.2:13000/v3").Expect();
        SandboxHost.Bash("curl -sS --max-time 10 http://192.168.24.2:5000/v3").Expect(7);
        Assert.Contains("127.0.0.1:1993", SandboxHost.Bash("ss -Hltn sport = 1993").Expect().Output);
        Assert.Equal("700 root\n600 root", SandboxHost.Bash("cd /var/lib/certificates/authority && stat -c '%a %U' . authority.pem").Expect().Output.Trim());
    });

    [Fact]
    public void A_certificate_that_does_not_do_is_made_anew_and_no_container_restarts() => Step(() =>
    {
        const string Serial = "openssl s_client -connect 192.168.24.2:13000 </dev/null 2>/dev/null | openssl x509 -noout -serial";
        var (containers, serial) = (SandboxHost.Containers(), SandboxHost.Bash(Serial).Expect().Output);
        SandboxHost.Bash("systemctl is-active undercloud-certificates.timer").Expect();
        SandboxHost.Bash("rm /var/lib/certificates/public/endpoint.pem && systemctl start undercloud-certificates.service").Expect();
        Assert.Equal("new", Until($"test \"$({Serial})\" != '{serial.Trim()}' && curl -s -o /dev/null https://192.168.24.2:13000/v3 && echo new", "new"));
        Assert.Equal(containers, SandboxHost.Containers());
        SandboxHost.Exec("openstack", "token", "issue", "-f", "value", "-c", "id").Expect();
    });

    [Fact]
    public void Status_says_that_all_is_well() => Step(() =>
    {
        var status = SandboxHost.Json(SandboxHost.Exec("undercloud", "status", "-f", "json").Expect());
        Assert.True(status.GetProperty("good").GetBoolean());
        Assert.Equal("applied", status.GetProperty("applied").GetProperty("state").GetString());
        Assert.Equal(30, status.GetProperty("endpoints").GetArrayLength());
        var services = status.GetProperty("containers").EnumerateArray().Where(c => c.GetProperty("state").GetString() == "running").ToList();
        Assert.Contains("mysql", services.Select(c => c.GetProperty("name").GetString()));
        Assert.All(services, c =>
        {
            Assert.Equal(("healthy", 0), (c.GetProperty("health").GetString(), c.GetProperty("restarts").GetInt32()));
            Assert.True(c.GetProperty("memory").GetInt64() > 0 && c.GetProperty("ready_seconds").GetDouble() > 0 && c.GetProperty("started").GetDateTimeOffset() < DateTimeOffset.UtcNow);
        });
    });

    [Fact]
    public void A_neighbour_reaches_the_control_plane_through_its_bridge() => Step(() =>
    {
        Assert.Contains("eth1", SandboxHost.Bash("ovs-vsctl list-ports br-ctlplane").Expect().Output.Split('\n'));
        var answer = Neighbour("ip address add 192.168.24.250/24 dev eth1p; curl --max-time 10 --silent --output /dev/null --write-out '%{http_code}' https://192.168.24.2:13000/v3");
        Assert.Equal("200", answer);
    });

    [Fact]
    public void The_firewall_lets_a_neighbour_to_the_services_and_to_nothing_else() => Step(() =>
    {
        // Whoever listens: the database, a web server that is nobody's, Keystone's internal endpoint.
        SandboxHost.Bash("systemd-run --quiet --collect --unit=web python3 -m http.server 8999").Expect();
        Assert.Equal("200", Until($"curl {Asking} http://192.168.24.1:8999", "200"));
        Assert.Equal(
            "000 000 300",
            Neighbour($"""
                ip address add 192.168.24.250/24 dev eth1p
                curl {Asking} http://192.168.24.1:3306; echo -n ' '; curl {Asking} http://192.168.24.1:8999; echo -n ' '; curl {Asking} http://192.168.24.3:5000
                """));
        SandboxHost.Bash("systemctl stop web; nft add rule inet undercloud input tcp dport 8999 accept").Expect();
        Assert.Contains("changed since it was loaded", SandboxHost.Exec("undercloud", "status", "-f", "json").Expect(1).Output);
        SandboxHost.Exec("undercloud", "agent", "firewall", "apply").Expect();
        SandboxHost.Bash("! nft list table inet undercloud | grep 8999").Expect();
    });

    [Fact]
    public void A_plain_user_of_the_host_reaches_neither_the_cache_nor_Swifts_storage() => Step(() =>
    {
        // The same question as root and as keystone shows that a refusal comes from the rule.
        const string Ask = "timeout 5 bash -c 'exec 3<>/dev/tcp/192.168.24.1/PORT'";
        var asked = new[] { "11211", "6200", "6201", "6202" }.Select(port => (Port: port, Ask: Ask.Replace("PORT", port, StringComparison.Ordinal))).ToList();
        Assert.All(asked, ask => SandboxHost.Bash(ask.Ask).Expect());
        Assert.All(asked, ask => Assert.Contains("refused", SandboxHost.Bash($"setpriv --reuid=65534 --regid=65534 --clear-groups {ask.Ask}").Expect(1).Error));
        SandboxHost.Bash($"setpriv --reuid=42425 --regid=42425 --clear-groups {asked[0].Ask}").Expect();
    });

    [Fact]
    public void Every_agent_of_Neutron_is_alive() => Step(() =>
        Assert.Equal("4", Until("openstack network agent list -f value -c Alive | grep -c True", "4")));

    [Fact]
    public void The_control_planes_network_is_there() => Step(() =>
    {
        var subnet = SandboxHost.Json(SandboxHost.Exec("openstack", "subnet", "show", "ctlplane-subnet", "-f", "json").Expect());
        Assert.Equal(("192.168.24.0/24", "192.168.24.1"), (subnet.GetProperty("cidr").GetString(), subnet.GetProperty("gateway_ip").GetString()));
        Assert.Equal("[{\"start\":\"192.168.24.5\",\"end\":\"192.168.24.24\"}]", Compact(subnet.GetProperty("allocation_pools")));
        SandboxHost.Remember("subnet", subnet.GetProperty("id").GetString()!);
        var network = SandboxHost.Json(SandboxHost.Exec("openstack", "network", "show", "ctlplane", "-f", "json").Expect());
        Assert.Equal(("flat", "ctlplane"), (network.GetProperty("provider:network_type").GetString(), network.GetProperty("provider:physical_network").GetString()));
        Assert.Equal("ctlplane-subnet", SandboxHost.Exec("openstack", "network", "segment", "list", "-f", "value", "-c", "Name").Expect().Output.Trim());
    });

    [Fact]
    public void Flavors_and_the_operators_key_are_there() => Step(() =>
    {
        Assert.Equal(
            "baremetal block-storage ceph-storage compute control swift-storage",
            SandboxHost.Bash("openstack flavor list -f value -c Name | sort | xargs").Expect().Output.Trim());
        var flavor = SandboxHost.Exec("openstack", "flavor", "show", "control", "-f", "json").Expect().Output;
        Assert.Contains("CUSTOM_BAREMETAL", flavor);
        Assert.Contains("capabilities:profile", flavor);
        Assert.Equal("default", SandboxHost.Exec("openstack", "keypair", "list", "-f", "value", "-c", "Name").Expect().Output.Trim());
        SandboxHost.Bash("openssl rsa -in ~/.ssh/id_rsa -check -noout && test \"$(stat -c %a ~/.ssh/id_rsa)\" = 600").Expect();
    });

    [Fact]
    public void A_port_gets_its_address_from_DHCP() => Step(() =>
    {
        SandboxHost.Bash("""
            set -e
            ip link set eth1p address 52:54:00:12:34:56
            openstack port create neighbour --network ctlplane --mac-address 52:54:00:12:34:56 --fixed-ip ip-address=192.168.24.20 >/dev/null
            printf '#!/bin/sh\n[ "$1" != bound ] || ip address replace "$ip/$mask" dev "$interface"\n' > /var/tmp/lease
            chmod +x /var/tmp/lease
            """).Expect();
        Assert.Equal("192.168.24.20/24 200", Leased());
    });

    [Fact]
    public void A_node_is_enrolled_and_inspected_by_what_it_boots() => Step(() =>
    {
        Assert.Equal("*:*:*:*:*:*,ignore", SandboxHost.Bash("cat /var/lib/ironic-inspector/dhcp-hostsdir/unknown_hosts_filter").Expect().Output.Trim());
        SandboxHost.Bash("""
            set -e
            openstack baremetal node create --driver fake-hardware --name life --inspect-interface inspector --network-interface noop >/dev/null
            openstack baremetal port create 52:54:00:65:43:21 --node "$(openstack baremetal node show life -f value -c uuid)" >/dev/null
            openstack baremetal node manage life --wait 120
            openstack baremetal node inspect life
            """).Expect();
        Assert.Equal("answered", Until("grep -qx 52:54:00:65:43:21 /var/lib/ironic-inspector/dhcp-hostsdir/52:54:00:65:43:21 && echo answered", "answered"));

        // What the ramdisk does in a machine: it gets an address, and tells what it found.
        SandboxHost.Bash("""
            cat > /var/tmp/found <<'END'
            {"inventory": {"interfaces": [{"name": "eth0", "mac_address": "52:54:00:65:43:21", "ipv4_address": "192.168.24.100", "has_carrier": true}],
             "cpu": {"count": 2, "architecture": "x86_64", "flags": []}, "memory": {"physical_mb": 4096}, "bmc_address": null, "system_vendor": {},
             "disks": [{"name": "/dev/sda", "size": 10737418240, "model": "m", "vendor": "v", "rotational": true}],
             "boot": {"current_boot_mode": "bios", "pxe_interface": "52:54:00:65:43:21"}},
             "boot_interface": "52:54:00:65:43:21", "root_disk": {"name": "/dev/sda", "size": 10737418240}, "configuration": {}}
            END
            ip link set eth1p address 52:54:00:65:43:21
            """).Expect();
        Assert.Matches("^192\\.168\\.24\\.1[0-2][0-9]/24\n200$", Neighbour("""
            udhcpc -i eth1p -n -q -f -t 60 -T 1 -s /var/tmp/lease >/dev/null 2>&1
            ip -o -4 address show dev eth1p | tr -s ' ' | cut -d ' ' -f 4
            curl --max-time 30 --silent --output /dev/null --write-out '%{http_code}' -H 'Content-Type: application/json' -d @/var/tmp/found http://192.168.24.3:5050/v1/continue
            """));
        SandboxHost.Bash("ip link set eth1p address 52:54:00:12:34:56; rm /var/tmp/found").Expect();
        Assert.Equal("manageable", Until("openstack baremetal node show life -f value -c provision_state", "manageable"));
        Assert.Contains("'memory_mb': '4096'", SandboxHost.Exec("openstack", "baremetal", "node", "show", "life", "-f", "value", "-c", "properties").Expect().Output);

        // Debian's packages have no command for the inspector's own API.
        Assert.Contains("\"state\":\"finished\"", SandboxHost.Bash(
            "curl -sf -H \"X-Auth-Token: $(openstack token issue -f value -c id)\" https://192.168.24.2:13050/v1/introspection").Expect().Output);
    });

    [Fact]
    public void A_node_is_provided_deployed_and_undeployed() => Step(() =>
    {
        SandboxHost.Bash("""
            set -e
            openstack baremetal node provide life --wait 120
            openstack baremetal node set life --instance-info image_source=http://192.168.24.1:8088/image --instance-info image_checksum=d41d8cd98f00b204e9800998ecf8427e
            openstack baremetal node deploy life --wait 120
            """).Expect();
        Assert.Equal("active", SandboxHost.Exec("openstack", "baremetal", "node", "show", "life", "-f", "value", "-c", "provision_state").Expect().Output.Trim());
        SandboxHost.Exec("openstack", "baremetal", "node", "undeploy", "life", "--wait", "120").Expect();
        Assert.Equal("available", SandboxHost.Exec("openstack", "baremetal", "node", "show", "life", "-f", "value", "-c", "provision_state").Expect().Output.Trim());
    });

    [Fact]
    public void Nova_makes_a_server_of_a_node_and_gives_it_back() => Step(() =>
    {
        // A node whose power is unknown is not offered.
        SandboxHost.Bash("""
            set -e
            openstack baremetal node power off life
            openstack baremetal node set life --network-interface flat
            openstack baremetal port create --node "$(openstack baremetal node show life -f value -c uuid)" --physical-network ctlplane 52:54:00:12:34:57 >/dev/null
            head -c 1000000 /dev/urandom > /tmp/served
            openstack image create --disk-format raw --container-format bare --file /tmp/served served >/dev/null
            openstack flavor create --ram 1 --vcpus 1 --disk 1 --property resources:CUSTOM_BAREMETAL=1 --property resources:VCPU=0 \
                --property resources:MEMORY_MB=0 --property resources:DISK_GB=0 served >/dev/null
            """).Expect();
        Assert.Equal("CUSTOM_BAREMETAL=1", Until("openstack allocation candidate list --resource CUSTOM_BAREMETAL=1 -f value -c allocation", "CUSTOM_BAREMETAL=1"));
        Assert.Equal("up", SandboxHost.Exec("openstack", "hypervisor", "list", "-f", "value", "-c", "State").Expect().Output.Trim());
        SandboxHost.Exec("openstack", "server", "create", "--flavor", "served", "--image", "served", "--network", "ctlplane", "--wait", "served").Expect();
        Assert.Equal("ACTIVE", SandboxHost.Exec("openstack", "server", "show", "served", "-f", "value", "-c", "status").Expect().Output.Trim());
        Assert.Equal("active", SandboxHost.Exec("openstack", "baremetal", "node", "show", "life", "-f", "value", "-c", "provision_state").Expect().Output.Trim());
        Assert.Equal("52:54:00:12:34:57", SandboxHost.Exec("openstack", "port", "list", "--server", "served", "-f", "value", "-c", "MAC Address").Expect().Output.Trim());
        SandboxHost.Bash("openstack server delete --wait served && openstack flavor delete served && openstack image delete served && rm /tmp/served").Expect();
        Assert.Equal("available", Until("openstack baremetal node show life -f value -c provision_state", "available"));
        Assert.Equal("", SandboxHost.Exec("openstack", "port", "list", "--mac-address", "52:54:00:12:34:57", "-f", "value").Expect().Output.Trim());
    });

    [Fact]
    public void What_a_node_boots_first_comes_by_TFTP_and_HTTP() => Step(() => Assert.Equal("same", SandboxHost.Bash("""
        set -e
        test "$(curl -sf http://192.168.24.1:8088/inspector.ipxe | head -1)" = '#!ipxe'
        curl -sf -o /tmp/by-tftp tftp://192.168.24.1/undionly.kpxe
        curl -sf -o /tmp/by-http http://192.168.24.1:8088/undionly.kpxe
        cmp /tmp/by-tftp /tmp/by-http && test -s /tmp/by-http && rm /tmp/by-tftp /tmp/by-http && echo same
        """).Expect().Output.Trim()));

    [Fact]
    public void A_router_reaches_the_control_plane() => Step(() =>
    {
        SandboxHost.Bash("""
            set -e
            openstack network create inner >/dev/null
            openstack subnet create inner-subnet --network inner --subnet-range 10.5.0.0/24 >/dev/null
            openstack network set --external ctlplane
            openstack router create inner-router >/dev/null
            openstack router set --external-gateway ctlplane inner-router
            openstack router add subnet inner-router inner-subnet
            """).Expect();
        Assert.Equal("200", Until(
            "ip netns exec \"$(ls /run/netns | grep qrouter)\" curl --max-time 10 --silent --output /dev/null --write-out '%{http_code}' https://192.168.24.2:13000/v3", "200"));
    });

    [Fact]
    public void Secrets_are_where_they_belong_and_nowhere_else() => Step(() =>
    {
        var password = SandboxHost.Bash("sed -n 's/^ *AdminPassword: *//p' ~/tripleo-undercloud-passwords.yaml | tr -d '\"'").Expect().Output.Trim();
        Assert.True(password.Length >= 20, "the passwords file has no AdminPassword");
        foreach (var file in new[] { "stackrc", "tripleo-undercloud-passwords.yaml", "undercloud-passwords.conf", ".config/openstack/clouds.yaml", "install-undercloud.log" })
            Assert.Equal("600 root", SandboxHost.Bash($"stat -c '%a %U' ~/{file}").Expect().Output.Trim());
        Assert.Equal("", SandboxHost.Bash($"grep -rl '{password}' /etc/systemd /var/log ~/install-undercloud.log 2>/dev/null").Output.Trim());
        Assert.DoesNotContain(password, SandboxHost.Bash("podman ps -aq | xargs podman inspect").Expect().Output);
        Assert.Equal("", SandboxHost.Bash($"find / -xdev -perm /o+r -type f -not -path '/proc/*' -exec grep -l '{password}' {{}} + 2>/dev/null").Output.Trim());
    });

    [Fact]
    public void A_second_install_changes_nothing() => Step(() =>
    {
        var containers = SandboxHost.Containers();
        var written = Written();
        var ran = SandboxHost.Exec("undercloud", "install").Expect();
        Assert.Contains(Nothing, ran.Error);
        Assert.Equal(containers, SandboxHost.Containers());
        Assert.Equal(written, Written());
        SandboxHost.Exec("undercloud", "diff").Expect();
    });

    [Fact]
    public void The_release_that_is_there_is_not_turned_into_another_one() => Step(() =>
    {
        var written = Written();
        foreach (var command in new[] { "install", "diff", "upgrade -y" })
        {
            var ran = SandboxHost.Bash($"undercloud {command} --release {(SandboxHost.Release == "zed" ? "epoxy" : "zed")}").Expect(3);
            Assert.Contains($"to stay with {SandboxHost.Release}", ran.Error);
        }

        Assert.Equal(written, Written());
        Assert.Equal(SandboxHost.Release, SandboxHost.Json(SandboxHost.Exec("undercloud", "status", "-f", "json").Expect()).GetProperty("release").GetString());
    });

    [Fact]
    public void A_dry_run_shows_the_plan_and_writes_nothing() => Step(() =>
    {
        var written = Written();
        var ran = SandboxHost.Exec("undercloud", "install", "--dry-run").Expect();
        Assert.Contains("container keystone", ran.Output);
        Assert.Equal(written, Written());
    });

    [Fact]
    public void The_command_of_old_installs_from_any_directory_and_without_a_login() => Step(() =>
    {
        Assert.Contains("--force-stack-update", SandboxHost.Exec("openstack", "undercloud", "install", "--help").Expect().Output);
        var written = Written();
        var planned = SandboxHost.Exec("openstack", "undercloud", "install", "--dry-run").Expect();
        Assert.Equal(SandboxHost.Exec("undercloud", "install", "--dry-run").Expect().Output, planned.Output);
        var ran = SandboxHost.Bash("cd /tmp && env -u OS_CLOUD openstack undercloud install -y --use-heat --inflight-validations").Expect();
        Assert.Contains(Nothing, ran.Error);
        Assert.Contains("--use-heat has no effect", ran.Error);
        Assert.Contains(Nothing, SandboxHost.Exec("openstack", "undercloud", "upgrade", "-y", "--disable-container-prepare").Expect().Error);
        Assert.Contains("nobody to ask", SandboxHost.Exec("openstack", "undercloud", "upgrade").Expect(4).Error);
        SandboxHost.Exec("openstack", "undercloud", "install", "--dry-rum").Expect(2);
        Assert.Equal(written, Written());
    });

    [Fact]
    public void The_command_of_old_ends_as_the_program_does_when_it_is_interrupted() => Step(() =>
    {
        var ended = SandboxHost.Bash("""
            openstack undercloud install >/tmp/interrupted.log 2>&1 &
            for i in $(seq 300); do grep -q 'Host preparation' /tmp/interrupted.log && break; sleep 0.1; done
            kill -TERM $!
            wait $!
            """).Expect(4);
        Assert.Equal("", ended.Error);
        Assert.Contains("Interrupted", SandboxHost.Bash("cat /tmp/interrupted.log").Output);
        Assert.Contains(Nothing, SandboxHost.Exec("openstack", "undercloud", "install").Expect().Error);
    });

    [Fact]
    public void One_option_changed_restarts_only_its_containers() => Step(() =>
    {
        var before = SandboxHost.Containers();
        SandboxHost.Bash("printf 'parameter_defaults: {KeystoneDebug: \"false\"}\\n' > ~/quiet.yaml; echo 'custom_env_files = quiet.yaml' >> ~/undercloud.conf").Expect();
        var diff = SandboxHost.Exec("undercloud", "diff").Expect(10);
        Assert.Contains("-debug = true", diff.Output);
        Assert.Contains("+debug = false", diff.Output);
        Assert.Matches("would restart: keystone\n", diff.Output);
        SandboxHost.Exec("undercloud", "install").Expect();
        var after = SandboxHost.Containers();
        Assert.Equal(["keystone"], after.Where(c => before[c.Key] != c.Value).Select(c => c.Key));
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        SandboxHost.Exec("undercloud", "diff").Expect();
    });

    [Fact]
    public void A_changed_section_changes_the_subnet_in_place() => Step(() =>
    {
        SandboxHost.Bash("""
            cp ~/undercloud.conf /tmp/before.conf
            printf '[ctlplane-subnet]\ndhcp_end = 192.168.24.30\ndns_nameservers = 192.168.24.250\n' >> ~/undercloud.conf
            """).Expect();
        SandboxHost.Exec("undercloud", "install").Expect();
        var subnet = SandboxHost.Json(SandboxHost.Exec("openstack", "subnet", "show", "ctlplane-subnet", "-f", "json").Expect());
        Assert.Equal(SandboxHost.Remembered("subnet"), subnet.GetProperty("id").GetString());
        Assert.Equal("[{\"start\":\"192.168.24.5\",\"end\":\"192.168.24.30\"}]", Compact(subnet.GetProperty("allocation_pools")));
        Assert.Equal("[\"192.168.24.250\"]", Compact(subnet.GetProperty("dns_nameservers")));
        SandboxHost.Bash("mv /tmp/before.conf ~/undercloud.conf").Expect();
    });

    [Fact]
    public void Swift_is_switched_off_and_on_and_keeps_what_it_had() => Step(() =>
    {
        SandboxHost.Bash("echo 'enable_swift = false' >> ~/undercloud.conf").Expect();
        var before = SandboxHost.Containers();
        SandboxHost.Exec("undercloud", "install").Expect();
        var without = SandboxHost.Containers();
        Assert.DoesNotContain(without.Keys, name => name.Contains("swift", StringComparison.Ordinal));
        Assert.Equal(["haproxy"], without.Where(container => before[container.Key] != container.Value).Select(container => container.Key));
        Assert.DoesNotContain("swift", SandboxHost.Bash("openstack service list; openstack endpoint list; openstack user list; openstack role list").Expect().Output);
        SandboxHost.Bash("! podman ps -a | grep swift && ! ls /var/lib/config-data | grep swift && ! ls /etc/systemd/system | grep swift").Expect();
        SandboxHost.Exec("undercloud", "status").Expect();
        SandboxHost.Bash("sed -i /enable_swift/d ~/undercloud.conf").Expect();
        SandboxHost.Exec("undercloud", "install").Expect();
        SandboxHost.Bash("rm -f /tmp/fetched && openstack object save --file /tmp/fetched box object && cmp /tmp/object /tmp/fetched && rm /tmp/object /tmp/fetched").Expect();
        SandboxHost.Bash("openstack object delete box object && openstack container delete box").Expect();
        SandboxHost.Exec("undercloud", "diff").Expect();
    });

    [Fact]
    public void TLS_is_taken_away_and_comes_back() => Step(() =>
    {
        const string Traces = "ls -d /etc/ssl/certs/undercloud* /usr/local/share/ca-certificates/undercloud* /var/lib/certificates/public"
            + " /var/lib/config-data/haproxy /etc/systemd/system/*haproxy* /etc/systemd/system/undercloud-certificates* 2>/dev/null";
        SandboxHost.Bash("echo 'generate_service_certificate = false' >> ~/undercloud.conf").Expect();
        SandboxHost.Exec("undercloud", "install").Expect();
        Assert.Equal("", SandboxHost.Bash(Traces).Output);
        Assert.DoesNotContain("haproxy", SandboxHost.Containers().Keys);
        Assert.DoesNotContain("keepalived", SandboxHost.Containers().Keys);
        Assert.Equal("192.168.24.1/24", SandboxHost.Bash("ip -4 -o address show br-ctlplane | awk '{print $4}'").Expect().Output.Trim());
        Assert.Contains("http://192.168.24.1:5000", SandboxHost.Exec("openstack", "endpoint", "list", "--interface", "public", "-f", "value", "-c", "URL").Expect().Output);
        SandboxHost.Exec("undercloud", "diff").Expect();
        SandboxHost.Bash("sed -i /generate_service/d ~/undercloud.conf").Expect();
        SandboxHost.Exec("undercloud", "install").Expect();
        Assert.Contains("https://192.168.24.2:13000", SandboxHost.Exec("openstack", "endpoint", "list", "--interface", "public", "-f", "value", "-c", "URL").Expect().Output);
        SandboxHost.Exec("undercloud", "status").Expect();
    });

    [Fact]
    public void A_wrong_option_is_named_with_its_place_and_what_was_meant() => Step(() =>
    {
        SandboxHost.Bash("printf '[DEFAULT]\\nlocal_ipp = 192.168.24.1/24\\nundercloud_debug = perhaps\\n' > /tmp/bad.conf").Expect();
        var ran = SandboxHost.Exec("undercloud", "install", "--conf", "/tmp/bad.conf").Expect(3);
        Assert.Contains("/tmp/bad.conf:2", ran.Error);
        Assert.Contains("local_ip", ran.Error);
        Assert.Contains("/tmp/bad.conf:3", ran.Error);
    });

    [Fact]
    public void A_kill_in_the_middle_is_made_good_by_running_again() => Step(() =>
    {
        SandboxHost.Bash("printf '[DEFAULT]\\nundercloud_debug = true\\nenabled_hardware_types = ipmi,redfish,fake-hardware\\n[ctlplane-subnet]\\nmasquerade = true\\n' > ~/undercloud.conf").Expect();
        var killed = SandboxHost.Bash("""
            setsid undercloud install >/tmp/killed.log 2>&1 &
            pid=$!
            for i in $(seq 600); do grep -q 'Step 3' /tmp/killed.log && break; sleep 0.1; done
            sleep 1
            kill -9 -- -$pid
            pkill -9 ansible-playbook
            podman rm -f keystone >/dev/null
            cat /tmp/killed.log
            """);
        Assert.Contains("Step 3", killed.Output);
        Assert.DoesNotContain("successfully", killed.Output);
        SandboxHost.Exec("undercloud", "install").Expect();
        SandboxHost.Exec("openstack", "token", "issue", "-f", "value", "-c", "id").Expect();
        Assert.Contains(Nothing, SandboxHost.Exec("undercloud", "install").Expect().Error);
    });

    [Fact]
    public void A_masqueraded_neighbour_reaches_a_network_that_does_not_know_it() => Step(() =>
    {
        SandboxHost.Bash("""
            ip netns add outside
            ip link add outside0 type veth peer name outside1 netns outside
            ip address add 203.0.113.1/24 dev outside0; ip link set outside0 up
            ip -n outside address add 203.0.113.9/24 dev outside1; ip -n outside link set outside1 up
            """).Expect();
        Assert.Contains(" 0% packet loss", Neighbour("""
            ip address add 192.168.24.250/24 dev eth1p
            ip route add default via 192.168.24.1
            ping -n -c 2 -W 3 203.0.113.9
            """));
        SandboxHost.Bash("ip netns delete outside; ip link delete outside0 2>/dev/null || true").Expect();
    });

    [Fact]
    public void A_killed_container_comes_back() => Step(() =>
    {
        SandboxHost.Bash("podman kill keystone").Expect();
        Assert.Equal("running", Until("podman inspect --format '{{.State.Status}}' keystone", "running"));
    });

    [Fact]
    public void After_a_restart_of_the_host_everything_comes_back() => Step(() =>
    {
        var before = SandboxHost.Containers();
        Shell.Undercloud("sandbox", "restart", SandboxHost.Name).Expect();
        Assert.Equal("good", Until("undercloud status >/dev/null 2>&1 && echo good", "good"));
        Assert.Equal(before.Keys.Order(), SandboxHost.Containers().Keys.Order());
        SandboxHost.Exec("openstack", "token", "issue", "-f", "value", "-c", "id").Expect();
        Assert.Contains(Nothing, SandboxHost.Exec("undercloud", "install").Expect().Error);
        SandboxHost.Bash("ip link set eth1p address 52:54:00:12:34:56").Expect();
        Assert.Equal("192.168.24.20/24 200", Leased());
        Assert.Equal("3", Until("openstack compute service list -f value -c State | grep -c up", "3"));
        SandboxHost.Bash("openstack baremetal node manage life --wait 120 && openstack baremetal node delete life").Expect();
    });

    [Fact]
    public void Uninstall_leaves_data_and_nothing_else_of_ours() => Step(() =>
    {
        SandboxHost.Bash($"podman create --name foreign localhost/undercloud/memcached:{SandboxHost.Release} sleep 1").Expect();
        SandboxHost.Exec("undercloud", "uninstall", "-y").Expect();
        Assert.Equal("foreign", SandboxHost.Bash("podman ps -a --format '{{.Names}}'").Expect().Output.Trim());
        Assert.Equal("", SandboxHost.Bash("ls /etc/systemd/system | grep -E 'tripleo_|undercloud-(network|certificates)'").Output.Trim());
        SandboxHost.Bash("! ls -d /usr/lib/python3/dist-packages/undercloud*").Expect();
        SandboxHost.Bash("test -d /var/lib/mysql/keystone && test -e ~/tripleo-undercloud-passwords.yaml").Expect();
        SandboxHost.Bash("! ip -br addr | grep 192.168.24").Expect();
        SandboxHost.Bash("! nft list tables | grep undercloud").Expect();
        Assert.Equal(SandboxHost.Remembered("forwards"), SandboxHost.Bash("cat /proc/sys/net/ipv4/ip_forward").Expect().Output);
        Assert.Equal("", SandboxHost.Bash("ovs-vsctl list-br; ovs-vsctl get-manager; ls /run/netns").Expect().Output.Trim());
    });

    [Fact]
    public void The_project_run_by_hand_installs_the_same_on_the_data_that_stayed() => Step(() =>
    {
        var project = SandboxHost.Exec("undercloud", "install", "--output-only").Expect().Output.Trim();
        SandboxHost.Bash($"cd {project} && ansible-playbook deploy_steps_playbook.yaml").Expect();
        SandboxHost.Exec("openstack", "token", "issue", "-f", "value", "-c", "id").Expect();
        Assert.Contains(Nothing, SandboxHost.Exec("undercloud", "install").Expect().Error);
    });

    [Fact]
    public void Uninstall_with_purge_leaves_the_host_as_it_was() => Step(() =>
    {
        SandboxHost.Exec("undercloud", "uninstall", "-y", "--purge").Expect();
        // ~/.novaclient is a cache of the client that the steps before used.
        SandboxHost.Bash("podman rm foreign; rm -rf ~/.novaclient; rm -f ~/undercloud.conf ~/quiet.yaml").Expect();
        SandboxHost.Bash("test ! -e /var/log/containers").Expect();
        var before = SandboxHost.Remembered("files").Split('\n');
        Assert.Equal([], SandboxHost.Files().Except(before));
        Assert.Equal([], before.Except(SandboxHost.Files()));
    });

    [Fact]
    public void Any_role_is_deployed_with_a_service_of_the_operators_own() => Step(() =>
    {
        SandboxHost.Bash("""
            mkdir /tmp/own && cd /tmp/own
            printf -- '- name: Undercloud\n  ServicesDefault: [%s]\n' "$(printf 'OS::TripleO::Services::%s, ' UndercloudHost MySQL OsloMessagingRpc Memcached Keystone Greeting)" > roles.yaml
            printf 'resource_registry: {"OS::TripleO::Services::Greeting": greeting.yaml}\nparameter_defaults: {GreetingText: Good morning}\n' > services.yaml
            cat > greeting.yaml <<'.'
            heat_template_version: wallaby
            parameters:
              EndpointMap: {type: json, default: {}}
              RoleName: {type: string, default: ''}
              RoleParameters: {type: json, default: {}}
              ContainerMemcachedImage: {type: string}
              GreetingText: {type: string}
            outputs:
              role_data:
                value:
                  service_name: greeting
                  config_files: {greeting: {/srv/greeting: {text: {get_param: GreetingText}}}}
                  container_config:
                    step_4:
                      greeting:
                        image: {get_param: ContainerMemcachedImage}
                        volumes: [/var/lib/config-data/greeting/srv/greeting:/srv/greeting:ro]
                        restart: always
                        stop_grace_period: 1
                        healthcheck: {test: 'test ! -e /tmp/ill || { echo It is ill >&2; exit 1; }', interval: 2, retries: 5, start_period: 3}
                        command: [sh, -c, 'rm -f /tmp/ill; cat /srv/greeting; exec sleep infinity']
            .
            """).Expect();
        SandboxHost.Bash($"cd /tmp/own && undercloud deploy {string.Join(' ', SandboxHost.ReleaseOption)} --roles-file roles.yaml --environment-file services.yaml --local-ip 192.0.2.1/24").Expect();
        Assert.Equal(["greeting", "keystone", "memcached", "mysql", "rabbitmq"], SandboxHost.Containers().Keys.Order());
        Assert.Equal("Good morning", SandboxHost.Bash("podman logs greeting").Expect().Output.Trim());
        SandboxHost.Bash("podman exec greeting touch /tmp/ill").Expect();
        Assert.Equal("It is ill", Greeting().GetProperty("said").GetString());
        Assert.Equal("1", Until("podman exec greeting test ! -e /tmp/ill && systemctl show --property NRestarts --value tripleo_greeting", "1"));
        Assert.Equal(("healthy", 1), (Greeting().GetProperty("health").GetString(), Greeting().GetProperty("restarts").GetInt32()));
        Assert.Equal("http://192.0.2.2:5000", SandboxHost.Exec("openstack", "endpoint", "list", "--interface", "public", "-f", "value", "-c", "URL").Expect().Output.Trim());
        Assert.Contains(Nothing, SandboxHost.Bash("cd /tmp/own && undercloud deploy -r roles.yaml -e services.yaml --local-ip 192.0.2.1/24").Expect().Error);
        SandboxHost.Exec("undercloud", "uninstall", "-y", "--purge").Expect();
    });

    [Fact]
    public void Delete_leaves_nothing_behind() => Step(() =>
    {
        Shell.Undercloud("sandbox", "delete", SandboxHost.Name).Expect();
        Assert.DoesNotContain($"undercloud-{SandboxHost.Name}", Shell.Run("podman", "ps", "-a", "--format", "{{.Names}}").Expect().Output);
        Assert.DoesNotContain(SandboxHost.Name, Shell.Run("podman", "volume", "ls", "-q").Expect().Output);
    });

    private static System.Text.Json.JsonElement Greeting() => SandboxHost.Json(SandboxHost.Exec("undercloud", "status", "-f", "json"))
        .GetProperty("containers").EnumerateArray().Single(container => container.GetProperty("name").GetString() == "greeting");

    private static string Compact(System.Text.Json.JsonElement element) =>
        System.Text.Json.Nodes.JsonNode.Parse(element.GetRawText())!.ToJsonString();

    // What a line says in a namespace that has the other end of the control plane's wire, as a machine beside this one would.
    private static string Neighbour(string line) => SandboxHost.Bash($"""
        set -e
        ip netns add neighbour
        ip link set eth1p netns neighbour
        ip -n neighbour link set eth1p up
        ip netns exec neighbour bash -c '{line.Replace("'", "'\\''")}' || true
        ip -n neighbour link set eth1p netns 1
        ip netns delete neighbour
        ip link set eth1p up
        """).Expect().Output.Trim();

    // The address that the neighbour is given, and what it gets from Keystone with it.
    private static string Leased()
    {
        var said = Neighbour("""
            udhcpc -i eth1p -n -q -f -t 240 -T 1 -s /var/tmp/lease >/dev/null 2>&1
            ip -o -4 address show dev eth1p | tr -s ' ' | cut -d ' ' -f 4
            curl --max-time 10 --silent --output /dev/null --write-out '%{http_code}' https://192.168.24.2:13000/v3
            """);
        return said.Replace('\n', ' ');
    }

    // Names, sizes, times and inodes of all that an install writes.
    private static string Written() => SandboxHost.Bash(
        "find ~ /etc /var/lib/config-data /var/lib/tripleo-config /var/lib/undercloud /usr/libexec/undercloud -type f -not -name install-undercloud.log"
        + " -not -path '/root/.ansible/*' -not -path '*/__pycache__/*' -not -name lock -printf '%p %s %T@ %i\\n' | sort").Expect().Output;

    private static string Until(string line, string wanted) => SandboxHost.Until(line, wanted);

    private void Step(Action step, [System.Runtime.CompilerServices.CallerMemberName] string name = "") => host.Step(step, name);
}
