namespace Undercloud.Scenarios;

// Bare metal with fake hardware.
public abstract partial class UndercloudContainersSteps
{
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

        // What the ramdisk does in a machine: it gets an address and reports its findings.
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

        // Debian's packages have no command for the inspector's API.
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
        // A node with an unknown power state is not offered for deployment.
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
}
