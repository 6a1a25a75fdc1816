using System.Text.Json.Nodes;
using Undercloud.Cli.Commands;
using Undercloud.Cli.Commands.Agent;
using Undercloud.Deploy.Manifests;
using Undercloud.Tests.Node;

namespace Undercloud.Tests.Cli;

[Collection(OneConsole.Name)]
public sealed class AgentCommandTests : IDisposable
{
    private readonly FakeHost _host = new();

    public void Dispose() => _host.Dispose();

    private string Manifest => _host.At("manifest.json");

    private Task<(int Code, string Output, string Error)> FilesAsync(params string[] arguments) =>
        ProgramRun.RunAsync(AgentFilesCommand.Create(_host.Layout, _host), TestContext.Current.CancellationToken, [.. arguments, "--manifest", Manifest]);

    private void Wanted(string content, string mode = "0644") => File.WriteAllText(Manifest, ManifestJson.Write(new NodeManifest
    {
        Node = "n",
        Files = new() { Files = [new(_host.At("a.conf"), _host.Uid, _host.Gid, mode, content)] },
    }));

    [Fact]
    public async Task Without_a_manifest_the_command_says_who_writes_one()
    {
        var (code, output, error) = await FilesAsync("apply");
        Assert.Equal((1, ""), (code, output));
        Assert.Equal($"There is no manifest {Manifest}. `undercloud install` stages it; --manifest names another file.\n", error);
    }

    [Fact]
    public async Task A_damaged_manifest_is_told_with_its_place_and_nothing_is_changed()
    {
        File.WriteAllText(Manifest, "{\n  \"node\": \"n\",\n  \"files\": [\n");
        var (code, _, error) = await FilesAsync("prune", "--purge");
        Assert.Equal(1, code);
        Assert.StartsWith($"{Manifest}:3:", error, StringComparison.Ordinal);
        Assert.Contains("is no manifest", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_host.Layout.StateDirectory));
    }

    [Fact]
    public async Task Changes_are_printed_line_by_line_and_a_second_run_has_none()
    {
        Wanted("a\n");
        var (code, output, _) = await FilesAsync("apply");
        Assert.Equal((0, $"create file {_host.At("a.conf")}\n"), (code, output));
        Assert.Equal((0, "", "Nothing to change.\n"), await FilesAsync("apply"));
    }

    [Fact]
    public async Task A_check_says_what_would_be_done_and_does_not_do_it()
    {
        Wanted("a\n");
        var (code, output, _) = await FilesAsync("apply", "--check");
        Assert.Equal(0, code);
        Assert.StartsWith($"would create file {_host.At("a.conf")}\n", output, StringComparison.Ordinal);
        Assert.Contains("+a\n", output, StringComparison.Ordinal);
        Assert.False(File.Exists(_host.At("a.conf")));
    }

    [Fact]
    public async Task The_difference_of_a_file_that_not_everyone_may_read_is_not_printed()
    {
        Wanted("password = hunter2\n", "0640");
        var (_, output, error) = await FilesAsync("apply", "--check");
        Assert.Contains("not for everyone to read", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apply")]
    [InlineData("prune")]
    public async Task As_json_a_failure_is_in_the_result_on_standard_output(string verb)
    {
        File.WriteAllText(Manifest, "[]");
        var (code, output, error) = await FilesAsync(verb, "-f", "json");
        Assert.Equal((1, ""), (code, error));
        var result = JsonNode.Parse(output)!;
        Assert.True((bool)result["failed"]!);
        Assert.Contains("is no manifest", (string?)result["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_record_of_what_is_ours_is_a_failure_that_names_the_way_on()
    {
        Wanted("a\n");
        Directory.CreateDirectory(_host.Layout.StateDirectory);
        File.WriteAllText(Path.Combine(_host.Layout.StateDirectory, "owned.json"), "{\"files\": [");
        var (code, _, error) = await FilesAsync("apply");
        Assert.Equal(1, code);
        Assert.Contains("undercloud agent recover", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_host.At("a.conf")));
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_told_as_a_failure()
    {
        Wanted("a\n");
        File.WriteAllText(_host.Layout.StateDirectory, "a file in the way");
        var (code, _, error) = await FilesAsync("apply");
        Assert.Equal(1, code);
        Assert.Contains(_host.Layout.StateDirectory, error, StringComparison.Ordinal);
        Assert.False(File.Exists(_host.At("a.conf")));
    }

    [Fact]
    public async Task An_interrupted_verb_ends_with_4_and_says_that_it_can_go_on()
    {
        Wanted("a\n");
        using var interrupt = new CancellationTokenSource();
        await interrupt.CancelAsync();
        var (code, _, error) = await ProgramRun.RunAsync(AgentFilesCommand.Create(_host.Layout, _host), interrupt.Token, "apply", "--manifest", Manifest);
        Assert.Equal((4, "Interrupted. Run it again to resume.\n"), (code, error));
        Assert.False(File.Exists(_host.At("a.conf")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"role\": ")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task A_node_that_is_asked_with_no_plan_says_what_belongs_on_standard_input(string input)
    {
        var before = Console.In;
        Console.SetIn(new StringReader(input));
        try
        {
            var (code, output, error) = await ProgramRun.RunAsync(AgentInspectCommand.Create(new Composition()), TestContext.Current.CancellationToken, "containers");
            Assert.Equal((2, ""), (code, output));
            Assert.StartsWith("Standard input holds no node's part of a plan: ", error, StringComparison.Ordinal);
        }
        finally
        {
            Console.SetIn(before);
        }
    }
}
