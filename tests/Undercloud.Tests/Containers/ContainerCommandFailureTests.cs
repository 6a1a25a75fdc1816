using System.Text.Json.Nodes;
using Undercloud.Cli.Commands.Containers;
using Undercloud.Tests.Cli;
using Undercloud.Tests.Node;

namespace Undercloud.Tests.Containers;

[Collection(OneConsole.Name)]
public sealed class ContainerCommandFailureTests : IDisposable
{
    private readonly FakeContainerHost _host = new();

    public ContainerCommandFailureTests()
    {
        Directory.CreateDirectory(_host.Paths.StartupDirectory);
        Write("""{"db": {"image": "k:1", "restart": "always"}, "sync": {"image": "k:1", "detach": false, "start_order": 1}}""");
    }

    public void Dispose() => _host.Dispose();

    private string Startup => Path.Combine(_host.Paths.StartupDirectory, "step_3.json");

    private void Write(string text) => File.WriteAllText(Startup, text);

    private async Task<(int Code, string Output, string Error)> RunAsync(CancellationToken stop, params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var code = await ContainerCommand.Create(_host, new JumpingTime(), _host.Paths).Parse(arguments).InvokeAsync(new() { EnableDefaultExceptionHandler = false, Output = output, Error = error }, stop);
        return (code, output.ToString(), error.ToString());
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync(TestContext.Current.CancellationToken, arguments);

    private Task<(int Code, string Output, string Error)> ApplyAsync(params string[] more) => RunAsync(["apply", "--config-id", ContainerSets.ConfigId, "--file", Startup, .. more]);

    [Fact]
    public async Task Diff_ends_with_10_while_there_is_something_and_with_0_after_the_apply()
    {
        Assert.Equal(10, (await RunAsync("diff", "--config-id", ContainerSets.ConfigId)).Code);
        Assert.Equal(0, _host.Changes);
        Assert.Equal(0, (await ApplyAsync()).Code);
        Assert.Equal((0, "Nothing to change.\n", ""), await RunAsync("diff", "--config-id", ContainerSets.ConfigId));
    }

    [Fact]
    public async Task Apply_says_on_standard_error_what_it_begins_and_leaves_no_progress_behind()
    {
        var (code, output, error) = await ApplyAsync();
        Assert.Equal(0, code);
        Assert.Contains("[1/2] db: create (new)\n", error, StringComparison.Ordinal);
        Assert.DoesNotContain("[1/2]", output, StringComparison.Ordinal);
        Assert.False(File.Exists(_host.Paths.ProgressFile));
    }

    [Fact]
    public async Task A_failure_as_json_is_one_document_with_what_was_changed_before()
    {
        _host.ExitCodes["sync"] = 5;
        var (code, output, _) = await ApplyAsync("-f", "json");
        Assert.Equal(1, code);
        var result = JsonNode.Parse(output)!;
        Assert.True((bool)result["failed"]!);
        Assert.True((bool)result["changed"]!);
        Assert.Contains("'sync' ended with exit code 5", (string?)result["message"], StringComparison.Ordinal);
        Assert.Contains(result["changes"]!.AsArray(), change => (string?)change!["name"] == "db");
        Assert.False(File.Exists(_host.Paths.ProgressFile));
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_a_result_as_json_too()
    {
        File.WriteAllText(Path.GetDirectoryName(_host.Paths.LockFile)!, "a file in the way");
        var (code, output, _) = await ApplyAsync("-f", "json");
        Assert.Equal(1, code);
        Assert.True((bool)JsonNode.Parse(output)!["failed"]!);
        Assert.Equal(0, _host.Changes);
    }

    [Theory]
    [InlineData("{\"db\": {\"image\": \"k:1\", \"restart\": \"sometimes\", \"imagee\": \"x\"}}", "sometimes", "imagee")]
    [InlineData("{\"db\": ", "step_3.json", "")]
    public async Task A_start_up_configuration_that_is_wrong_is_told_with_all_its_errors_and_nothing_is_asked(string text, string said, string alsoSaid)
    {
        Write(text);
        var (code, _, error) = await ApplyAsync();
        Assert.Equal(1, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Contains(alsoSaid, error, StringComparison.Ordinal);
        Assert.Empty(_host.Ran);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("diff", "--config-id", "tripleo_step3")]
    [InlineData("apply", "--config-id", "tripleo_step3", "-y")]
    [InlineData("delete", "--config-id", "tripleo_step3")]
    public async Task A_podman_that_answers_nonsense_is_an_error_in_words(params string[] arguments)
    {
        _host.Printing["podman ps"] = "Error: database is locked";
        var (code, _, error) = await RunAsync(arguments);
        Assert.Equal(1, code);
        Assert.Contains("`podman ps --all --no-trunc --format=json` ended without an error, but did not print the JSON that is expected.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Equal(0, _host.Changes);
    }

    [Fact]
    public async Task An_interrupted_apply_ends_with_4_and_says_that_it_can_go_on()
    {
        _host.Cut = (3, CutOff.Before);
        var (code, _, error) = await ApplyAsync();
        Assert.Equal(4, code);
        Assert.EndsWith("Interrupted. Run it again to resume.\n", error, StringComparison.Ordinal);
        _host.Recover();
        Assert.Equal(0, (await ApplyAsync()).Code);
    }

    [Fact]
    public async Task Delete_of_several_sets_goes_on_after_one_that_fails()
    {
        await ApplyAsync();
        await RunAsync("apply", "--config-id", "tripleo_step4", "--file", Startup4("""{"other": {"image": "k:1", "restart": "always"}}"""));
        _host.Failing[$"podman rm --force --ignore --volumes {_host.Find("db")!.Id}"] = (125, "container is in use");
        var (code, output, error) = await RunAsync("delete", "--config-id", ContainerSets.ConfigId, "tripleo_step4");
        Assert.Equal(1, code);
        Assert.Contains("container is in use", error, StringComparison.Ordinal);
        Assert.Contains("other", output, StringComparison.Ordinal);
        Assert.Null(_host.Find("other"));
    }

    [Fact]
    public async Task Delete_of_a_set_that_is_not_there_changes_nothing_and_is_no_error() =>
        Assert.Equal((0, "Nothing to change.\n", ""), await RunAsync("delete", "--config-id", "tripleo_step5"));

    private string Startup4(string text)
    {
        var path = Path.Combine(_host.Paths.StartupDirectory, "step_4.json");
        File.WriteAllText(path, text);
        return path;
    }
}
