using Undercloud.Host.Sandboxes;

namespace Undercloud.Tests.Sandboxes;

public sealed class SandboxTests
{
    private const string One = """[{"Labels":{"undercloud.sandbox":"one"},"State":"running","Image":"i","Created":1700000000}]""";

    private static Sandbox Named(string name, FakeProcesses processes) => new(name, processes, TimeProvider.System);

    [Theory]
    [InlineData("Default")]
    [InlineData("-x")]
    [InlineData("a b")]
    [InlineData("")]
    public void A_name_that_podman_or_a_host_name_cannot_carry_is_refused(string name) =>
        Assert.Throws<SandboxException>(() => Named(name, new()));

    [Fact]
    public async Task Containers_and_volumes_left_without_one_are_listed()
    {
        var processes = new FakeProcesses()
            .Answer("podman ps", One)
            .Answer("podman volume ls", """[{"Labels":{"undercloud.sandbox":"one"}},{"Labels":{"undercloud.sandbox":"half"}}]""");
        var sandboxes = await Sandbox.ListAsync(processes, TestContext.Current.CancellationToken);
        Assert.Equal([("half", "incomplete"), ("one", "running")], sandboxes.Select(sandbox => (sandbox.Name, sandbox.State)));
    }

    [Fact]
    public async Task One_that_is_there_is_not_made_again()
    {
        var processes = new FakeProcesses().Answer("podman ps", One);
        var refused = await Assert.ThrowsAsync<SandboxException>(() => Named("one", processes).CreateAsync("image", 1, TestContext.Current.CancellationToken));
        Assert.Contains("undercloud sandbox delete one", refused.Message);
        Assert.DoesNotContain(processes.Ran, command => command.Arguments.Contains("run"));
    }

    [Fact]
    public async Task A_container_of_somebody_else_is_left_alone()
    {
        var processes = new FakeProcesses().Answer("podman container exists", "");
        await Assert.ThrowsAsync<SandboxException>(() => Named("one", processes).CreateAsync("image", 1, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(processes.Ran, command => command.Arguments.Contains("rm"));
    }

    [Fact]
    public async Task Deleting_removes_only_what_carries_the_label()
    {
        var processes = new FakeProcesses()
            .Answer("podman ps --all --quiet --no-trunc --filter label=undercloud.machine-of=one", "m1\n")
            .Answer("podman ps", "c1\nc2\n")
            .Answer("podman network ls", "undercloud-one\n")
            .Answer("podman volume ls", "v1\n");
        await Named("one", processes).DeleteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                "podman ps --all --quiet --no-trunc --filter label=undercloud.machine-of=one",
                "podman rm --force --time 0 --volumes m1",
                "podman ps --all --quiet --no-trunc --filter label=undercloud.sandbox=one",
                "podman rm --force --time 0 --volumes c1 c2",
                "podman network ls --quiet --filter label=undercloud.sandbox=one",
                "podman network rm undercloud-one",
                "podman volume ls --quiet --filter label=undercloud.sandbox=one",
                "podman volume rm --force v1",
            ],
            processes.Ran.Select(command => command.ToString()));
    }

    [Fact]
    public async Task A_command_goes_in_word_by_word_with_no_shell_to_read_it()
    {
        var processes = new FakeProcesses();
        await Named("one", processes).AttachAsync(["echo", "a  b", "$HOME"], TestContext.Current.CancellationToken);
        Assert.Equal(["--", "echo", "a  b", "$HOME"], processes.Ran[^1].Arguments[^4..]);
    }

    [Fact]
    public void The_files_of_a_new_sandbox_are_these()
    {
        var script = SandboxFiles.Script("one", "overlay", "127.0.0.1 localhost vm\n::1 localhost\n10.0.0.5 mirror # near\n", ["nofile=20000:20000"]);
        Assert.Equal(
            """"
            set -e
            cat > /etc/hosts <<'END'
            127.0.0.1	localhost
            127.0.1.1	one
            ::1	localhost ip6-localhost ip6-loopback
            10.0.0.5 mirror
            END
            mkdir -p /etc/containers/containers.conf.d
            cat > /etc/containers/containers.conf.d/50-undercloud-sandbox.conf <<'END'
            [containers]
            default_ulimits = ["nofile=20000:20000"]

            [network]
            network_backend = "netavark"
            END
            cat > /etc/containers/storage.conf <<'END'
            [storage]
            driver = "overlay"
            runroot = "/run/containers/storage"
            graphroot = "/var/lib/containers/storage"

            [storage.options]
            additionalimagestores = ["/var/lib/undercloud-images"]
            END

            """",
            script);
    }
}
