namespace Undercloud.Scenarios;

// The host before the install, and the first install.
public abstract partial class UndercloudContainersSteps
{
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
        Assert.Contains("nowhere.invalid does not resolve to an address", ran.Error);
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
}
