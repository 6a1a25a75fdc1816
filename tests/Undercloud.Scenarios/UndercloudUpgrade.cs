namespace Undercloud.Scenarios;

/// <summary>An upgrade with tripleoclient's command: an image is rebuilt in the sandbox, and its containers are replaced.</summary>
[Trait("scenario", "undercloud-upgrade")]
public sealed class UndercloudUpgrade(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Fact(Explicit = true)]
    public void Only_containers_of_renewed_images_are_replaced()
    {
        host.Failed = nameof(Only_containers_of_renewed_images_are_replaced);

        // Without this, the upgrade would rebuild all images that are older than the archive.
        string[] others = ["guest", "ipa", "machine", "tempest"];
        Shell.Undercloud(["image", "build", .. Directory.EnumerateFiles(Path.Combine(Shell.Root, "images"), "*.yaml").Select(Path.GetFileNameWithoutExtension).OfType<string>().Except(others)]).Expect();
        Shell.Undercloud("sandbox", "create", SandboxHost.Name).Expect();
        Shell.Undercloud("install", $"--sandbox={SandboxHost.Name}").Expect();
        var before = SandboxHost.Containers();
        SandboxHost.Bash("printf 'run:\n  - echo anew > /etc/renewed\n' >> ~/undercloud/images/memcached.yaml").Expect();
        var ran = SandboxHost.Exec("openstack", "undercloud", "upgrade", "-y").Expect();
        Assert.Contains("successfully upgraded", ran.Error);
        var after = SandboxHost.Containers();
        Assert.Equal(["memcached"], after.Where(c => before[c.Key] != c.Value).Select(c => c.Key));
        Assert.Equal("anew", SandboxHost.Exec("podman", "exec", "memcached", "cat", "/etc/renewed").Expect().Output.Trim());
        SandboxHost.Exec("undercloud", "status").Expect();
        host.Failed = null;
    }
}
