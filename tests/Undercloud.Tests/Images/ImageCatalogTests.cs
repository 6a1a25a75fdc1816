using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Images;

namespace Undercloud.Tests.Images;

public sealed class ImageCatalogTests
{
    private static readonly ImageDefinition s_root = new("debian", null);
    private static readonly ImageDefinition s_base = new("base", "debian");
    private static readonly ImageDefinition s_service = new("keystone", "base") { Parameters = ["ContainerKeystoneImage"] };

    [Fact]
    public void Parents_come_before_what_stands_on_them() =>
        Assert.Equal(["debian", "base", "keystone"], ImageCatalog.Of([s_service, s_base, s_root], new()).All.Select(d => d.Name));

    [Fact]
    public void A_name_brings_all_it_stands_on_and_nothing_else()
    {
        var catalog = ImageCatalog.Of([s_service, s_base, s_root, new("mariadb", "base")], new());
        Assert.Equal(["debian", "base", "keystone"], catalog.With(["keystone"], new()).Select(d => d.Name));
    }

    [Fact]
    public void Parameters_name_the_image_of_the_release() =>
        Assert.Equal("localhost/undercloud/keystone:epoxy", ImageCatalog.Of([s_service, s_base, s_root], new()).ImageParameters("epoxy")["ContainerKeystoneImage"]);

    [Fact]
    public void Each_is_built_for_the_wanted_release_or_the_only_one_that_has_it_with_all_it_stands_on()
    {
        var catalog = ImageCatalog.Of([s_service, s_base, s_root, new("ipa", "debian") { OnlyRelease = OpenStackRelease.Of("epoxy") }], new());
        Assert.Equal(
            ["zed: debian base keystone", "epoxy: debian ipa"],
            catalog.ByRelease([], OpenStackRelease.Of("zed")!, new()).Select(part => $"{part.Release.Name}: {string.Join(' ', part.Definitions.Select(d => d.Name))}"));
    }

    [Fact]
    public void What_stands_on_an_image_of_one_release_is_of_that_release_too()
    {
        var bag = new DiagnosticBag();
        ImageCatalog.Of([s_root, new("ipa", "debian") { OnlyRelease = OpenStackRelease.Of("epoxy") }, new("more", "ipa")], bag);
        Assert.Contains("release: epoxy", Assert.Single(bag.All).ToString());
    }

    [Fact]
    public void A_parent_that_is_not_there_is_said_with_what_was_meant()
    {
        var bag = new DiagnosticBag();
        ImageCatalog.Of([s_root, new("x", "debain")], bag);
        Assert.Contains("Did you mean 'debian'?", Assert.Single(bag.All).ToString());
    }

    [Fact]
    public void A_circle_is_an_error_and_does_not_hang()
    {
        var bag = new DiagnosticBag();
        Assert.Empty(ImageCatalog.Of([new("a", "b"), new("b", "a")], bag).All);
        Assert.Equal(2, bag.All.Length);
    }

    [Fact]
    public void A_parameter_names_one_image_only()
    {
        var bag = new DiagnosticBag();
        ImageCatalog.Of([s_root, new("a", "debian") { Parameters = ["P"] }, new("b", "debian") { Parameters = ["P"] }], bag);
        Assert.Contains("a, b", Assert.Single(bag.All).Message);
    }

    [Fact]
    public void The_definitions_of_this_repository_are_sound_and_name_the_services_images()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "images", "debian.yaml")))
            directory = Path.GetDirectoryName(directory)!;
        var bag = new DiagnosticBag();
        var catalog = ImageDefinitions.Load(Path.Combine(directory, "images"), bag);
        Assert.Empty(bag.All);
        var parameters = catalog.ImageParameters("zed");
        Assert.Equal("localhost/undercloud/keystone:zed", parameters["ContainerKeystoneImage"]);
        Assert.Equal("localhost/undercloud/mariadb:zed", parameters["ContainerMysqlImage"]);
        Assert.Equal("localhost/undercloud/rabbitmq:zed", parameters["ContainerRabbitmqImage"]);
        Assert.Equal("localhost/undercloud/memcached:zed", parameters["ContainerMemcachedImage"]);
    }
}
