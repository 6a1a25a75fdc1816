using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Tests.Containers;

public sealed class ContainerFailureTests : IDisposable
{
    private readonly FakeContainerHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_one_shot_that_fails_stops_what_comes_after_it_and_shows_its_log()
    {
        _host.ExitCodes["sync"] = 3;
        var message = await FailureAsync(ContainerSets.All);
        Assert.Contains("Container 'sync' ended with exit code 3.", message, StringComparison.Ordinal);
        Assert.Contains("  sync failed", message, StringComparison.Ordinal);
        Assert.Contains("podman logs sync", message, StringComparison.Ordinal);
        Assert.Null(_host.Find("api"));
        Assert.Equal("running", _host.Find("db")!.State);
    }

    [Fact]
    public async Task What_failed_and_what_was_done_before_are_both_reported()
    {
        _host.ExitCodes["sync"] = 3;
        var result = await _host.ApplyAsync(ContainerSets.All);
        Assert.True(result.Changed);
        Assert.Contains("db", result.Changes.Select(change => change.Name));
        Assert.DoesNotContain("api", result.Changes.Select(change => change.Name));
    }

    [Fact]
    public async Task Two_that_fail_side_by_side_are_both_named()
    {
        (_host.ExitCodes["sync"], _host.ExitCodes["fix"]) = (1, 2);
        var message = await FailureAsync([ContainerSets.All[1], ContainerSets.All[2]]);
        Assert.Contains("'sync' ended with exit code 1", message, StringComparison.Ordinal);
        Assert.Contains("'fix' ended with exit code 2", message, StringComparison.Ordinal);
        Assert.False(File.Exists(_host.Paths.RecordsFile));
    }

    [Fact]
    public async Task A_one_shot_may_end_with_the_codes_that_it_names()
    {
        _host.ExitCodes["sync"] = 3;
        await _host.GoodAsync([Specs.Read("""{"image": "k:1", "detach": false, "exit_codes": [0, 3]}""", "sync")]);
    }

    [Fact]
    public async Task An_exec_that_fails_is_no_success_of_the_next_run()
    {
        _host.ExitCodes["api"] = 9;
        Assert.Contains("'bootstrap' in container 'api' ended with exit code 9.", await FailureAsync(ContainerSets.All), StringComparison.Ordinal);
        _host.ExitCodes.Clear();
        Assert.Equal(["bootstrap"], (await _host.GoodAsync(ContainerSets.All)).Changes.Select(change => change.Name));
    }

    [Fact]
    public async Task A_service_that_never_gets_healthy_is_named_with_its_check_its_log_and_where_to_look()
    {
        _host.Unhealthy.Add("db");
        var message = await FailureAsync(ContainerSets.All);
        Assert.Contains("Container 'db' is not healthy after", message, StringComparison.Ordinal);
        Assert.Contains("Its health check `ask me` said: no answer", message, StringComparison.Ordinal);
        Assert.Contains("  db wrote this", message, StringComparison.Ordinal);
        Assert.Contains("journalctl -u tripleo_db.service", message, StringComparison.Ordinal);
        Assert.Null(_host.Find("sync"));
    }

    [Fact]
    public async Task A_service_that_ends_is_not_waited_for_until_its_time_is_over()
    {
        _host.Ending.Add("db");
        Assert.Contains("Container 'db' ended (state exited, exit code 1).", await FailureAsync(ContainerSets.All), StringComparison.Ordinal);
        Assert.InRange(_host.Lines.Count(line => line.StartsWith("podman exec db", StringComparison.Ordinal)), 1, 10);
    }

    [Fact]
    public async Task A_service_without_a_check_that_ends_at_once_is_a_failure()
    {
        _host.Ending.Add("api");
        Assert.Contains("Container 'api' ended right after its start (state exited, exit code 1).", await FailureAsync([Specs.Service("api")]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_does_not_start_shows_the_journal()
    {
        _host.Failing["systemctl restart tripleo_api.service"] = (1, "Job failed.");
        _host.Printing["journalctl"] = "2026-11-29 12:00:00 podman m=+0.1 start\nOCI runtime error: no such file\n";
        var message = await FailureAsync([Specs.Service("api")]);
        Assert.Contains("Container 'api' could not be started.", message, StringComparison.Ordinal);
        Assert.Contains("  OCI runtime error: no such file", message, StringComparison.Ordinal);
        Assert.DoesNotContain("m=+", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mount_that_is_not_there_is_found_before_the_old_container_goes()
    {
        await _host.GoodAsync([Specs.Service("api")]);
        var id = _host.Find("api")!.Id;
        var message = await FailureAsync([Specs.Read($$"""{"image": "k:1", "restart": "always", "volumes": ["{{_host.At("gone")}}:/x"], "env_file": ["{{_host.At("none.env")}}"]}""", "api")]);
        Assert.Contains("Container 'api' needs ", message, StringComparison.Ordinal);
        Assert.Contains("gone", message, StringComparison.Ordinal);
        Assert.Contains("none.env, which do not exist on this host.", message, StringComparison.Ordinal);
        Assert.Equal((id, "running"), (_host.Find("api")!.Id, _host.Find("api")!.State));
    }

    [Fact]
    public async Task An_image_that_is_missing_is_said_with_the_others_and_nothing_is_touched()
    {
        await _host.GoodAsync(ContainerSets.Before);
        _host.Forget();
        var message = await FailureAsync([Missing("a", "localhost/undercloud/a:zed"), Missing("b", "localhost/undercloud/b:zed")]);
        Assert.Equal(2, message.Split('\n').Count(line => line.Contains("`undercloud image build`", StringComparison.Ordinal)));
        Assert.Equal(0, _host.Changes);
        Assert.NotNull(_host.Find("former"));
    }

    [Fact]
    public async Task A_pull_is_tried_three_times_and_then_told_with_its_last_words()
    {
        _host.Failing["podman pull"] = (125, "Error: initializing source: connection refused");
        var message = await FailureAsync([Missing("a", "registry.example.org/a:1")]);
        Assert.Contains("`podman pull --quiet registry.example.org/a:1` failed 3 times. Error: initializing source: connection refused", message, StringComparison.Ordinal);
        Assert.Equal(3, _host.Lines.Count(line => line.StartsWith("podman pull", StringComparison.Ordinal)));
        Assert.Null(_host.Find("a"));
    }

    [Fact]
    public async Task An_image_that_is_pulled_is_pinned_by_its_id()
    {
        _host.Images["registry.example.org/a:1"] = Specs.OtherImageId;
        await _host.GoodAsync([Missing("a", "registry.example.org/a:1")]);
        Assert.Equal(-1, _host.IndexOf("podman pull"));
        Assert.EndsWith(" registry.example.org/a:1", _host.Lines.Single(line => line.StartsWith("podman create", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("podman ps", "Error: database is locked", "did not print the JSON that is expected")]
    [InlineData("podman ps", "{\"Id\": 1}", "did not print the JSON that is expected")]
    [InlineData("podman image inspect", "one\ntwo\nthree\n", "printed 3 lines for")]
    [InlineData("podman inspect", "what?", "printed no id and time, but: what?")]
    [InlineData("podman inspect", "", "printed no id and time")]
    [InlineData("podman inspect", "id-1 yesterday", "printed no id and time, but: id-1 yesterday")]
    public async Task A_podman_that_prints_something_else_is_an_error_that_names_the_command(string command, string printed, string said)
    {
        _host.Printing[command] = printed;
        var message = await FailureAsync(ContainerSets.All);
        Assert.Contains($"`{command}", message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("podman ps", 125, "cannot connect to the database")]
    [InlineData("podman create", 125, "no space left on device")]
    [InlineData("systemctl daemon-reload", 1, "Connection timed out")]
    [InlineData("systemctl enable", 1, "Read-only file system")]
    public async Task A_command_that_fails_is_told_with_its_exit_code_and_words(string command, int exit, string words)
    {
        _host.Failing[command] = (exit, words);
        var message = await FailureAsync(ContainerSets.All);
        Assert.Contains($"`{command}", message, StringComparison.Ordinal);
        Assert.Contains($"failed with exit code {exit}.", message, StringComparison.Ordinal);
        Assert.Contains(words, message, StringComparison.Ordinal);
        _host.Failing.Clear();
        await _host.GoodAsync(ContainerSets.All);
    }

    [Fact]
    public async Task A_removal_that_fails_leaves_the_rest_alone_and_reports_what_is_gone()
    {
        await _host.GoodAsync([Specs.Service("a"), Specs.Service("b")]);
        _host.Failing[$"podman rm --force --ignore --volumes {_host.Find("b")!.Id}"] = (125, "container is in use");
        var result = await _host.ApplyAsync([Specs.Service("c")]);
        Assert.Contains("container is in use", result.Message, StringComparison.Ordinal);
        Assert.Contains(result.Changes, change => change is { Name: "a", Action: "remove" });
        Assert.Null(_host.Find("a"));
        Assert.Null(_host.Find("c"));
        _host.Failing.Clear();
        await _host.GoodAsync([Specs.Service("c")]);
        Assert.Null(_host.Find("b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"tripleo_step3/fix\": ")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task A_damaged_record_of_successes_only_repeats_them(string text)
    {
        await _host.GoodAsync(ContainerSets.All);
        File.WriteAllText(_host.Paths.RecordsFile, text);
        Assert.Equal(["bootstrap", "fix"], (await _host.GoodAsync(ContainerSets.All)).Changes.Select(change => change.Name).Order());
        Assert.False((await _host.GoodAsync(ContainerSets.All)).Changed);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_told_as_a_result()
    {
        Directory.CreateDirectory(_host.Paths.RecordsFile);
        var message = await FailureAsync([ContainerSets.All[2]]);
        Assert.Contains($"{_host.Paths.RecordsFile} is a directory, not a file.", message, StringComparison.Ordinal);
    }

    private static ContainerSpec Missing(string name, string image) => Specs.Read($$"""{"image": "{{image}}", "restart": "always"}""", name) with { ImageId = null };

    private async Task<string> FailureAsync(ImmutableArray<ContainerSpec> specs)
    {
        NodeResult result = await _host.ApplyAsync(specs);
        Assert.True(result.Failed);
        return result.Message!;
    }
}
