namespace Undercloud.Scenarios;

/// <summary>
/// The containerised undercloud from nothing to nothing: install, use, install again, change an option, kill, restart, uninstall, delete.
/// </summary>
[Trait("scenario", "undercloud-containers")]
[Trait("voting", "yes")]
public sealed class UndercloudContainers(SandboxHost host) : IClassFixture<SandboxHost>
{
    private const string Nothing = "nothing was changed";

    [Fact]
    public void A_sandbox_is_a_freshly_installed_host() => Step(() =>
    {
        Shell.Undercloud("sandbox", "create", SandboxHost.Name).Expect();
        Assert.Contains(SandboxHost.Bash("systemctl is-system-running").Output.Trim(), new[] { "running", "degraded" });
        host.Remembered["files"] = string.Join('\n', SandboxHost.Files());
    });

    [Fact]
    public void Install_ends_with_the_banner() => Step(() =>
    {
        var ran = Shell.Undercloud("install", $"--sandbox={SandboxHost.Name}").Expect();
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
    public void Keystone_has_its_three_endpoints() => Step(() =>
    {
        var endpoints = SandboxHost.Json(SandboxHost.Exec("openstack", "endpoint", "list", "--service", "identity", "-f", "json").Expect());
        var urls = endpoints.EnumerateArray().ToDictionary(e => e.GetProperty("Interface").GetString()!, e => e.GetProperty("URL").GetString());
        Assert.Equal(["admin", "internal", "public"], urls.Keys.Order());
        Assert.Equal("http://192.168.24.2:5000", urls["public"]);
        Assert.Equal("http://192.168.24.3:5000", urls["internal"]);
    });

    [Fact]
    public void Status_says_that_all_is_well() => Step(() =>
    {
        var status = SandboxHost.Json(SandboxHost.Exec("undercloud", "status", "-f", "json").Expect());
        Assert.True(status.GetProperty("good").GetBoolean());
        Assert.Equal("applied", status.GetProperty("applied").GetProperty("state").GetString());
        Assert.Equal(6, status.GetProperty("endpoints").GetArrayLength());
        Assert.Contains(status.GetProperty("containers").EnumerateArray(), c => c.GetProperty("name").GetString() == "mysql" && c.GetProperty("health").GetString() == "healthy");
    });

    [Fact]
    public void A_neighbour_reaches_the_control_plane_through_its_bridge() => Step(() =>
    {
        Assert.Contains("eth1", SandboxHost.Bash("ovs-vsctl list-ports br-ctlplane").Expect().Output.Split('\n'));
        var answer = Neighbour("ip address add 192.168.24.250/24 dev eth1p; curl --max-time 10 --silent --output /dev/null --write-out '%{http_code}' http://192.168.24.2:5000/v3");
        Assert.Equal("200", answer);
    });

    [Fact]
    public void Every_agent_of_Neutron_is_alive() => Step(() =>
        Assert.Equal("4", Until("openstack network agent list -f value -c Alive | grep -c True", "4")));

    [Fact]
    public void A_port_gets_its_address_from_DHCP() => Step(() =>
    {
        SandboxHost.Bash("""
            set -e
            openstack network create ctlplane --provider-network-type flat --provider-physical-network ctlplane >/dev/null
            openstack subnet create ctlplane-subnet --network ctlplane --subnet-range 192.168.24.0/24 --gateway 192.168.24.1 \
                --allocation-pool start=192.168.24.5,end=192.168.24.24 >/dev/null
            ip link set eth1p address 52:54:00:12:34:56
            openstack port create neighbour --network ctlplane --mac-address 52:54:00:12:34:56 --fixed-ip ip-address=192.168.24.20 >/dev/null
            printf '#!/bin/sh\n[ "$1" != bound ] || ip address replace "$ip/$mask" dev "$interface"\n' > /var/tmp/lease
            chmod +x /var/tmp/lease
            """).Expect();
        Assert.Equal("192.168.24.20/24 200", Leased());
    });

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
            "ip netns exec \"$(ls /run/netns | grep qrouter)\" curl --max-time 10 --silent --output /dev/null --write-out '%{http_code}' http://192.168.24.2:5000/v3", "200"));
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
        SandboxHost.Bash("printf '[DEFAULT]\\ncustom_env_files = /root/debug.yaml\\n' > ~/undercloud.conf; printf 'parameter_defaults:\\n  KeystoneDebug: \"false\"\\n' > ~/debug.yaml").Expect();
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
        SandboxHost.Bash("printf '[DEFAULT]\\nundercloud_debug = true\\n' > ~/undercloud.conf").Expect();
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
    });

    [Fact]
    public void Uninstall_leaves_data_and_nothing_else_of_ours() => Step(() =>
    {
        SandboxHost.Bash("podman create --name foreign localhost/undercloud/memcached:zed sleep 1").Expect();
        SandboxHost.Exec("undercloud", "uninstall", "-y").Expect();
        Assert.Equal("foreign", SandboxHost.Bash("podman ps -a --format '{{.Names}}'").Expect().Output.Trim());
        Assert.Equal("", SandboxHost.Bash("ls /etc/systemd/system | grep -E 'tripleo_|undercloud-network'").Output.Trim());
        SandboxHost.Bash("! ls -d /usr/lib/python3/dist-packages/undercloud*").Expect();
        SandboxHost.Bash("test -d /var/lib/mysql/keystone && test -e ~/tripleo-undercloud-passwords.yaml").Expect();
        SandboxHost.Bash("! ip -br addr | grep 192.168.24").Expect();
        Assert.Equal("", SandboxHost.Bash("ovs-vsctl list-br; ovs-vsctl get-manager; ls /run/netns").Expect().Output.Trim());
    });

    [Fact]
    public void The_data_that_stayed_serves_a_new_install() => Step(() =>
    {
        SandboxHost.Exec("undercloud", "install").Expect();
        SandboxHost.Exec("openstack", "token", "issue", "-f", "value", "-c", "id").Expect();
    });

    [Fact]
    public void Uninstall_with_purge_leaves_the_host_as_it_was() => Step(() =>
    {
        SandboxHost.Exec("undercloud", "uninstall", "-y", "--purge").Expect();
        SandboxHost.Bash("podman rm foreign; rm -f ~/undercloud.conf ~/debug.yaml").Expect();
        SandboxHost.Bash("test ! -e /var/log/containers").Expect();
        var before = host.Remembered["files"].Split('\n');
        Assert.Equal([], SandboxHost.Files().Except(before));
        Assert.Equal([], before.Except(SandboxHost.Files()));
    });

    [Fact]
    public void Delete_leaves_nothing_behind() => Step(() =>
    {
        Shell.Undercloud("sandbox", "delete", SandboxHost.Name).Expect();
        Assert.DoesNotContain($"undercloud-{SandboxHost.Name}", Shell.Run("podman", "ps", "-a", "--format", "{{.Names}}").Expect().Output);
        Assert.DoesNotContain(SandboxHost.Name, Shell.Run("podman", "volume", "ls", "-q").Expect().Output);
    });

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
            udhcpc -i eth1p -n -q -f -t 60 -T 1 -s /var/tmp/lease >/dev/null 2>&1
            ip -o -4 address show dev eth1p | tr -s ' ' | cut -d ' ' -f 4
            curl --max-time 10 --silent --output /dev/null --write-out '%{http_code}' http://192.168.24.2:5000/v3
            """);
        return said.Replace('\n', ' ');
    }

    // Names, sizes, times and inodes of all that an install writes.
    private static string Written() => SandboxHost.Bash(
        "find ~ /etc /var/lib/config-data /var/lib/tripleo-config /var/lib/undercloud /usr/libexec/undercloud -type f -not -name install-undercloud.log"
        + " -not -path '/root/.ansible/*' -not -path '*/__pycache__/*' -not -name lock -printf '%p %s %T@ %i\\n' | sort").Expect().Output;

    private static string Until(string line, string wanted)
    {
        var said = "";
        for (var tries = 0; tries < 60 && said != wanted; tries++)
        {
            if (tries > 0)
                Thread.Sleep(1000);
            said = SandboxHost.Bash(line).Output.Trim();
        }

        return said;
    }

    private void Step(Action step, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        Assert.SkipWhen(host.Failed is not null, $"{host.Failed} failed before");
        try
        {
            step();
        }
        catch
        {
            host.Failed = name;
            throw;
        }
    }
}
