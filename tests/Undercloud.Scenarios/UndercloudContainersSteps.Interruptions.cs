namespace Undercloud.Scenarios;

// Kills and restarts.
public abstract partial class UndercloudContainersSteps
{
    // Nearly every container is replaced, so the kill comes in the middle of much.
    [Fact]
    public void A_kill_while_TLS_comes_back_is_made_good_by_running_again() => Step(() =>
    {
        SandboxHost.Bash("printf '[DEFAULT]\\nundercloud_debug = true\\nenabled_hardware_types = ipmi,redfish,fake-hardware\\n[ctlplane-subnet]\\nmasquerade = true\\n' > ~/undercloud.conf").Expect();
        var killed = SandboxHost.Bash("""
            setsid undercloud install >/tmp/killed.log 2>&1 &
            pid=$!
            for i in $(seq 1800); do grep -q 'Step 3' /tmp/killed.log && break; sleep 0.1; done
            sleep 1
            kill -9 -- -$pid
            pkill -9 ansible-playbook
            podman rm -f keystone >/dev/null
            cat /tmp/killed.log
            """);
        Assert.Contains("Step 3", killed.Output);
        Assert.DoesNotContain("successfully", killed.Output);
        SandboxHost.Exec("undercloud", "install").Expect();
        Assert.Contains("https://192.168.24.2:13000", SandboxHost.Exec("openstack", "endpoint", "list", "--interface", "public", "-f", "value", "-c", "URL").Expect().Output);
        SandboxHost.Exec("undercloud", "status").Expect();
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
        Assert.Equal("3", Until("openstack compute service list -f value -c State | grep -c up", "3"));
        SandboxHost.Bash("openstack baremetal node manage life --wait 120 && openstack baremetal node delete life").Expect();
    });
}
