using Undercloud.Deploy.Images;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;

namespace Undercloud.Tests.Images;

public sealed class ImageSourcesTests
{
    private const string Keystone = "localhost/undercloud/keystone:zed", Neutron = "localhost/undercloud/neutron:zed";

    [Fact]
    public void Without_ContainerImagePrepare_every_image_is_built()
    {
        var sources = Read("parameter_defaults: {}", out var findings);
        Assert.Empty(findings);
        Assert.Null(sources.Of(Keystone));
        var ids = new Dictionary<string, string> { [Keystone] = "one" };
        Assert.Same(ids, sources.Present(ids));
    }

    [Fact]
    public void The_name_in_the_registry_has_namespace_prefix_suffix_and_tag()
    {
        Assert.Equal("registry.example.org:5000/cloud/undercloud-keystone-debian:17.1", $"{Source("set: {namespace: 'registry.example.org:5000/cloud', name_prefix: undercloud-, name_suffix: -debian, tag: 17.1}")}");
        Assert.Equal("192.168.24.1:8787/keystone:zed", $"{Source("set: {namespace: '192.168.24.1:8787'}")}");
    }

    [Fact]
    public void The_last_entry_that_matches_decides_and_includes_come_before_excludes()
    {
        const string All = "- set: {namespace: one.example.org/a}\n  ";
        Assert.Equal("two.example.org", Of(All + "- {set: {namespace: two.example.org/b}, includes: [keystone]}").Of(Keystone)!.Source!.Registry);
        Assert.Equal("one.example.org", Of(All + "- {set: {namespace: two.example.org/b}, includes: [keystone]}").Of(Neutron)!.Source!.Registry);
        Assert.Equal("one.example.org", Of(All + "- {set: {namespace: two.example.org/b}, excludes: [^key]}").Of(Keystone)!.Source!.Registry);
        Assert.Equal("two.example.org", Of(All + "- {set: {namespace: two.example.org/b}, excludes: [^stone]}").Of(Keystone)!.Source!.Registry);
        Assert.Null(Of("- {set: {namespace: two.example.org/b}, excludes: [^key]}").Of(Keystone));
        Assert.Null(Of(All).Of("docker.io/library/mariadb:11"));
    }

    [Fact]
    public void A_destination_without_a_namespace_gets_that_of_the_source()
    {
        Assert.Equal("near.example.org:5000/a/b/keystone:zed", $"{Of("- {set: {namespace: far.example.org/a/b}, push_destination: 'near.example.org:5000'}").Of(Keystone)!.Destination}");
        Assert.Equal("near.example.org/c/keystone:zed", $"{Of("- {set: {namespace: far.example.org/a/b}, push_destination: near.example.org/c}").Of(Keystone)!.Destination}");
        var built = Of("- push_destination: near.example.org").Of(Keystone)!;
        Assert.Equal((null, "near.example.org/undercloud/keystone:zed"), (built.Source, $"{built.Destination}"));
    }

    [Fact]
    public void An_image_that_is_here_but_not_from_its_registry_is_still_to_be_pulled()
    {
        var fixedTag = Of("- set: {namespace: one.example.org/a}");
        var ids = new Dictionary<string, string> { [Keystone] = "new", [Neutron] = "built", ["one.example.org/a/keystone:zed"] = "new", ["one.example.org/a/neutron:zed"] = "other" };
        Assert.Equal([Keystone, "one.example.org/a/keystone:zed", "one.example.org/a/neutron:zed"], fixedTag.Present(ids).Keys);
        var labelled = Of("- {set: {namespace: one.example.org/a}, tag_from_label: version}");
        Assert.False(labelled.IsFromSource(Neutron, ids));
        Assert.True(labelled.IsFromSource(Neutron, new Dictionary<string, string>(ids) { ["one.example.org/a/neutron:1.2-3"] = "built" }));
        Assert.True(Of("- push_destination: near.example.org").IsUnpushed(Keystone, ids));
        Assert.False(Of("- push_destination: near.example.org").IsUnpushed(Keystone, new Dictionary<string, string>(ids) { ["near.example.org/undercloud/keystone:zed"] = "new" }));
    }

    [Theory]
    [InlineData("- {set: {namespace: http://one.example.org/a}}", "3:23: error CIP001: ContainerImagePrepare[0].set.namespace is \"http://one.example.org/a\", which is a URL.")]
    [InlineData("- {set: {namespace: tripleomaster}}", "which does not begin with a registry.\n  Write registry and namespace")]
    [InlineData("- {set: {namespace: one.example.org/A B}}", "error CIP001")]
    [InlineData("- {set: {namespace: one.example.org/a, tag: 'a b'}}", "set.tag is \"a b\", which is no tag")]
    [InlineData("- {set: {namespace: one.example.org/a, name_perfix: x}}", "3:42: error CIP002: ContainerImagePrepare[0].set.name_perfix is no key of set.\n  Did you mean 'name_prefix'?")]
    [InlineData("- {set: {namespace: one.example.org/a}, exclude: [x]}", "error CIP002: ContainerImagePrepare[0].exclude is no key of an entry of ContainerImagePrepare.\n  Did you mean 'excludes'?")]
    [InlineData("- {set: {namespace: one.example.org/a}, includes: ['(']}", "error CIP001: ContainerImagePrepare[0].includes[0] is no regular expression")]
    [InlineData("- {set: {namespace: one.example.org/a}, modify_role: tripleo-modify-image}", "error CIP001: ContainerImagePrepare[0].modify_role: images are not modified when they are pulled.\n  Build the changed image")]
    [InlineData("- {set: {namespace: one.example.org/a}, push_destination: true}", "3:61: warning CIP003: ContainerImagePrepare[0].push_destination has no effect: this undercloud has no registry.")]
    [InlineData("- {set: {namespace: one.example.org/a, ceph_tag: v6}}", "warning CIP003: ContainerImagePrepare[0].set.ceph_tag has no effect")]
    [InlineData("- {set: {tag: zed}}", "warning CIP003: ContainerImagePrepare[0] names no registry: its images are built on this host.")]
    [InlineData("- {set: {namespace: one.example.org/a, tag: zed}, tag_from_label: version}", "warning CIP003: ContainerImagePrepare[0].tag_from_label has no effect, since `set` has a tag.")]
    [InlineData("- one.example.org", "error CIP001: ContainerImagePrepare[0] must be a map")]
    public void What_is_wrong_has_a_finding_with_its_place(string list, string expected)
    {
        Read($"parameter_defaults:\n  ContainerImagePrepare:\n  {list}", out var findings);
        Assert.Contains(expected, Assert.Single(findings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Registries_are_reached_with_users_without_tls_and_by_a_mirror()
    {
        var access = Read("""
            parameter_defaults:
              DockerInsecureRegistryAddress: [plain.example.org:5000, 10.0.0.0/8]
              DockerRegistryMirror: http://mirror.example.org:5000/hub/
              ContainerImageRegistryLogin: true
              ContainerImageRegistryCredentials:
                private.example.org: {stack: swordfish}
            """, out var findings).Access;
        Assert.Empty(findings);
        Assert.True(access.IsInsecure(new("plain.example.org:5000", "a", "b")));
        Assert.True(access.IsInsecure(new("10.1.2.3:5000", "a", "b")));
        Assert.False(access.IsInsecure(new("plain.example.org", "a", "b")));
        var mirrored = access.Reached(new("docker.io", "library/x", "1"));
        Assert.Equal(("mirror.example.org:5000/hub/library/x:1", true), ($"{mirrored}", access.IsInsecure(mirrored)));
        Assert.Equal("private.example.org/a:b", $"{access.Reached(new("private.example.org", "a", "b"))}");
        Assert.Equal("""{"auths":{"private.example.org":{"auth":"c3RhY2s6c3dvcmRmaXNo"}}}""", access.AuthenticationFile(new("private.example.org", "a", "b")));
        Assert.Null(access.AuthenticationFile(mirrored));
    }

    [Fact]
    public void A_registry_without_a_user_is_named_and_no_password_is_said()
    {
        Read("parameter_defaults: {ContainerImageRegistryCredentials: {private.example.org: swordfish}}", out var findings);
        var said = Assert.Single(findings).ToString();
        Assert.Contains("ContainerImageRegistryCredentials has no user of private.example.org", said, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", said, StringComparison.Ordinal);
    }

    private static ImageReference Source(string entry) => Of($"- {{{entry}}}").Of(Keystone)!.Source!;

    private static ImageSources Of(string list)
    {
        var sources = Read($"parameter_defaults:\n  ContainerImagePrepare:\n  {list}", out var findings);
        Assert.Empty(findings);
        return sources;
    }

    private static ImageSources Read(string text, out IReadOnlyCollection<Diagnostic> findings)
    {
        var diagnostics = new DiagnosticBag();
        var sources = ImageSources.Of(HeatEnvironment.Parse(text, "own.yaml", diagnostics), _ => text, diagnostics);
        findings = diagnostics.All;
        return sources;
    }
}
