using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;
using Undercloud.Host.Images;
using Undercloud.Host.Operations;

namespace Undercloud.Tests.Install;

public sealed class ImagePruneTests : IDisposable
{
    private readonly FakeInstallation _host = new();
    private readonly List<string> _images = [];
    private int _created;

    public void Dispose() => _host.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_generation_a_container_or_a_definition_uses_stays_and_so_does_an_operators_image()
    {
        Add("current", "localhost/undercloud/memcached:zed");
        Add("planned", "localhost/undercloud/memcached:zed-000000000001");
        Add("running");
        Add("operators", "localhost/mine/memcached:1");
        Add("operators-too", "localhost/undercloud/memcached:mine");
        Add("operators-step");
        Add("operators-end", "localhost/mine/memcached:2", below: "operators-step");
        Add("tagged-by-both", "localhost/undercloud/memcached:zed-000000000003", "localhost/mine/memcached:3");
        Add("shared", readOnly: true);
        _images.Add("""{"Id": "foreign", "Names": [], "Size": 1, "Created": 1}""");
        Add("former", "localhost/undercloud/memcached:zed-000000000002");
        Add("pushed", "one.example.org/a/memcached:zed");
        Add("nameless");
        new DigestRecord(_host.State).Keep("one.example.org/a/memcached:zed", "pushed", "sha256:1");
        Ready("planned");
        var prune = new ImagePrune(_host.Context);
        var found = await prune.FindAsync(Stop);
        Assert.Equal(["nameless", "pushed", "former"], found.Select(image => image.Id));
        Assert.Empty(await prune.DeleteAsync(found, Stop));
        Assert.Equal(
            ["podman image rm --no-prune nameless", "podman image rm --no-prune one.example.org/a/memcached:zed", "podman image rm --no-prune localhost/undercloud/memcached:zed-000000000002"],
            _host.Host.Lines.Where(line => line.StartsWith("podman image rm", StringComparison.Ordinal)));
        Assert.Empty(new DigestRecord(_host.State).Read());
    }

    [Fact]
    public async Task An_image_that_podman_does_not_delete_is_told_with_the_reason()
    {
        Add("nameless");
        _host.Host.Answer("podman image rm", "image is in use", exit: 2);
        Ready("planned");
        var prune = new ImagePrune(_host.Context);
        var left = Assert.Single(await prune.DeleteAsync(await prune.FindAsync(Stop), Stop));
        Assert.Equal(("nameless", "image is in use"), (left.Image.Id, left.Reason));
        Assert.Equal("memcached:zed (nameless)", ImagePrune.NameOf(left.Image));
    }

    [Fact]
    public async Task Without_a_readable_plan_of_each_generation_nothing_is_deleted()
    {
        Add("nameless");
        Ready("planned");
        File.WriteAllText(Path.Combine(_host.State, "generations", "1", "plan.json"), "{");
        var failure = await Assert.ThrowsAsync<InstallException>(() => new ImagePrune(_host.Context).FindAsync(Stop));
        Assert.Contains("`undercloud generation delete 1`", failure.Message, StringComparison.Ordinal);
    }

    private void Add(string id, string? tag = null, string? second = null, string below = "", bool readOnly = false)
    {
        var names = string.Join(',', new[] { tag, second }.OfType<string>().Select(name => $"\"{name}\""));
        _images.Add($$$"""
            {"Id": "{{{id}}}", "ParentId": "{{{below}}}", "Names": [{{{names}}}], "Size": 1000000, "Created": {{{++_created}}}, "ReadOnly": {{{(readOnly ? "true" : "false")}}},
             "Labels": {"undercloud.image": "memcached", "undercloud.release": "zed"}}
            """);
    }

    private void Ready(string planned)
    {
        var plan = _host.Applied() with { Images = new SortedDictionary<string, string> { ["localhost/undercloud/memcached:zed"] = planned } };
        _host.Generations.Write(new(1, GenerationState.Applied, plan.Hash, "install", DateTimeOffset.UnixEpoch), plan);
        _host.Host.Do("podman image ls", _ => (0, $"[{string.Join(',', _images)}]", "")).Answer("podman ps", """[{"ImageID": "running"}]""");
    }
}
