using Undercloud.Config;

namespace Undercloud.Tests.Config;

public sealed class ConfigReleasesTests
{
    [Theory]
    [InlineData(ConfigRelease.All, "instack-undercloud pike, queens; python-tripleoclient queens to wallaby")]
    [InlineData(ConfigRelease.InstackQueens | ConfigRelease.FromRocky, "instack-undercloud queens; python-tripleoclient rocky to wallaby")]
    [InlineData(ConfigRelease.InstackPike, "instack-undercloud pike")]
    [InlineData(ConfigRelease.Train | ConfigRelease.Ussuri, "python-tripleoclient train, ussuri")]
    [InlineData(ConfigRelease.Queens | ConfigRelease.FromStein, "python-tripleoclient queens, stein to wallaby")]
    [InlineData(ConfigRelease.None, "")]
    public void Releases_are_named_by_project_in_their_order(ConfigRelease releases, string text) =>
        Assert.Equal(text, ConfigReleases.Text(releases));
}
