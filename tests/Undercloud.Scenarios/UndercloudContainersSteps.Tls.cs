namespace Undercloud.Scenarios;

// The public endpoints and their certificates.
public abstract partial class UndercloudContainersSteps
{
    private const string Anchor = "/usr/local/share/ca-certificates/undercloud-ca.crt";

    [Fact]
    public void Only_who_trusts_the_authority_accepts_the_public_endpoint() => Step(() =>
    {
        const string Alone = "curl -sS --max-time 10 --capath /nonexistent --cacert";
        SandboxHost.Bash($"{Alone} {Anchor} https://192.168.24.2:13000/v3").Expect();
        var refused = SandboxHost.Bash($"{Alone} $(ls /etc/ssl/certs/*.pem | grep -v undercloud | head -1) https://192.168.24.2:13000/v3").Expect(60);
        Assert.Contains("certificate", refused.Error);

        // The host itself trusts the authority, whatever its clients are configured with, and no endpoint is open without TLS.
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
    public void TLS_is_taken_away() => Step(() =>
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
    });
}
