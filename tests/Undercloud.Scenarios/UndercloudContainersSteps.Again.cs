namespace Undercloud.Scenarios;

// Runs after the first one, without and with changes.
public abstract partial class UndercloudContainersSteps
{
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
        Assert.Contains("confirm with -y", SandboxHost.Exec("openstack", "undercloud", "upgrade").Expect(4).Error);
        SandboxHost.Exec("openstack", "undercloud", "install", "--dry-rum").Expect(2);
        Assert.Equal(written, Written());
    });

    [Fact]
    public void The_command_of_old_ends_as_the_program_does_when_it_is_interrupted() => Step(() =>
    {
        var ended = SandboxHost.Bash("""
            openstack undercloud install >/tmp/interrupted.log 2>&1 &
            for i in $(seq 300); do grep -q 'Checks' /tmp/interrupted.log && break; sleep 0.1; done
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
    public void A_wrong_option_is_named_with_its_place_and_what_was_meant() => Step(() =>
    {
        SandboxHost.Bash("printf '[DEFAULT]\\nlocal_ipp = 192.168.24.1/24\\nundercloud_debug = perhaps\\n' > /tmp/bad.conf").Expect();
        var ran = SandboxHost.Exec("undercloud", "install", "--conf", "/tmp/bad.conf").Expect(3);
        Assert.Contains("/tmp/bad.conf:2", ran.Error);
        Assert.Contains("local_ip", ran.Error);
        Assert.Contains("/tmp/bad.conf:3", ran.Error);
    });

    // Names, sizes, times and inodes of all files that an install writes, except the log and the generation's events.
    private static string Written() => SandboxHost.Bash(
        "find ~ /etc /var/lib/config-data /var/lib/tripleo-config /var/lib/undercloud /usr/libexec/undercloud -type f -not -name install-undercloud.log -not -name events.jsonl"
        + " -not -path '/root/.ansible/*' -not -path '*/__pycache__/*' -not -name lock -printf '%p %s %T@ %i\\n' | sort").Expect().Output;
}
