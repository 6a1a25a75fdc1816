using System.CommandLine;
using Undercloud.Cli.Commands.Generations;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;
using Undercloud.Host.Generations;

namespace Undercloud.Tests.Cli;

public sealed class GenerationCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("generations").FullName;

    [Fact]
    public async Task A_host_without_generations_says_so_and_gives_an_empty_list_as_data()
    {
        Assert.Equal((0, "", "No plan is recorded on this host.\n"), await RunAsync("list"));
        Assert.Equal((0, "[]\n", ""), await RunAsync("list", "-f", "json"));
        var failure = await Assert.ThrowsAsync<InstallException>(() => RunAsync("show", "1"));
        Assert.Equal("There is no generation 1: no plan is recorded on this host.", failure.Message);
    }

    [Fact]
    public async Task The_list_has_a_row_for_each_and_fits_eighty_columns()
    {
        Record();
        var (_, output, _) = await RunAsync("list");
        Assert.Contains("2       failed   install  2026-11-29 12:00:00  2026-11-29 12:03:30\n", output);
        Assert.All(output.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task One_is_shown_with_its_record_and_its_plan_without_secrets()
    {
        Record();
        var (code, output, _) = await RunAsync("show", "2");
        Assert.Equal(0, code);
        Assert.StartsWith("Generation 2 is failed. `undercloud install` made it at 2026-11-29 12:00:00Z.\nIts last run ended at 2026-11-29 12:03:30Z, 210 s after it was made.\nThe disk is full.\n", output);
        Assert.Contains("Plan of undercloud, release zed", output);
        Assert.DoesNotContain("very secret", output);
        Assert.Contains("\"message\": \"The disk is full.\"", (await RunAsync("show", "2", "-f", "json")).Output);
    }

    [Fact]
    public async Task One_that_is_not_there_is_named_with_those_that_are()
    {
        Record();
        var failure = await Assert.ThrowsAsync<InstallException>(() => RunAsync("diff", "1", "7"));
        Assert.Equal("There is no generation 7. There are: 1, 2.", failure.Message);
    }

    [Fact]
    public async Task Two_are_compared_by_what_they_want()
    {
        Record();
        Assert.Equal((0, "The plans are equal.\n", ""), await RunAsync("diff", "1", "1"));
        var (code, output, _) = await RunAsync("diff", "1", "2", "-f", "csv");
        Assert.Equal((10, "\"Action\",\"Kind\",\"Name\",\"Reason\"\n\"create\",\"file\",\"/etc/new\",\"\"\n"), (code, output));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Record()
    {
        var (store, secrets) = (new GenerationStore(_root), new SecretRecord(_root));
        var made = new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
        store.Write(new(1, GenerationState.Applied, "a", "install", made.AddDays(-1), made.AddDays(-1).AddSeconds(200)), Plan());
        store.Write(new(2, GenerationState.Failed, "b", "install", made, made.AddSeconds(210), "The disk is full."), Plan(new FileEntry("/etc/new", 0, 0, "0600", "very secret")));
        secrets.Keep(Undercloud.Heat.Values.MapValue.Empty, ["very secret"]);
    }

    private static DeploymentPlan Plan(params IReadOnlyList<FileEntry> files) => new()
    {
        Stack = "undercloud",
        Release = "zed",
        Nodes = [new NodePlan { Role = "Undercloud", Services = ["keystone"], Manifest = new NodeManifest { Node = "n", Files = new() { Files = files } } }],
    };

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] words)
    {
        var (store, secrets) = (new GenerationStore(_root), new SecretRecord(_root));
        var root = new RootCommand { GenerationListCommand.Create(store), GenerationShowCommand.Create(store, secrets), GenerationDiffCommand.Create(store) };
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await root.Parse(words).InvokeAsync(new() { Output = output, Error = error, EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
