using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Images;

namespace Undercloud.Tests.Images;

public sealed class ImageDefinitionTests
{
    private static readonly OpenStackRelease s_zed = OpenStackRelease.Of("zed")!;
    private static readonly OpenStackRelease s_epoxy = OpenStackRelease.Of("epoxy")!;

    private static (ImageDefinition? Definition, IReadOnlyList<Diagnostic> Findings) Parse(string text, string path = "images/x.yaml")
    {
        var bag = new DiagnosticBag();
        return (ImageDefinition.Parse(text, path, bag), bag.All);
    }

    [Fact]
    public void A_definition_reads_as_it_is_written()
    {
        var (definition, findings) = Parse(
            """
            name: x
            from: base
            service_users: true
            parameters: [ContainerXImage]
            files:
              - {source: files/a, path: /etc/a, mode: "0755"}
              - {source: files/b, path: /etc/b}
            packages: [b, a, b]
            run: [echo one]
            command: [/sbin/init]
            """);
        Assert.Empty(findings);
        Assert.Equal(("x", "base", true), (definition!.Name, definition.From, definition.ServiceUsers));
        Assert.Equal([("/etc/a", "0755"), ("/etc/b", "0644")], definition.Files.Select(file => (file.Path, file.Mode)));
        Assert.Equal(["a", "b"], definition.PackagesIn(s_zed));
        Assert.Equal(["echo one"], definition.Run);
        Assert.Equal(["/sbin/init"], definition.Command);
        Assert.Equal(["ContainerXImage"], definition.Parameters);
    }

    [Fact]
    public void Packages_and_commands_of_one_release_are_added_in_it()
    {
        var (definition, _) = Parse("{name: x, from: y, packages: [common], run: [first]}");
        var (_, release) = OpenStackReleaseReader.Read("next", """
            suite: forky
            released: '2026-04-01'
            templates: {}
            images: {x: {packages: [added], run: [second]}, other: {packages: [elsewhere]}}
            plugins: {}
            """);
        Assert.Equal(["added", "common"], definition!.PackagesIn(release));
        Assert.Equal(["first", "second"], definition.RunIn(release));
        Assert.Equal(["common"], definition.PackagesIn(s_zed));
        Assert.Equal(["first"], definition.RunIn(s_zed));
    }

    [Fact]
    public void The_files_of_the_releases_name_images_that_there_are()
    {
        var images = ImageDefinitions.Load(Path.Combine(Repository.Root, "images"), new()).All.Select(definition => definition.Name).ToHashSet();
        Assert.All(OpenStackRelease.All, release => Assert.Empty(release.ImagePackages.Keys.Union(release.ImageCommands.Keys).Except(images)));
    }

    [Fact]
    public void What_an_image_is_built_for_and_the_only_release_that_has_it_are_read()
    {
        var (definition, findings) = Parse("name: x\nrelease: epoxy\nexports: [{path: /a, to: /srv/b}, {path: /c}]");
        Assert.Empty(findings);
        Assert.Equal([new ImageExport("/a", "/srv/b"), new ImageExport("/c", null)], definition!.Exports.Select(export => export with { Location = default }));
        Assert.Equal("localhost/undercloud/x:epoxy", definition.TagFor(s_zed));
    }

    [Theory]
    [InlineData("name: x\nrelease: epxoy", "images/x.yaml:2:10", "Did you mean 'epoxy'?")]
    [InlineData("name: x\nexports: [{path: a}]", "images/x.yaml:2:11", "absolute path")]
    [InlineData("name: x\nexports: /a", "images/x.yaml:2:10", "exports must be a list, not string")]
    [InlineData("name: x\nform: base", "images/x.yaml:2:1", "Did you mean 'from'?")]
    [InlineData("name: x\npackages: {zed: [a]}", "images/x.yaml:2:11", "list")]
    [InlineData("name: x\npackages: a", "images/x.yaml:2:11", "list")]
    [InlineData("name: x\nfiles: [{source: a, path: relative}]", "images/x.yaml:2:9", "absolute path")]
    [InlineData("name: x\nfiles: [{source: a, path: /b, mode: rwx}]", "images/x.yaml:2:9", "mode")]
    [InlineData("name: x\nfiles: [{source: a, path: /b, mode: 0644}]", "images/x.yaml:2:9", "mode in quotes")]
    [InlineData("name: x\ncommand: [yes]", "images/x.yaml:2:11", "command[0] must be a string, not boolean")]
    [InlineData("name: y", "images/x.yaml:1:7", "x.yaml", "y.yaml")]
    [InlineData("from: base", "images/x.yaml:1:1", "name")]
    [InlineData("- x", "images/x.yaml:1:1", "map")]
    [InlineData("name: [", "images/x.yaml", "YAML")]
    public void What_is_wrong_is_said_with_its_place(string text, string place, params string[] words)
    {
        var finding = Assert.Single(Parse(text).Findings).ToString();
        Assert.StartsWith(place, finding);
        Assert.Contains(words, word => finding.Contains(word));
    }

    [Fact]
    public void All_mistakes_are_found_at_once() =>
        Assert.Equal(3, Parse("name: x\nfrmo: a\nrunn: b\nfiles: [{path: /a}]").Findings.Count);
}
