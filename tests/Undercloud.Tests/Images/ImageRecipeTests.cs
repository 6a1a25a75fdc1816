using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy;
using Undercloud.Deploy.Images;
using Undercloud.Host.Images;

namespace Undercloud.Tests.Images;

public sealed class ImageRecipeTests
{
    private static readonly OpenStackRelease s_zed = OpenStackRelease.Of("zed")!;
    private static readonly ImageDefinition s_definition = new("x", "base") { Packages = ["a", "b"], Files = [new("f", "/f", "0644")] };

    private static ImageRecipe Recipe(ImageDefinition definition, params byte[] content) => new(definition, s_zed, [content]);

    [Fact]
    public void The_order_of_packages_makes_no_other_image() =>
        Assert.Equal(Recipe(s_definition).Fingerprint(), Recipe(s_definition with { Packages = ["b", "a", "a"] }).Fingerprint());

    [Fact]
    public void Whatever_changes_the_image_changes_the_fingerprint()
    {
        ImageRecipe[] others =
        [
            Recipe(s_definition, 1),
            Recipe(s_definition with { Packages = ["a"] }),
            Recipe(s_definition with { From = "openstack" }),
            Recipe(s_definition with { Run = ["true"] }),
            Recipe(s_definition with { Command = ["/sbin/init"] }),
            Recipe(s_definition with { ServiceUsers = true }),
            Recipe(s_definition with { Files = [new("f", "/f", "0755")] }),
            Recipe(s_definition) with { Release = OpenStackRelease.Of("epoxy")! },
        ];
        Assert.Equal(others.Length + 1, others.Append(Recipe(s_definition)).Select(recipe => recipe.Fingerprint()).Distinct().Count());
    }

    [Fact]
    public void What_only_others_read_does_not_change_the_fingerprint() =>
        Assert.Equal(Recipe(s_definition).Fingerprint(), Recipe(s_definition with { Parameters = ["ContainerXImage"], Files = [new("elsewhere", "/f", "0644")] }).Fingerprint());

    [Fact]
    public void Every_service_user_is_made_with_its_number_before_the_first_package()
    {
        var steps = Recipe(s_definition with { ServiceUsers = true }).Steps();
        Assert.All(ServiceUser.All, user => Assert.Contains($"useradd -u {user.Id} -g {user.Id} ", steps[0].Script));
        Assert.Contains("apt-get install", steps[1].Script);
        Assert.EndsWith(" a b", steps[1].Script);
    }

    [Fact]
    public void An_image_is_outdated_when_its_definition_or_its_parent_is_another()
    {
        var recipe = Recipe(s_definition);
        var image = Stored(recipe, "id", "parent");
        Assert.Null(image.Outdated(recipe, "parent"));
        Assert.Equal("base changed", image.Outdated(recipe, "other"));
        Assert.Equal("its definition changed", image.Outdated(Recipe(s_definition, 1), "parent"));
    }

    [Fact]
    public void Images_are_current_only_when_the_whole_line_is()
    {
        var root = new ImageRecipe(new("base", null), s_zed, []);
        var child = Recipe(s_definition);
        var images = new[] { Stored(root, "1", ""), Stored(child, "2", "1") }.ToImmutableDictionary(image => image.Name!);
        Assert.Equal("2", ImageBuilder.Current([root, child], images)!["localhost/undercloud/x:zed"]);
        Assert.Null(ImageBuilder.Current([root, child], images.SetItem("base", Stored(root, "3", ""))));
        Assert.Null(ImageBuilder.Current([root, child], images.Remove("base")));
        Assert.Null(ImageBuilder.Current([root, Recipe(s_definition, 1)], images));
    }

    private static StoredImage Stored(ImageRecipe recipe, string id, string parent) => new(id, [recipe.Tag], 1, DateTimeOffset.UnixEpoch, ImmutableDictionary<string, string>.Empty
        .Add(StoredImage.NameLabel, recipe.Definition.Name)
        .Add(StoredImage.ReleaseLabel, "zed")
        .Add(StoredImage.DefinitionLabel, recipe.Fingerprint())
        .Add(StoredImage.ParentLabel, parent));

    [Fact]
    public void A_command_with_quotes_and_backslashes_reaches_buildah_as_json()
    {
        Assert.Equal(["sh", "-c", "echo \"a\\b\""], System.Text.Json.JsonSerializer.Deserialize<string[]>(BuildContainer.CommandJson(["sh", "-c", "echo \"a\\b\""]))!);
        Assert.Equal("[\"/bin/bash\"]", BuildContainer.CommandJson([]));
    }
}
