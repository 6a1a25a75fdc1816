using System.Text.Json.Nodes;
using Undercloud.Cli.Commands.Images;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Host.Images;
using Undercloud.Host.Processes;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Cli;

[Collection(OneConsole.Name)]
public sealed class ImageCommandTests
{
    private const string Images = """
        [{"Id": "aaaaaaaaaaaaaaaa", "Names": ["localhost/undercloud/debian:zed"], "Size": 1, "Created": 1, "Labels": {"undercloud.image": "debian", "undercloud.release": "zed"}},
         {"Id": "bbbbbbbbbbbbbbbb", "Names": ["localhost/undercloud/memcached:zed"], "Size": 1, "Created": 2, "Labels": {"undercloud.image": "memcached", "undercloud.release": "zed", "undercloud.parent": "aaaaaaaaaaaaaaaa"}},
         {"Id": "cccccccccccccccc", "Names": ["localhost/undercloud/rabbitmq:zed"], "Size": 1, "Created": 3, "ReadOnly": true, "Labels": {"undercloud.image": "rabbitmq", "undercloud.release": "zed"}},
         {"Id": "dddddddddddddddd", "Size": 1, "Created": 4, "Labels": {"undercloud.image": "memcached", "undercloud.release": "zed"}},
         {"Id": "eeeeeeeeeeeeeeee", "Names": ["docker.io/library/debian:12"], "Size": 1, "Created": 5}]
        """;

    private readonly FakeProcesses _host = new FakeProcesses().Answer("podman image ls", Images);

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Images are root's.");
        return await ProgramRun.RunAsync(ImageCommand.Create(_host, TimeProvider.System), TestContext.Current.CancellationToken, arguments);
    }

    private IEnumerable<string> Removed => _host.Lines.Where(line => line.StartsWith("podman image rm", StringComparison.Ordinal));

    [Fact]
    public async Task Delete_without_a_choice_is_a_usage_error_and_deletes_nothing()
    {
        var (code, _, error) = await RunAsync("delete");
        Assert.Equal((2, "Choose the images to delete: names, --superseded or --all.\n"), (code, error));
        Assert.Empty(_host.Ran);
    }

    [Fact]
    public async Task Delete_takes_all_of_ours_children_first_and_neither_foreign_nor_read_only_ones()
    {
        var (code, _, error) = await RunAsync("delete", "--all");
        Assert.True(code == 0, error);
        Assert.Equal(["podman image rm dddddddddddddddd", "podman image rm localhost/undercloud/memcached:zed", "podman image rm localhost/undercloud/debian:zed"], Removed);
    }

    [Fact]
    public async Task Delete_of_superseded_images_leaves_those_that_have_a_name()
    {
        Assert.Equal(0, (await RunAsync("delete", "--superseded")).Code);
        Assert.Equal(["podman image rm dddddddddddddddd"], Removed);
    }

    [Fact]
    public async Task An_image_that_is_in_use_is_told_the_others_are_deleted_and_the_command_fails()
    {
        _host.Answer("podman image rm localhost/undercloud/memcached:zed", "Error: image is in use by a container", exit: 2);
        var (code, _, error) = await RunAsync("delete", "--all");
        Assert.Equal(1, code);
        Assert.Contains("localhost/undercloud/memcached:zed: not deleted. Error: image is in use by a container\n", error, StringComparison.Ordinal);
        Assert.Contains("localhost/undercloud/debian:zed: deleted\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_has_no_image_here_is_told_and_the_named_others_are_deleted()
    {
        var (code, _, error) = await RunAsync("delete", "memcached", "keystone", "--release", "zed");
        Assert.Equal(1, code);
        Assert.Contains("There is no image 'keystone' of zed here.\n", error, StringComparison.Ordinal);
        Assert.Equal(["podman image rm localhost/undercloud/memcached:zed"], Removed);
    }

    [Fact]
    public async Task A_list_says_of_each_image_whether_its_definition_is_still_the_same()
    {
        var (code, output, error) = await RunAsync("list", "-f", "json");
        Assert.True(code == 0, error);
        var listed = JsonNode.Parse(output)!.AsArray().Select(image => (string)image!["name"]!).ToList();
        Assert.Contains("memcached", listed);
        Assert.DoesNotContain(JsonNode.Parse(output)!.AsArray(), image => (bool)image!["current"]!);
    }

    [Fact]
    public async Task A_pulled_image_is_judged_by_its_definition_without_its_parent()
    {
        var directory = Path.Combine(Repository.Root, "images");
        var recipe = ImageDefinitions.Load(directory, new()).Of("memcached")!.Recipe(directory, OpenStackRelease.Default);
        _host.Clear().Answer("podman image ls", $$$"""
            [{"Id": "bbbbbbbbbbbbbbbb", "Names": ["localhost/undercloud/memcached:zed", "one.example.org/a/memcached:zed"], "Size": 1, "Created": 2,
              "Labels": {"undercloud.image": "memcached", "undercloud.release": "zed", "undercloud.parent": "aaaaaaaaaaaaaaaa", "undercloud.definition": "{{{recipe.Fingerprint()}}}"}}]
            """);
        Assert.Equal("current\n", (await RunAsync("list", "-f", "value", "-c", "definition")).Output);
    }

    [Fact]
    public async Task A_push_to_what_is_no_registry_is_a_usage_error()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Images are root's.");
        var (code, _, error) = await ProgramRun.RunAsync("image", "push", "--to", "https://registry.example.org/a");
        Assert.Equal((2, "--to is https://registry.example.org/a, which is a URL. Write registry and namespace, e.g. registry.example.org:5000/undercloud.\n"), (code, error));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("delete", "--all")]
    [InlineData("export", "ipa")]
    public async Task A_podman_that_answers_nonsense_is_an_error_in_words(params string[] arguments)
    {
        _host.Clear().Answer("podman image ls", "Error: database is locked");
        var (code, _, error) = await RunAsync(arguments);
        Assert.Equal(1, code);
        Assert.Contains("`podman image ls --all --no-trunc --format json` ended without an error, but did not print the JSON that is expected.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Empty(Removed);
    }

    [Theory]
    [InlineData("nothing-like-it", "There is no image definition 'nothing-like-it'.")]
    [InlineData("memcached", "The image 'memcached' has no files to export.")]
    public async Task An_export_of_what_has_no_files_names_the_images_that_have_some(string name, string said)
    {
        var (code, _, error) = await RunAsync("export", name);
        Assert.Equal(2, code);
        Assert.StartsWith($"{said} Images with files to export: ", error, StringComparison.Ordinal);
        Assert.Contains("ipa", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_ends_a_command_has_its_exit_code_and_no_stack_trace()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Images are root's.");
        Assert.Equal(4, await ImageCommand.GuardAsync(() => throw new OperationCanceledException()));
        Assert.Equal(1, await ImageCommand.GuardAsync(() => throw new ImageBuildException("no")));
        Assert.Equal(1, await ImageCommand.GuardAsync(() => throw new HostCommandException(new(CommandLine.Of("podman"), 125, "", "no"))));
        Assert.Equal(10, await ImageCommand.GuardAsync(() => Task.FromResult(10)));
    }
}
