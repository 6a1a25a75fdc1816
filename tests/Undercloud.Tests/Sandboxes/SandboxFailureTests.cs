using Undercloud.Host.Processes;
using Undercloud.Host.Sandboxes;
using Undercloud.Tests.Node;

namespace Undercloud.Tests.Sandboxes;

public sealed class SandboxFailureTests
{
    private readonly FakeProcesses _host = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Sandbox One() => new("one", _host, new JumpingTime()) { Runtime = new("crun", []) };

    // A machine without sandboxes. Answers that were given before win.
    private void Machine(string keys = "ssh-ed25519 HOST root@one\nssh-ed25519 ROOT root@one\n", string system = "running\n") => _host
        .Answer("podman container exists", "", exit: 1)
        .Answer("podman info", "/store overlay\n")
        .Answer("podman exec -i undercloud-one systemctl is-system-running", system)
        .Answer("podman exec -i undercloud-one-2 systemctl is-system-running", "running\n")
        .Answer("podman exec -i undercloud-one sh", keys)
        .Answer("podman exec -i undercloud-one-2 sh", keys)
        .Answer("podman inspect --format '{{.Name}}", "undercloud-one 10.88.0.3\nundercloud-one-2 10.88.0.4\n")
        .Answer("podman ps --all --quiet --no-trunc --filter label=undercloud.sandbox=one", "c1\n")
        .Answer("podman volume ls --quiet", "v1\n");

    private void NothingIsLeft() => Assert.Equal(
        ["podman rm --force --time 0 --volumes c1", "podman volume rm --force v1"], _host.Lines.Where(line => line.Contains(" rm ", StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("/store")]
    [InlineData("Error: database is locked")]
    public async Task A_podman_that_does_not_say_where_its_images_are_is_an_error_before_anything_is_made(string info)
    {
        _host.Answer("podman info", info);
        Machine();
        var failure = await Assert.ThrowsAsync<HostCommandException>(() => One().CreateAsync("image", 1, Stop));
        Assert.Contains("printed no store and driver", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Ran, command => command.Arguments.Contains("create") || command.Arguments.Contains("run"));
    }

    [Fact]
    public async Task A_systemd_that_does_not_come_up_is_told_with_its_jobs_and_nothing_is_left()
    {
        Machine(system: "starting\n");
        _host.Answer("podman exec -i undercloud-one systemctl list-jobs", "JOB UNIT\n1 slow.service start running\n");
        var failure = await Assert.ThrowsAsync<SandboxException>(() => One().CreateAsync("image", 1, Stop));
        Assert.Contains("systemd did not come up in undercloud-one within 600 s: starting", failure.Message, StringComparison.Ordinal);
        Assert.Contains("slow.service", failure.Message, StringComparison.Ordinal);
        NothingIsLeft();
    }

    [Fact]
    public async Task A_node_that_makes_no_keys_is_named_and_nothing_is_left()
    {
        Machine(keys: "only one line\n");
        var failure = await Assert.ThrowsAsync<SandboxException>(() => One().CreateAsync("image", 2, Stop));
        Assert.Equal("undercloud-one generated no SSH keys. Output: only one line", failure.Message);
        NothingIsLeft();
    }

    [Fact]
    public async Task A_node_without_an_address_is_named_and_nothing_is_left()
    {
        _host.Answer("podman inspect --format '{{.Name}}", "undercloud-one 10.88.0.3\nundercloud-one-2 \n");
        Machine();
        var failure = await Assert.ThrowsAsync<SandboxException>(() => One().CreateAsync("image", 2, Stop));
        Assert.StartsWith("undercloud-one-2 has no address.", failure.Message, StringComparison.Ordinal);
        NothingIsLeft();
    }

    [Fact]
    public async Task An_interruption_leaves_nothing()
    {
        using var interrupt = new CancellationTokenSource();
        _host.Do("podman exec -i undercloud-one systemctl is-system-running", _ =>
        {
            interrupt.Cancel();
            return (1, "starting\n", "");
        });
        Machine();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => One().CreateAsync("image", 1, interrupt.Token));
        NothingIsLeft();
    }

    [Fact]
    public async Task A_failure_that_cannot_be_taken_back_is_still_the_one_that_is_told()
    {
        _host.Answer("podman --runtime crun run", "no space left on device", exit: 125).Answer("podman rm", "database is locked", exit: 125);
        Machine();
        var failure = await Assert.ThrowsAsync<SandboxException>(() => One().CreateAsync("image", 1, Stop));
        Assert.Contains("no space left on device", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("Remove it: undercloud sandbox delete one", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_gone_at_once_is_removed_again_a_moment_later()
    {
        var tries = 0;
        _host.Do("podman rm", _ => ++tries == 1 ? (125, "", "container is busy") : (125, "", "no such container c1"));
        Machine();
        await One().DeleteAsync(Stop);
        Assert.Equal(2, tries);
        Assert.Contains("podman volume rm --force v1", _host.Lines);
    }

    [Fact]
    public async Task What_cannot_be_removed_stays_listed_by_its_volume()
    {
        _host.Answer("podman rm", "container is busy", exit: 125);
        Machine();
        var failure = await Assert.ThrowsAsync<HostCommandException>(() => One().DeleteAsync(Stop));
        Assert.Contains("container is busy", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Lines, line => line.StartsWith("podman volume rm", StringComparison.Ordinal));
    }
}
