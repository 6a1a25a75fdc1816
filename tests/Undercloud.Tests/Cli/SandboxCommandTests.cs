using Undercloud.Cli.Commands.Sandboxes;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Cli;

[Collection(OneConsole.Name)]
public sealed class SandboxCommandTests
{
    private const string Listed = """
        [{"Labels": {"undercloud.sandbox": "default"}, "State": "exited", "Image": "i", "Created": 1700000000},
         {"Labels": {"undercloud.sandbox": "other"}, "State": "running", "Image": "i", "Created": 1700000000}]
        """;

    private readonly FakeProcesses _host = new FakeProcesses()
        .Answer("podman ps --all --filter label=undercloud.sandbox --format json", Listed)
        .Answer("podman exec -i undercloud-default systemctl", "running\n");

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Sandboxes are root's.");
        return await ProgramRun.RunAsync(SandboxCommand.Create(_host, TimeProvider.System), TestContext.Current.CancellationToken, arguments);
    }

    [Fact]
    public async Task A_command_in_a_stopped_sandbox_starts_it_and_has_its_own_exit_code()
    {
        _host.Do("podman exec -i", command => (command.Arguments.Contains("false") ? 7 : 0, "", ""));
        Assert.Equal(7, (await RunAsync("exec", "--", "false")).Code);
        var lines = _host.Lines.ToList();
        Assert.InRange(lines.IndexOf("podman start undercloud-default"), 0, lines.FindIndex(line => line.EndsWith(" false", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_command_in_a_running_sandbox_starts_nothing()
    {
        Assert.Equal(0, (await RunAsync("exec", "other", "--", "true")).Code);
        Assert.DoesNotContain(_host.Lines, line => line.StartsWith("podman start", StringComparison.Ordinal));
        Assert.Contains("undercloud-other", _host.Ran[^1].Arguments);
    }

    [Theory]
    [InlineData(2, "Usage: undercloud sandbox exec", "exec", "one", "two", "--", "true")]
    [InlineData(2, "Usage: undercloud sandbox exec", "exec", "one", "--name", "two", "--", "true")]
    [InlineData(1, "There is no sandbox 'gone'. Create it: undercloud sandbox create gone", "exec", "gone", "--", "true")]
    [InlineData(1, "The sandbox 'other' has no node 2. It has: 1", "exec", "other", "--node", "2", "--", "true")]
    [InlineData(1, "There is no sandbox 'gone'.", "restart", "gone")]
    [InlineData(1, "'Bad name' is not a valid name for a sandbox", "create", "Bad name")]
    [InlineData(1, "'Bad name' is not a valid name for a sandbox", "delete", "Bad name")]
    [InlineData(1, "'Bad name' is not a valid name for a machine", "machine", "add", "Bad name")]
    [InlineData(2, "'10.0.0.1' is no address with a prefix", "machine", "add", "m1", "--controller", "10.0.0.1")]
    public async Task What_cannot_be_is_said_and_nothing_is_made_or_removed(int exit, string said, params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        Assert.Equal(exit, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.All(_host.Lines, line => Assert.StartsWith("podman ps", line.Replace("podman volume ls", "podman ps", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("create", "x", "--nodes", "17")]
    [InlineData("create", "x", "--nodes", "0")]
    [InlineData("exec", "--node", "17", "--", "true")]
    public void A_number_that_no_sandbox_has_is_a_usage_error(params string[] arguments) => Assert.Contains(
        SandboxCommand.Create(_host, TimeProvider.System).Parse(arguments).Errors, error => error.Message.Contains(" takes 1 to 16, not ", StringComparison.Ordinal));

    [Fact]
    public async Task Delete_of_what_is_not_there_is_no_error()
    {
        var (code, _, error) = await RunAsync("delete", "gone");
        Assert.Equal((0, "sandbox gone: does not exist\n"), (code, error));
    }

    [Fact]
    public async Task Delete_of_all_removes_each_by_its_own_label()
    {
        _host.Answer("podman ps --all --quiet --no-trunc --filter label=undercloud.sandbox=default", "c1\n").Answer("podman ps --all --quiet --no-trunc --filter label=undercloud.sandbox=other", "c2\n");
        var (code, _, error) = await RunAsync("delete", "--all");
        Assert.Equal((0, "sandbox default: deleted\nsandbox other: deleted\n"), (code, error));
        Assert.Equal(["podman rm --force --time 0 --volumes c1", "podman rm --force --time 0 --volumes c2"], _host.Lines.Where(line => line.StartsWith("podman rm", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("delete", "--all")]
    [InlineData("restart")]
    [InlineData("machine", "list")]
    public async Task A_podman_that_answers_nonsense_is_an_error_in_words(params string[] arguments)
    {
        _host.Clear().Answer("podman ps", "Error: database is locked");
        var (code, _, error) = await RunAsync(arguments);
        Assert.Equal(1, code);
        Assert.Contains("did not print the JSON that is expected. It printed: Error: database is locked", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Lines, line => line.Contains(" rm ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_machine_whose_label_is_no_specification_is_an_error_in_words()
    {
        _host.Answer("podman ps --all --filter label=undercloud.machine-of=default", """[{"Labels": {"undercloud.machine": "m1", "undercloud.machine-specification": "much"}, "State": "running"}]""");
        var (code, _, error) = await RunAsync("machine", "list");
        Assert.Equal(1, code);
        Assert.Contains("did not print the JSON that is expected", error, StringComparison.Ordinal);
    }
}
