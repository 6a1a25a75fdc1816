using Undercloud.Host.Checks;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Checks;

public sealed class FileSystemsTests
{
    [Fact]
    public async Task A_node_is_asked_for_its_file_systems()
    {
        var host = new FakeProcesses().Answer("df", "       Avail   1B-blocks Mounted on\n  3221225472 10737418240 /\n           -           - /proc\n        1024        2048 /mnt/with a blank\n");
        Assert.Equal(
            [new("/", 3L << 30) { TotalBytes = 10L << 30 }, new("/mnt/with a blank", 1024) { TotalBytes = 2048 }],
            await FileSystems.ReadAsync(host, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_node_without_df_has_none() =>
        Assert.Empty(await FileSystems.ReadAsync(new FakeProcesses().Answer("df", "no", exit: 127), TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("/var/lib/containers", "/var")]
    [InlineData("/var", "/var")]
    [InlineData("/various", "/")]
    public void A_path_is_on_the_file_system_with_the_longest_mount_point(string path, string mountPoint) =>
        Assert.Equal(mountPoint, FileSystems.Of([new("/", 1), new("/var", 1), new("/var/log", 1)], path)?.MountPoint);
}
