namespace Undercloud.Scenarios;

/// <summary>
/// Images from a registry: Debian's docker-registry, with a user and without TLS, gets the images of an undercloud; an undercloud without any image then
/// pulls them, and is the same as the one whose images were built.
/// </summary>
[Trait("scenario", "registry")]
[Trait("sandbox", "registry")]
public sealed class Registry(SandboxHost host) : IClassFixture<SandboxHost>
{
    // Keystone has port 5000.
    private const string Address = "127.0.0.1:5555";
    private const string Password = "swordfish-of-the-registry";

    [Fact(Explicit = true)]
    public void An_undercloud_with_built_images_and_a_registry() => host.Step(() =>
    {
        Shell.Undercloud(["install", $"--sandbox={SandboxHost.Name}", .. SandboxHost.ReleaseOption]).Expect();
        SandboxHost.Bash($$"""
            set -e
            apt-get update -q >/dev/null
            DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends docker-registry skopeo apache2-utils >/dev/null
            systemctl disable --now docker-registry 2>/dev/null || true
            mkdir -p /srv/registry
            htpasswd -Bbn stack {{Password}} > /srv/registry/users
            cat > /srv/registry/config.yml <<'.'
            version: 0.1
            storage: {filesystem: {rootdirectory: /srv/registry/images} }
            http: {addr: '{{Address}}'}
            auth: {htpasswd: {realm: test, path: /srv/registry/users} }
            .
            systemd-run --unit test-registry docker-registry serve /srv/registry/config.yml
            cat > ~/prepare.yaml <<'.'
            parameter_defaults:
              ContainerImagePrepare:
              - set: {namespace: '{{Address}}/undercloud'}
              ContainerImageRegistryCredentials:
                '{{Address}}': {stack: {{Password}} }
            .
            printf '[DEFAULT]\ncontainer_insecure_registries = {{Address}}\ncustom_env_files = prepare.yaml\n' > ~/undercloud.conf
            """).Expect();
        SandboxHost.Until($"curl --silent --output /dev/null --write-out '%{{http_code}}' http://{Address}/v2/", "401");
        SandboxHost.Remember("images", Images());
        SandboxHost.Remember("passwords", SandboxHost.Bash("sha256sum ~/tripleo-undercloud-passwords.yaml").Expect().Output);
    });

    [Fact(Explicit = true)]
    public void The_images_of_the_undercloud_are_pushed_with_their_digests() => host.Step(() =>
    {
        var pushed = SandboxHost.Bash("undercloud image push").Expect();
        var lines = pushed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 5, pushed.Output);
        Assert.All(lines, line => Assert.Matches($"^{Address}/undercloud/[a-z]+:{SandboxHost.Release} sha256:[0-9a-f]{{64}}$", line.Trim()));
        var (name, digest) = (lines[0].Split(' ')[0], lines[0].Split(' ')[1].Trim());
        Assert.Equal(digest, SandboxHost.Bash($"skopeo inspect --tls-verify=false --creds stack:{Password} --format '{{{{.Digest}}}}' docker://{name}").Expect().Output.Trim());
        Assert.DoesNotContain(Password, pushed.Error + pushed.Output, StringComparison.Ordinal);
        SandboxHost.Bash($"! grep -r {Password} ~/undercloud-ansible /var/lib/undercloud/generations /run/undercloud ~/install-undercloud.log").Expect();
    });

    [Fact(Explicit = true)]
    public void An_undercloud_without_images_pulls_them_and_is_the_same() => host.Step(() =>
    {
        SandboxHost.Bash("""
            set -e
            undercloud uninstall -y
            sed -i /additionalimagestores/d /etc/containers/storage.conf
            podman image rm --all --force >/dev/null || true
            [ -z "$(podman image ls --quiet)" ]
            """).Expect();
        Assert.Contains("pull", SandboxHost.Bash("undercloud diff").Expect(10).Output, StringComparison.Ordinal);
        SandboxHost.Bash("undercloud install").Expect();
        Assert.Equal(SandboxHost.Remembered("images"), Images());
        Assert.Equal(SandboxHost.Remembered("passwords"), SandboxHost.Bash("sha256sum ~/tripleo-undercloud-passwords.yaml").Expect().Output);
        SandboxHost.Bash("! podman image ls --format '{{.Names}}' | grep /debian:").Expect();
        SandboxHost.Bash("undercloud status").Expect();
        var before = SandboxHost.Containers();
        Assert.Contains("nothing was changed", SandboxHost.Bash("undercloud install").Expect().Error, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", SandboxHost.Bash("undercloud update -y").Expect().Error, StringComparison.Ordinal);
        Assert.Equal(before, SandboxHost.Containers());

        // Exit code 0: an update would change nothing. Packages of the host may be listed all the same.
        SandboxHost.Bash("undercloud update --check").Expect();
    });

    [Fact(Explicit = true)]
    public void A_registry_that_is_away_for_a_while_is_waited_for_and_an_interrupted_pull_is_resumed() => host.Step(() =>
    {
        SandboxHost.Bash("systemctl stop test-registry").Expect();
        Assert.Contains("failed 5 times", SandboxHost.Bash("undercloud image pull memcached").Expect(1).Error, StringComparison.Ordinal);
        SandboxHost.Bash("(sleep 3; systemd-run --unit test-registry-2 docker-registry serve /srv/registry/config.yml) & undercloud image pull memcached; wait").Expect();
    });

    [Fact(Explicit = true)]
    public void An_update_from_the_registry_replaces_the_containers_of_the_newer_image_and_prune_deletes_the_former_one() => host.Step(() =>
    {
        var before = SandboxHost.Containers();
        SandboxHost.Bash($$"""
            set -e
            printf 'FROM localhost/undercloud/memcached:{{SandboxHost.Release}}\nLABEL next=1\n' | podman build --quiet --tag localhost/mine/memcached:1 - >/dev/null
            podman push --quiet --tls-verify=false --creds stack:{{Password}} localhost/mine/memcached:1 docker://{{Address}}/undercloud/memcached:{{SandboxHost.Release}}
            """).Expect();
        Assert.Contains("memcached", SandboxHost.Bash("undercloud update --check").Expect(10).Output, StringComparison.Ordinal);
        SandboxHost.Bash("undercloud update -y").Expect();
        var after = SandboxHost.Containers();
        Assert.Equal(["memcached"], after.Where(container => before[container.Key] != container.Value).Select(container => container.Key));
        SandboxHost.Bash("undercloud image prune").Expect();
        SandboxHost.Bash("podman image exists localhost/mine/memcached:1").Expect();
        SandboxHost.Bash("undercloud rollback -y").Expect();
        Assert.Equal(SandboxHost.Remembered("images"), Images());
    });

    // Each running container with the id of its image.
    private static string Images() => SandboxHost.Bash("podman ps -q | xargs podman inspect --format '{{.Name}} {{.Image}}' | sort").Expect().Output;
}
