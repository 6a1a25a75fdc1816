using Undercloud.Host.Containers;

namespace Undercloud.Tests.Containers;

public sealed class ContainerProgressTests
{
    [Fact]
    public void A_run_hears_what_an_apply_does_once_and_nothing_stays_behind()
    {
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(directory.FullName, "run", "progress");
            var told = new List<string>();
            using var watch = new ContainerProgress(path, TimeProvider.System, told.Add);
            using (var writer = new ContainerProgressWriter(path))
            {
                watch.Look();
                writer.Write("[1/2] keystone: create (new)");
                watch.Look();
                watch.Look();
                writer.Write("[2/2] glance_api: create (new)");
                watch.Look();
            }

            watch.Look();
            Assert.Equal(["[1/2] keystone: create (new)", "[2/2] glance_api: create (new)"], told);
            Assert.False(File.Exists(path));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
