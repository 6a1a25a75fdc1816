using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Host.Images;
using Undercloud.Host.Processes;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Images;

public sealed class ImageStoreTests
{
    private const string Twice = """
        [{"Id": "new", "Names": ["localhost/undercloud/memcached:zed"], "Size": 1, "Created": 2, "ReadOnly": true, "Labels": {"undercloud.image": "memcached", "undercloud.release": "zed"}},
         {"Id": "own", "Names": ["localhost/undercloud/memcached:zed"], "Size": 1, "Created": 1, "Labels": {"undercloud.image": "memcached", "undercloud.release": "zed"}},
         {"Id": "new", "Names": ["localhost/undercloud/memcached:zed"], "Size": 1, "Created": 2, "ReadOnly": true}]
        """;

    private readonly ImageStore _store = new(new FakeProcesses().Answer("podman image ls", Twice));

    [Fact]
    public async Task A_tag_of_two_stores_is_the_own_stores_as_podman_has_it()
    {
        var images = await _store.ListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["new", "own"], images.Select(image => image.Id));
        Assert.Equal([0, 1], images.Select(image => image.Tags.Length));
        Assert.True(images[0].IsReadOnly);
        Assert.Equal("own", (await _store.IdsAsync(TestContext.Current.CancellationToken))["localhost/undercloud/memcached:zed"]);
        Assert.Equal("own", (await _store.OfAsync(OpenStackRelease.Default, TestContext.Current.CancellationToken))["memcached"].Id);
    }

    [Fact]
    public async Task An_image_in_two_stores_has_the_tags_of_both()
    {
        var store = new ImageStore(new FakeProcesses().Answer("podman image ls", """
            [{"Id": "one", "Names": ["localhost/undercloud/memcached:zed"], "Size": 1, "Created": 1, "ReadOnly": true},
             {"Id": "one", "Names": ["localhost/undercloud/memcached:zed-one"], "Size": 1, "Created": 1}]
            """));
        var image = Assert.Single(await store.ListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["localhost/undercloud/memcached:zed", "localhost/undercloud/memcached:zed-one"], image.Tags.Order());
        Assert.False(image.IsReadOnly);
    }

    [Fact]
    public async Task There_are_no_images_while_podman_is_not_installed() =>
        Assert.Empty(await new ImageStore(new FakeProcesses().Answer("podman image ls", "podman is not installed", exit: 127)).ListAsync(TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("")]
    [InlineData("Error: locked")]
    [InlineData("[{\"Id\": \"one\"}]")]
    [InlineData("{}")]
    public async Task What_is_no_list_of_images_is_an_error_and_not_an_empty_store(string printed)
    {
        var failure = await Assert.ThrowsAsync<HostCommandException>(() => new ImageStore(new FakeProcesses().Answer("podman image ls", printed)).ListAsync(TestContext.Current.CancellationToken));
        Assert.Contains("`podman image ls", failure.Message, StringComparison.Ordinal);
    }
}
