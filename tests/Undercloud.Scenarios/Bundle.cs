namespace Undercloud.Scenarios;

/// <summary>A bundle: made on an undercloud, then imported on the same host when the host has no image, no undercloud and no route any more.</summary>
[Trait("scenario", "bundle")]
[Trait("sandbox", "bundle")]
public sealed class Bundle(SandboxHost host) : IClassFixture<SandboxHost>
{
    private const string Tool = "/var/lib/undercloud-bundle/tool/undercloud";

    [Fact(Explicit = true)]
    public void A_bundle_of_an_undercloud_holds_no_secret() => host.Step(() =>
    {
        Shell.Undercloud(["install", $"--sandbox={SandboxHost.Name}", .. SandboxHost.ReleaseOption]).Expect();
        SandboxHost.Remember("images", Images());
        SandboxHost.Bash("undercloud bundle create /srv/undercloud.tar").Expect();
        SandboxHost.Bash("""
            set -e
            tar -tf /srv/undercloud.tar | grep -q '^packages/Packages$'
            password=$(awk '/AdminPassword/ {print $2}' ~/tripleo-undercloud-passwords.yaml)
            [ -n "$password" ]
            ! grep -q -F "$password" /srv/undercloud.tar
            """).Expect();
    });

    [Fact(Explicit = true)]
    public void A_host_without_a_route_installs_from_the_bundle() => host.Step(() =>
    {
        SandboxHost.Bash("""
            set -e
            undercloud uninstall -y --purge
            sed -i /additionalimagestores/d /etc/containers/storage.conf
            podman image rm --all --force >/dev/null 2>&1 || true
            [ -z "$(podman image ls --quiet)" ]
            DEBIAN_FRONTEND=noninteractive apt-get purge -y -q --autoremove python3-openstackclient ansible-core openvswitch-switch >/dev/null
            rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb /var/cache/undercloud
            while ip route del default 2>/dev/null; do :; done
            ! timeout 5 curl --silent http://deb.debian.org >/dev/null
            mkdir -p /srv/try && cd /srv/try
            tar -xf /srv/undercloud.tar tool
            tool/undercloud bundle import /srv/undercloud.tar
            """).Expect();
        SandboxHost.Bash($"{Tool} install").Expect();
        Assert.Equal(SandboxHost.Remembered("images"), Images());
        SandboxHost.Bash($"{Tool} status").Expect();
        SandboxHost.Bash(". ~/stackrc && openstack token issue -f value -c id").Expect();
    });

    [Fact(Explicit = true)]
    public void An_update_without_a_route_changes_nothing_and_needs_no_archive() => host.Step(() =>
    {
        var before = SandboxHost.Containers();
        Assert.Contains("nothing was changed", SandboxHost.Bash($"{Tool} update -y").Expect().Error, StringComparison.Ordinal);
        Assert.Equal(before, SandboxHost.Containers());
        SandboxHost.Bash($"{Tool} update --check").Expect();
        SandboxHost.Bash($"{Tool} bundle import /srv/undercloud.tar").Expect();
        Assert.Equal(before, SandboxHost.Containers());
    });

    // Each running container with the id of its image.
    private static string Images() => SandboxHost.Bash("podman ps -q | xargs podman inspect --format '{{.Name}} {{.Image}}' | sort").Expect().Output;
}
