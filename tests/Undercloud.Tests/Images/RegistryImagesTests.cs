using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Host.Images;
using Undercloud.Tests.BareMetal;
using Undercloud.Tests.Node;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Images;

public sealed class RegistryImagesTests
{
    private const string Inspected = """[{"Id": "abc", "Digest": "sha256:2", "RepoDigests": ["localhost/undercloud/keystone@sha256:2", "one.example.org/a/keystone@sha256:1"], "Labels": {"undercloud.image": "keystone", "undercloud.release": "zed"}}]""";
    private static readonly ImageReference s_keystone = new("one.example.org", "a/keystone", "zed");

    private readonly FakeProcesses _host = new();
    private readonly Said _said = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pull_gives_the_image_its_name_in_the_registry_and_tells_the_digest_there()
    {
        _host.Answer("podman pull", "abc\n").Answer("podman image inspect", Inspected);
        var pulled = await Registry().PullAsync(s_keystone, Stop);
        Assert.Equal(("abc", "sha256:1"), (pulled.Id, pulled.Digest));
        Assert.Equal(["podman pull --quiet docker://one.example.org/a/keystone:zed", "podman image inspect --format json abc", "podman tag abc one.example.org/a/keystone:zed"], _host.Lines);
        Assert.Null(pulled.Mismatch("localhost/undercloud/keystone:zed"));
        Assert.Equal("is the image of keystone for zed", pulled.Mismatch("localhost/undercloud/glance:zed"));
        Assert.StartsWith("is no image of this tool", new RegistryImage("", ImmutableDictionary<string, string>.Empty).Mismatch("localhost/undercloud/glance:zed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pull_that_breaks_off_is_tried_again_and_fails_in_the_end_with_the_cause()
    {
        var tries = 0;
        _host.Do("podman pull", _ => ++tries < 3 ? (125, "", "connection reset by peer") : (0, "abc\n", "")).Answer("podman image inspect", Inspected);
        await Registry().PullAsync(s_keystone, Stop);
        Assert.Equal(3, tries);
        _host.Clear().Answer("podman pull", "connection reset by peer", exit: 125);
        _host.Ran.Clear();
        var failure = await Assert.ThrowsAsync<RegistryException>(() => Registry().PullAsync(s_keystone, Stop));
        Assert.Equal(5, _host.Ran.Count);
        Assert.StartsWith("Pulling one.example.org/a/keystone:zed failed 5 times.\nconnection reset by peer\n", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http: server gave HTTP response to HTTPS client", "container_insecure_registries")]
    [InlineData("reading manifest zed in one.example.org/a/keystone: manifest unknown", "undercloud image push")]
    [InlineData("requested access to the resource is denied: unauthorized: authentication required", "ContainerImageRegistryCredentials")]
    [InlineData("x509: certificate signed by unknown authority", "update-ca-certificates")]
    [InlineData("writing blob: no space left on device", "undercloud image prune")]
    public async Task What_another_attempt_cannot_change_fails_at_once_with_the_remedy(string said, string remedy)
    {
        _host.Answer("podman pull", said, exit: 125);
        var failure = await Assert.ThrowsAsync<RegistryException>(() => Registry().PullAsync(s_keystone, Stop));
        Assert.Single(_host.Ran);
        Assert.Contains(remedy, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_in_a_file_of_its_owner_alone_as_long_as_podman_runs_and_in_no_argument()
    {
        var (path, text, mode) = ("", "", UnixFileMode.None);
        _host.Do("podman pull", command =>
        {
            path = command.Arguments[command.Arguments.IndexOf("--authfile") + 1];
            (text, mode) = (File.ReadAllText(path), File.GetUnixFileMode(path));
            return (0, "abc\n", "");
        }).Answer("podman image inspect", Inspected);
        var access = new RegistryAccess { Logins = ImmutableSortedDictionary<string, RegistryLogin>.Empty.Add("one.example.org", new("stack", new Secret("swordfish"))) };
        await Registry(access).PullAsync(s_keystone, Stop);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        Assert.Contains("c3RhY2s6c3dvcmRmaXNo", text, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
        Assert.All(_host.Lines, line => Assert.DoesNotContain("swordfish", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_of_the_public_registry_comes_from_the_mirror_and_keeps_its_name()
    {
        _host.Answer("podman pull", "abc\n").Answer("podman image inspect", Inspected);
        await Registry(new() { Mirror = "mirror.example.org:5000", Insecure = ["mirror.example.org:5000"] }).PullAsync(new("docker.io", "a/keystone", "zed"), Stop);
        Assert.Equal("podman pull --quiet --tls-verify=false docker://mirror.example.org:5000/a/keystone:zed", _host.Lines[0]);
        Assert.Equal("podman tag abc docker.io/a/keystone:zed", _host.Lines[^1]);
    }

    [Fact]
    public async Task A_push_tells_the_digest_and_gives_the_image_its_name_there()
    {
        _host.Do("podman push", command =>
        {
            File.WriteAllText(command.Arguments[command.Arguments.IndexOf("--digestfile") + 1], "sha256:5");
            return (0, "", "");
        });
        Assert.Equal("sha256:5", await Registry().PushAsync("abc", s_keystone, Stop));
        Assert.EndsWith(" abc docker://one.example.org/a/keystone:zed", _host.Lines[0], StringComparison.Ordinal);
        Assert.Equal("podman tag abc one.example.org/a/keystone:zed", _host.Lines[1]);
    }

    [Fact]
    public void A_damaged_record_of_digests_is_made_anew()
    {
        var directory = Directory.CreateTempSubdirectory("undercloud-digests-");
        try
        {
            var record = new DigestRecord(directory.FullName);
            record.Forget(["none"]);
            Assert.Empty(directory.EnumerateFiles());
            record.Keep("one.example.org/a:1", "abc", "sha256:1");
            record.Keep("one.example.org/b:1", "def", "sha256:2");
            Assert.Equal(("abc", "sha256:1"), record.Read()["one.example.org/a:1"]);
            record.Forget(["one.example.org/a:1"]);
            Assert.Equal(["one.example.org/b:1"], record.Read().Keys);
            File.WriteAllText(directory.EnumerateFiles().Single().FullName, "{\"one");
            Assert.Empty(record.Read());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private RegistryImages Registry(RegistryAccess? access = null) => new(_host, access ?? new(), new JumpingTime(), _said);
}
