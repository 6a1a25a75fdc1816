using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config;

/// <summary>The files of the releases.</summary>
public sealed class OpenStackReleaseTests
{
    private const string Good = "suite: forky\nreleased: '2026-04-01'\ntemplates: {}\nimages: {}\nplugins: {}\n";

    [Fact]
    public void Releases_are_ordered_by_their_dates_and_each_has_its_Debian()
    {
        Assert.Equal([("zed", "bookworm"), ("epoxy", "trixie")], OpenStackRelease.All.Select(release => (release.Name, release.Suite)));
        Assert.True(OpenStackRelease.Of("zed")!.IsBefore(OpenStackRelease.Of("epoxy")!));
    }

    // A key that a template reads has to be in the file of each release, and a list of plugins that is missing would refuse every name.
    [Fact]
    public void Every_release_has_the_same_keys_for_templates_and_the_same_lists_of_plugins()
    {
        var first = OpenStackRelease.Default;
        foreach (var release in OpenStackRelease.All)
        {
            Assert.Equal(Keys(first), Keys(release));
            Assert.Equal(first.Plugins.Keys.ToImmutableSortedSet(), [.. release.Plugins.Keys]);
            Assert.All(release.Plugins, list => Assert.NotEmpty(list.Value));
        }
    }

    [Theory]
    [InlineData("images: {}", "imags: {}", "'imags' is no key")]
    [InlineData("images: {}", "images: {x: {package: [a]}}", "'images.x.package' is no key")]
    [InlineData("images: {}", "images: {x: {packages: a}}", "'packages' is no list")]
    [InlineData("plugins: {}", "plugins: {ml2_conf.ini: [a]}", "'ml2_conf.ini' is no map")]
    [InlineData("plugins: {}", "", "'plugins' is no map")]
    [InlineData("suite: forky", "", "'suite' is no text")]
    [InlineData("templates: {}", "templates: [", "not YAML")]
    public void A_mistake_in_a_file_names_the_file_and_the_key(string good, string wrong, string expected)
    {
        var message = Assert.Throws<InvalidDataException>(() => OpenStackReleaseReader.Read("next", Good.Replace(good, wrong, StringComparison.Ordinal))).Message;
        Assert.Contains("release next", message);
        Assert.Contains(expected, message);
    }

    private static ImmutableSortedSet<string> Keys(OpenStackRelease release) =>
        [.. release.Templates.Entries.SelectMany(service => ((MapValue)service.Value).Keys.Select(key => $"{service.Key}.{key}"))];
}
