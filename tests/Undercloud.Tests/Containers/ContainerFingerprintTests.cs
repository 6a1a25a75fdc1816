using Undercloud.Deploy.Containers;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Containers;

public sealed class ContainerFingerprintTests
{
    [Theory]
    [InlineData("""{"image": "k:1", "mem_limit": "1g"}""", """{"mem_limit": 1073741824, "image": "k:1"}""")]
    [InlineData("""{"image": "k:1", "volumes": ["/b:/b:rw", "/a:/a:z,ro"]}""", """{"image": "k:1", "volumes": ["/a:/a:ro,z", "/b:/b", "/b:/b", ""]}""")]
    [InlineData("""{"image": "k:1", "environment": {"B": 1, "A": "x"}}""", """{"image": "k:1", "environment": ["A=x", "B=1"]}""")]
    [InlineData("""{"image": "k:1", "stop_grace_period": "1m"}""", """{"image": "k:1", "stop_grace_period": 60}""")]
    [InlineData("""{"image": "k:1", "privileged": false, "command": "a b"}""", """{"image": "k:1", "privileged": "False", "command": ["a", "b"]}""")]
    [InlineData("""{"image": "k:1", "cap_add": ["CAP_SYS_ADMIN", "net_admin"]}""", """{"image": "k:1", "cap_add": ["NET_ADMIN", "SYS_ADMIN"]}""")]
    [InlineData("""{"image": "k:1", "healthcheck": {"test": "true"}}""", """{"image": "k:1", "healthcheck": {"test": ["CMD-SHELL", "true"], "interval": "60s"}}""")]
    [InlineData("""{"image": "k:1", "restart": "always", "start_order": 1}""", """{"image": "other-name:2"}""")]
    public void What_means_the_same_has_the_same_hash(string left, string right) =>
        Assert.Equal(ContainerFingerprint.Of(Specs.Read(left)), ContainerFingerprint.Of(Specs.Read(right)));

    [Fact]
    public void Every_key_changes_the_hash_but_the_unit_s_and_the_image_s_name()
    {
        using var stream = typeof(ContainerFingerprintTests).Assembly.GetManifestResourceStream("Undercloud.Tests.Containers.Fixtures.service.json")!;
        var lines = new StreamReader(stream).ReadToEnd().Split('\n').Where(line => !line.StartsWith("##", StringComparison.Ordinal));
        var read = (MapValue)CanonicalJson.Read(string.Concat(lines));

        // With a health check the policy also decides what becomes of an unhealthy container, unless that is said.
        var full = read.With("healthcheck", ((MapValue)read["healthcheck"]!).With("on_failure", "none"));
        var whole = ContainerFingerprint.Of(Specs.Read(CanonicalJson.Write(full))).Hash;
        var unchanged = full.Keys.Where(key => key != "image" && whole == ContainerFingerprint.Of(Specs.Read(CanonicalJson.Write(Without(full, key)))).Hash);
        Assert.Equal(["restart"], unchanged);
    }

    [Fact]
    public void What_becomes_of_an_unhealthy_container_is_part_of_it()
    {
        var spec = Specs.Read("""{"image": "k:1", "restart": "always", "healthcheck": {"test": "true"}}""");
        Assert.True(spec.Health!.Restarts);
        Assert.NotEqual(ContainerFingerprint.Of(spec), ContainerFingerprint.Of(spec with { Health = spec.Health with { Restarts = false } }));
    }

    [Fact]
    public void The_order_of_a_command_s_words_and_of_env_files_matters()
    {
        var spec = Specs.Read("""{"image": "k:1", "command": ["a", "b"], "env_file": ["/a", "/b"]}""");
        Assert.NotEqual(ContainerFingerprint.Of(spec), ContainerFingerprint.Of(spec with { Command = ["b", "a"] }));
        Assert.NotEqual(ContainerFingerprint.Of(spec), ContainerFingerprint.Of(spec with { EnvFiles = ["/b", "/a"] }));
    }

    [Fact]
    public void A_difference_names_its_parts()
    {
        var spec = Specs.Service();
        var old = ContainerFingerprint.Of(spec).Parts;
        Assert.Equal("image differs", ContainerFingerprint.Of(spec with { ImageId = Specs.OtherImageId }).Difference(old));
        Assert.Equal("configuration differs", ContainerFingerprint.Of(spec with { ConfigHash = "x" }).Difference(old));
        Assert.Equal(
            "specification and image differ", ContainerFingerprint.Of(spec with { ImageId = Specs.OtherImageId, User = "x" }).Difference(old));
        Assert.Equal("specification differs", ContainerFingerprint.Of(spec).Difference(labelled: null));
    }

    private static MapValue Without(MapValue map, string key) => new(map.Entries.Where(entry => entry.Key != key));
}
