namespace Undercloud.Scenarios;

// Uninstalls, and what follows.
public abstract partial class UndercloudContainersSteps
{
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

    // Five minutes: not in every run, which would come near its limit of time, but whenever the scenario is run by name.
    [Fact(Explicit = true)]
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
        // ~/.novaclient is a cache of the client that earlier steps used.
        SandboxHost.Bash("podman rm foreign; rm -rf ~/.novaclient; rm -f ~/undercloud.conf ~/quiet.yaml").Expect();
        SandboxHost.Bash("test ! -e /var/log/containers").Expect();
        var before = SandboxHost.Remembered("files").Split('\n');
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
}
