using System.Text.Json.Nodes;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Failures;
using Undercloud.Host.Images;
using Undercloud.Host.Operations;

namespace Undercloud.Tests.Install;

/// <summary>An install whose images come from a registry, on a host whose podman remembers names.</summary>
public sealed class RegistryTransfersTests : IDisposable
{
    private const string Memcached = "localhost/undercloud/memcached:zed", There = "one.example.org/a/memcached:zed";
    private readonly FakeInstallation _host = new();
    private readonly SortedDictionary<string, string> _names = new(StringComparer.Ordinal);
    private string _id = new('a', 64), _name = "memcached", _digest = "sha256:1";

    public RegistryTransfersTests()
    {
        foreach (var (definition, index) in ImageDefinitions.Load(Path.Combine(Repository.Root, "images"), new DiagnosticBag()).All.Select((definition, index) => (definition, index)))
            _names[definition.TagFor(OpenStackRelease.Default)] = $"{index + 1:x64}";
        _host.Host
            .Do("podman image ls", _ => (0, Listed(), ""))
            .Do("podman tag", command => ((_names[command.Arguments[2]] = command.Arguments[1]).Length > 0 ? 0 : 1, "", ""))
            .Do("podman pull", _ => (0, _id + "\n", ""))
            .Do("podman push", command => Push(command.Arguments[command.Arguments.IndexOf("--digestfile") + 1]))
            .Do("skopeo inspect", _ => (0, $$$"""{"Digest": "{{{_digest}}}", "Labels": {"version": "1.2", "release": "3"}}""", ""))
            .Do("podman image inspect --format json", _ => (0, $$$"""[{"Id": "{{{_id}}}", "Digest": "{{{_digest}}}", "Labels": {"undercloud.image": "{{{_name}}}", "undercloud.release": "zed"}}]""", ""));
        _host.Ready();
    }

    public void Dispose() => _host.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IEnumerable<string> Pulls => _host.Host.Lines.Where(line => line.StartsWith("podman pull", StringComparison.Ordinal));

    [Fact]
    public async Task An_image_with_a_registry_is_pulled_in_place_of_a_build_and_once_only()
    {
        var install = Install("set: {namespace: one.example.org/a}");
        await install.RunAsync(Stop);
        Assert.Equal(_id, install.Run.Plan.Images[Memcached]);
        Assert.Equal([$"podman pull --quiet docker://{There}"], Pulls);
        Assert.Equal((_id, "sha256:1"), new DigestRecord(_host.State).Read()[There]);
        Assert.DoesNotContain(_host.Host.Lines, line => line.StartsWith("buildah", StringComparison.Ordinal));
        var again = Install("set: {namespace: one.example.org/a}");
        await again.RunAsync(Stop);
        Assert.Equal(install.Run.Plan.Hash, again.Run.Plan.Hash);
        Assert.Single(Pulls);
    }

    [Fact]
    public async Task An_image_with_the_same_id_from_a_registry_changes_nothing_of_the_plan()
    {
        var built = Install("set: {namespace: one.example.org/a}, excludes: [memcached]");
        await built.RunAsync(Stop);
        _id = _names[Memcached];
        var pulled = Install("set: {namespace: one.example.org/a}");
        await pulled.RunAsync(Stop);
        Assert.Single(Pulls);
        Assert.Equal(built.Run.Plan.Hash, pulled.Run.Plan.Hash);
    }

    [Fact]
    public async Task An_update_pulls_what_the_registry_has_newer_and_a_check_of_it_pulls_nothing()
    {
        await Install("set: {namespace: one.example.org/a}").RunAsync(Stop);
        Assert.DoesNotContain(await CheckAsync(), part => part.Kind == "image");
        _digest = "sha256:2";
        var outdated = (await CheckAsync()).Single(part => part.Kind == "image");
        Assert.Equal((Memcached, $"{There} is sha256:2"), (outdated.Name, outdated.Reason));
        Assert.Equal(["memcached"], outdated.Replaces);
        Assert.Single(Pulls);
        _id = new('b', 64);
        var update = new InstallOperation(_host.Context, new(Request("set: {namespace: one.example.org/a}"), "update", InstallGoal.Apply) { RenewsImages = true });
        await update.RunAsync(Stop);
        Assert.Equal(_id, update.Run.Plan.Images[Memcached]);
        Assert.DoesNotContain(_host.Host.Lines, line => line.StartsWith("buildah", StringComparison.Ordinal));

        async Task<IEnumerable<OutdatedPart>> CheckAsync() => await new UpdateCheck(_host.Context).RunAsync(Request("set: {namespace: one.example.org/a}"), Stop);
    }

    [Fact]
    public async Task An_image_of_another_kind_is_refused()
    {
        _name = "keystone";
        var failure = await Assert.ThrowsAsync<RegistryException>(() => Install("set: {namespace: one.example.org/a}").RunAsync(Stop));
        Assert.StartsWith($"{There} is the image of keystone for zed, and not that of {Memcached}.", failure.Message, StringComparison.Ordinal);
        Assert.NotEqual(_id, _names[Memcached]);
        Assert.Empty(_host.Generations.All());
    }

    [Theory]
    [InlineData("version", "1.2")]
    [InlineData("'{version}-{release}'", "1.2-3")]
    public async Task A_tag_comes_from_labels(string label, string tag)
    {
        await Install($"set: {{namespace: one.example.org/a}}, tag_from_label: {label}").RunAsync(Stop);
        Assert.Equal([$"podman pull --quiet docker://one.example.org/a/memcached:{tag}"], Pulls);
        await Install($"set: {{namespace: one.example.org/a}}, tag_from_label: {label}").RunAsync(Stop);
        Assert.Single(Pulls);
    }

    [Fact]
    public async Task A_label_that_is_not_there_is_named_with_those_that_are()
    {
        var failure = await Assert.ThrowsAsync<RegistryException>(() => Install("set: {namespace: one.example.org/a}, tag_from_label: rdo_version").RunAsync(Stop));
        Assert.Contains("has no label rdo_version", failure.Message, StringComparison.Ordinal);
        Assert.Contains("It has release, version.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_is_pushed_to_its_destination_once()
    {
        await Install("push_destination: near.example.org").RunAsync(Stop);
        await Install("push_destination: near.example.org").RunAsync(Stop);
        var push = Assert.Single(_host.Host.Lines, line => line.StartsWith("podman push", StringComparison.Ordinal));
        Assert.EndsWith($" {_names[Memcached]} docker://near.example.org/undercloud/memcached:zed", push, StringComparison.Ordinal);
        Assert.Equal((_names[Memcached], "sha256:9"), new DigestRecord(_host.State).Read()["near.example.org/undercloud/memcached:zed"]);
    }

    [Fact]
    public async Task A_diff_names_the_registry_of_an_image_that_an_install_would_pull()
    {
        var outcome = await new DiffOperation(_host.Context).RunAsync(Request("set: {namespace: one.example.org/a}"), Stop);
        Assert.Contains(outcome.Differences.Changes, change => change is { Kind: "image", Name: Memcached, Action: "pull", Reason: $"from {There}" });
        Assert.Empty(Pulls);
    }

    [Fact]
    public async Task A_mistake_in_ContainerImagePrepare_ends_the_run_before_anything_is_pulled()
    {
        var failure = await Assert.ThrowsAsync<InputException>(() => Install("set: {namespace: one.example.org/a}, modify_role: x").RunAsync(Stop));
        Assert.Contains("prepare.yaml:", failure.Message, StringComparison.Ordinal);
        Assert.Contains("error CIP001", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Pulls);
    }

    private InstallOperation Install(string entry) => new(_host.Context, new(Request(entry), "install", InstallGoal.Apply));

    private Host.Gathering.RunRequest Request(string entry)
    {
        var file = Path.Combine(_host.Home, "prepare.yaml");
        File.WriteAllText(file, $"parameter_defaults:\n  ContainerImagePrepare:\n  - {{{entry}}}\n");
        return _host.Request($"custom_env_files = {file}\n");
    }

    private string Listed() => new JsonArray([.. _names.GroupBy(name => name.Value).Select(image => (JsonNode)new JsonObject
    {
        ["Id"] = image.Key,
        ["Names"] = new JsonArray([.. image.Select(name => (JsonNode)name.Key)]),
        ["Size"] = 1,
        ["Created"] = 1,
    })]).ToJsonString();

    private static (int, string, string) Push(string digestFile)
    {
        File.WriteAllText(digestFile, "sha256:9");
        return (0, "", "");
    }
}
