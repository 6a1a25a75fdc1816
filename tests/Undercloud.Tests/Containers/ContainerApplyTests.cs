using Undercloud.Deploy.Containers;
using Undercloud.Host.Containers;

namespace Undercloud.Tests.Containers;

public sealed class ContainerApplyTests : IDisposable
{
    private readonly FakeContainerHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Containers_are_started_in_order_each_when_those_before_it_are_healthy()
    {
        await _host.GoodAsync(ContainerSets.All);
        int[] order =
        [
            _host.IndexOf("podman create --name=db"), _host.IndexOf("systemctl restart tripleo_db.service"), _host.IndexOf("podman healthcheck run db"),
            _host.IndexOf("podman run --name=sync"), _host.IndexOf("podman create --name=api"), _host.IndexOf("systemctl restart tripleo_api.service"), _host.IndexOf("podman exec api true"),
        ];
        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);
    }

    [Fact]
    public async Task A_second_apply_changes_nothing()
    {
        Assert.True((await _host.GoodAsync(ContainerSets.All)).Changed);
        _host.Forget();
        var second = await _host.GoodAsync(ContainerSets.All);
        Assert.False(second.Changed);
        Assert.Empty(second.Changes);
        Assert.Equal(0, _host.Changes);
    }

    [Fact]
    public async Task Only_what_differs_is_replaced_and_what_is_unwanted_goes_before()
    {
        await _host.GoodAsync(ContainerSets.Before);
        var (api, units) = (_host.Find("api")!.Id, _host.Paths.UnitDirectory);
        _host.Forget();
        var result = await _host.GoodAsync([ContainerSets.All[3]]);
        Assert.Equal([("former", "remove"), ("api", "replace")], result.Changes.Select(change => (change.Name, change.Action)));
        Assert.Null(_host.Find("former"));
        Assert.NotEqual(api, _host.Find("api")!.Id);
        Assert.False(File.Exists(Path.Combine(units, "tripleo_former.service")));
        int[] order =
        [
            _host.IndexOf("systemctl stop tripleo_former.service"), _host.IndexOf("systemctl disable --quiet --no-reload tripleo_former.service"), _host.IndexOf("systemctl daemon-reload"),
            _host.IndexOf("podman create --name=api.next"), _host.IndexOf("systemctl restart tripleo_api.service"),
        ];
        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);
    }

    [Fact]
    public async Task A_unit_is_on_disk_and_enabled_before_its_container_is_created()
    {
        var enabled = new List<bool>();
        await _host.GoodAsync([Specs.Service("api")]);
        enabled.Add(_host.IndexOf("systemctl enable --quiet --no-reload tripleo_api.service") < _host.IndexOf("podman create --name=api"));
        enabled.Add(_host.IndexOf("systemctl daemon-reload") < _host.IndexOf("podman create --name=api"));
        Assert.Equal([true, true], enabled);
        Assert.Equal(ContainerUnit.Text(Specs.Service("api"), new(ContainerSets.ConfigId, ContainerLabels.DefaultManagedBy, _host.Paths.LogDirectory, _host.Paths.RunDirectory)), File.ReadAllText(Path.Combine(_host.Paths.UnitDirectory, "tripleo_api.service")));
    }

    [Fact]
    public async Task A_service_that_somebody_stopped_is_started_again_by_its_unit()
    {
        await _host.GoodAsync([Specs.Service("api")]);
        var id = _host.Find("api")!.Id;
        _host.Find("api")!.State = "exited";
        var result = await _host.GoodAsync([Specs.Service("api")]);
        Assert.Equal(("api", "start"), (result.Changes.Single().Name, result.Changes.Single().Action));
        Assert.Equal((id, "running"), (_host.Find("api")!.Id, _host.Find("api")!.State));
    }

    [Fact]
    public async Task A_paused_service_is_freed_and_stopped_before_its_unit_starts_it()
    {
        await _host.GoodAsync([Specs.Service("api")]);
        var id = _host.Find("api")!.Id;
        _host.Find("api")!.State = "paused";
        await _host.GoodAsync([Specs.Service("api")]);
        Assert.True(_host.IndexOf($"podman unpause {id}") is >= 0 and var freed && _host.IndexOf($"podman stop --ignore {id}") > freed);
        Assert.Equal("running", _host.Find("api")!.State);
    }

    [Fact]
    public async Task A_one_shot_that_failed_runs_again_and_one_that_succeeded_does_not()
    {
        _host.ExitCodes["sync"] = 1;
        Assert.True((await _host.ApplyAsync([Specs.OneShot()])).Failed);
        _host.ExitCodes.Clear();
        Assert.Equal("run", (await _host.GoodAsync([Specs.OneShot()])).Changes.Single().Action);
        _host.Forget();
        Assert.False((await _host.GoodAsync([Specs.OneShot()])).Changed);
        Assert.Equal(-1, _host.IndexOf("podman run"));
    }

    [Fact]
    public async Task An_exec_runs_again_in_a_container_that_was_made_anew()
    {
        await _host.GoodAsync(ContainerSets.All);
        await _host.GoodAsync([ContainerSets.All[0], .. ContainerSets.Before[..1], ContainerSets.All[4]]);
        Assert.Equal(2, _host.Lines.Count(line => line == "podman exec api true"));
    }

    [Fact]
    public async Task Records_of_what_is_not_wanted_any_more_are_forgotten()
    {
        await _host.GoodAsync(ContainerSets.All);
        Assert.Contains("tripleo_step3/bootstrap", File.ReadAllText(_host.Paths.RecordsFile), StringComparison.Ordinal);
        await _host.GoodAsync(ContainerSets.All[..4]);
        Assert.DoesNotContain("tripleo_step3/bootstrap", File.ReadAllText(_host.Paths.RecordsFile), StringComparison.Ordinal);
        Assert.Contains("tripleo_step3/fix", File.ReadAllText(_host.Paths.RecordsFile), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_host.Paths.RecordsFile));
    }

    [Fact]
    public async Task Deleting_removes_one_set_with_its_units_and_leaves_the_others()
    {
        await _host.GoodAsync(ContainerSets.All);
        await _host.Applier().ApplyAsync("tripleo_step4", [Specs.Service("other")], new(), TestContext.Current.CancellationToken);
        var result = await _host.Applier().DeleteAsync([ContainerSets.ConfigId], new(), TestContext.Current.CancellationToken);
        Assert.False(result.Failed, result.Message);
        Assert.Equal(["api", "db", "sync"], result.Changes.Select(change => change.Name));
        Assert.Equal("running", _host.Find("other")!.State);
        Assert.Equal(["tripleo_other.service"], Directory.EnumerateFiles(_host.Paths.UnitDirectory).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_set_of_another_manager_is_neither_removed_nor_replaced()
    {
        await _host.Applier().ApplyAsync(ContainerSets.ConfigId, [Specs.Service("api")], new() { ManagedBy = "somebody" }, TestContext.Current.CancellationToken);
        var id = _host.Find("api")!.Id;
        Assert.False((await _host.GoodAsync([])).Changed);
        var refused = await _host.ApplyAsync([Specs.Service("api"), Specs.Service("db")]);
        Assert.True(refused.Failed);
        Assert.Contains("podman rm -f api", refused.Message, StringComparison.Ordinal);
        Assert.Equal(id, _host.Find("api")!.Id);
        Assert.Null(_host.Find("db"));
    }

    [Fact]
    public async Task No_value_of_the_environment_is_in_a_unit_a_label_or_the_progress()
    {
        const string Secret = "hunter2-of-keystone";
        var said = new List<string>();
        var spec = Specs.Read($$$"""{"image": "k:1", "restart": "always", "environment": {"PASSWORD": "{{{Secret}}}"}}""", "api");
        Assert.False((await _host.ApplyAsync([spec], said.Add)).Failed);
        Assert.NotEmpty(said);
        Assert.All(said, line => Assert.DoesNotContain(Secret, line, StringComparison.Ordinal));
        Assert.All(_host.Find("api")!.Labels.Values, label => Assert.DoesNotContain(Secret, label, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, File.ReadAllText(Path.Combine(_host.Paths.UnitDirectory, "tripleo_api.service")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_writes_nothing_at_all()
    {
        var result = await _host.Applier().ApplyAsync(ContainerSets.ConfigId, ContainerSets.All, new() { Check = true }, TestContext.Current.CancellationToken);
        Assert.Equal(5, result.Changes.Count);
        Assert.Equal(0, _host.Changes);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_host.At(".")));
    }

    [Fact]
    public async Task The_time_to_health_is_reported_for_the_container_that_was_started()
    {
        var result = await _host.GoodAsync(ContainerSets.All);
        Assert.NotNull(result.Changes.Single(change => change.Name == "db").Seconds);
        Assert.Null(result.Changes.Single(change => change.Name == "api").Seconds);
        Assert.NotNull(StartTimes.Read(_host.Paths.StartTimesFile).Of("db", _host.Find("db")!.Id));
    }
}
