using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Host.Containers;

namespace Undercloud.Tests.Containers;

public sealed class ContainerInterruptionTests
{
    private static readonly ImmutableArray<ContainerSpec> s_before = [.. ContainerSets.Before, ContainerSets.Engine("1"), ContainerSets.Frontend("1"), ContainerSets.Database("1")], s_all = [.. ContainerSets.All, ContainerSets.Engine("2"), ContainerSets.Frontend("2"), ContainerSets.Database("2")];

    [Theory]
    [InlineData(CutOff.Before)]
    [InlineData(CutOff.Half)]
    [InlineData(CutOff.After)]
    public async Task An_apply_that_is_killed_at_any_command_ends_the_same_when_it_runs_again(CutOff how)
    {
        var (wanted, commands) = await UninterruptedAsync();
        Assert.InRange(commands, 10, 80);
        for (var at = 1; at <= commands; at++)
        {
            using var host = new FakeContainerHost();
            await host.GoodAsync(s_before);
            host.Forget();
            host.Cut = (at, how);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.ApplyAsync(s_all));
            host.Recover();
            var second = await host.ApplyAsync(s_all);
            Assert.False(second.Failed, $"after a kill at {at}: {second.Message}");
            Assert.Equal(wanted, host.State);
            host.Forget();
            var third = await host.ApplyAsync(s_all);
            Assert.False(third.Changed, $"after a kill at {at}: {string.Join(", ", third.Changes)}");
            Assert.Equal(0, host.Changes);
        }
    }

    [Fact]
    public async Task A_successor_that_works_already_is_not_removed_after_a_kill()
    {
        var client = Specs.Read("""{"image": "k:1", "restart": "always", "pause_signal": "SIGTSTP", "pause_for": ["database"]}""", "client");
        var found = 0;
        for (var at = 1; at < 80; at++)
        {
            using var host = new FakeContainerHost();
            await host.GoodAsync([ContainerSets.Database("1"), client]);
            host.Forget();
            host.Cut = (at, CutOff.After);
            try
            {
                await host.ApplyAsync([ContainerSets.Database("2"), client]);
                break;
            }
            catch (OperationCanceledException)
            {
                host.Recover();
            }

            if (host.Find("database.next") is not { State: "running" } next || host.Find("database") is { State: "running" })
                continue;
            found++;
            await host.GoodAsync([ContainerSets.Database("2"), client]);
            Assert.Equal((next.Id, "running"), (host.Find("database")!.Id, host.Find("database")!.State));
        }

        Assert.InRange(found, 2, 10);
    }

    [Fact]
    public async Task A_delete_that_is_killed_at_any_command_removes_the_rest_when_it_runs_again()
    {
        for (var at = 1; at < 20; at++)
        {
            using var host = new FakeContainerHost();
            await host.GoodAsync(s_all);
            host.Forget();
            host.Cut = (at, CutOff.After);
            try
            {
                await host.ApplyAsync([]);
            }
            catch (OperationCanceledException)
            {
                host.Recover();
            }

            await host.GoodAsync([]);
            Assert.Equal("", host.State);
            Assert.Empty(Directory.EnumerateFiles(host.Paths.UnitDirectory));
        }
    }

    [Fact]
    public async Task A_unit_that_was_written_and_not_read_before_a_kill_is_read_by_the_next_run()
    {
        using var host = new FakeContainerHost();
        await host.GoodAsync([Specs.Service("api")]);
        var other = Specs.Read("""{"image": "k:1", "restart": "unless-stopped", "depends_on": ["db"]}""", "api");
        File.WriteAllText(Path.Combine(host.Paths.UnitDirectory, "tripleo_api.service"), ContainerUnit.Text(other, new(ContainerSets.ConfigId, ContainerLabels.DefaultManagedBy, host.Paths.LogDirectory, host.Paths.RunDirectory)));
        await host.GoodAsync([other]);
        Assert.DoesNotContain("stale", host.State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_one_shot_that_outlived_its_apply_is_waited_for_and_not_started_beside_itself()
    {
        using var host = new FakeContainerHost();
        host.Cut = (1, CutOff.Half);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.ApplyAsync([Specs.OneShot()]));
        var id = host.Find("sync")!.Id;
        host.Recover();
        host.ExitCodes["sync"] = 4;
        var failed = await host.ApplyAsync([Specs.OneShot()]);
        Assert.Contains("Container 'sync' ended with exit code 4.", failed.Message, StringComparison.Ordinal);
        Assert.Contains("sync wrote this", failed.Message, StringComparison.Ordinal);
        Assert.Equal(1, host.Lines.Count(line => line.StartsWith("podman run", StringComparison.Ordinal)));
        Assert.Contains($"podman wait {id}", host.Lines);
    }

    [Fact]
    public async Task A_name_that_only_storage_has_is_freed_and_one_that_nothing_explains_is_an_error()
    {
        using var host = new FakeContainerHost();
        host.Failing["podman create --name=api"] = (125, "Error: the container name \"api\" is already in use");
        var failed = await host.ApplyAsync([Specs.Service("api")]);
        Assert.Contains("already in use", failed.Message, StringComparison.Ordinal);
        Assert.Contains("podman ps --all --external --no-trunc --format=json", host.Lines);
        Assert.Equal(1, host.Lines.Count(line => line.StartsWith("podman create", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_container_that_cannot_be_started_is_made_anew_once()
    {
        using var host = new FakeContainerHost();
        await host.GoodAsync([Specs.Service("api")]);
        var broken = host.Find("api")!;
        (broken.IsBroken, broken.State) = (true, "exited");
        await host.GoodAsync([Specs.Service("api")]);
        Assert.NotEqual(broken.Id, host.Find("api")!.Id);
        Assert.Equal("running", host.Find("api")!.State);
    }

    [Fact]
    public async Task A_second_apply_waits_for_the_one_at_work_and_gives_up_in_the_end()
    {
        using var host = new FakeContainerHost();
        var said = new List<string>();
        Directory.CreateDirectory(Path.GetDirectoryName(host.Paths.LockFile)!);
        using (new FileStream(host.Paths.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var stop = TestContext.Current.CancellationToken;
            var result = await new ContainerApplier(host, new HastyTime(), host.Paths).ApplyAsync(ContainerSets.ConfigId, ContainerSets.All, new() { Progress = said.Add }, stop);
            Assert.True(result.Failed);
            Assert.Equal("Another container apply has held the lock for half an hour.", result.Message);
        }

        Assert.Equal(["another container apply is at work, waiting for it"], said);
        Assert.Equal(0, host.Changes);
        await host.GoodAsync(s_all);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_opened_is_said_at_once_and_not_taken_for_another_apply()
    {
        using var host = new FakeContainerHost();
        var said = new List<string>();
        Directory.CreateDirectory(Path.GetDirectoryName(host.Paths.LockFile)!);
        File.CreateSymbolicLink(host.Paths.LockFile, host.Paths.LockFile);
        var result = await host.ApplyAsync(ContainerSets.All, said.Add);
        Assert.True(result.Failed);
        Assert.Contains("is a link that leads back to itself", result.Message, StringComparison.Ordinal);
        Assert.Empty(said);
        Assert.Equal(0, host.Changes);
    }

    // The state that an apply leads to that nobody interrupts, and how many commands of it change something.
    private static async Task<(string State, int Commands)> UninterruptedAsync()
    {
        using var host = new FakeContainerHost();
        await host.GoodAsync(s_before);
        host.Forget();
        await host.GoodAsync(s_all);
        return (host.State, host.Changes);
    }

    // Each wait takes ten minutes.
    private sealed class HastyTime : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _now += TimeSpan.FromMinutes(10).Ticks;
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
