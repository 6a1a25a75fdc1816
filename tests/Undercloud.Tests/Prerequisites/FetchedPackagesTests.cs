using Undercloud.Host.Prerequisites;

namespace Undercloud.Tests.Prerequisites;

public sealed class FetchedPackagesTests
{
    [Fact]
    public void The_build_fetches_what_building_images_and_sandboxes_need()
    {
        var line = File.ReadLines(Path.Combine(Repository.Root, "build")).Single(text => text.TrimStart().StartsWith("packages=\"", StringComparison.Ordinal));
        Assert.Equal(PrerequisiteSet.ImageBuild.Packages.Union(PrerequisiteSet.Sandbox.Packages), line.Split('"')[1].Split(' '));
    }
}
