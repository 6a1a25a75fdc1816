using Undercloud.Host.Images;
using Undercloud.Host.Processes;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Images;

public sealed class ContainerRuntimeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory().FullName;
    private readonly FakeProcesses _host = new();

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private ImagePaths Paths => new() { RuntimeFile = Path.Combine(_root, "runtime") };

    private Task<ContainerRuntime> FindAsync() => ContainerRuntime.FindAsync(_host, TestContext.Current.CancellationToken, Paths);

    [Fact]
    public async Task The_first_way_that_works_is_remembered_and_no_container_is_started_to_ask_again()
    {
        Assert.Equal("crun", (await FindAsync()).Name);
        Assert.Single(_host.Ran);
        var again = await FindAsync();
        Assert.Equal(("crun", 0), (again.Name, again.Limits.Length));
        Assert.Single(_host.Ran);
    }

    [Fact]
    public async Task Limits_of_this_process_are_tried_and_remembered_where_podmans_own_are_refused()
    {
        _host.Do("podman", command => command.Arguments.Contains("--ulimit") && command.Arguments.Contains("runc") ? (0, "", "") : (126, "", "setrlimit: Operation not permitted"));
        var found = await FindAsync();
        Assert.Equal("runc", found.Name);
        Assert.Equal(["nofile", "nproc"], found.Limits.Select(limit => limit.Split('=')[0]));
        Assert.Equal(4, _host.Ran.Count);
        Assert.Equal(found.Limits, (await FindAsync()).Limits);
    }

    [Fact]
    public async Task Where_no_container_starts_podmans_words_are_told_and_nothing_is_remembered()
    {
        _host.Answer("podman", "crun: unknown version specified", exit: 126);
        var failure = await Assert.ThrowsAsync<HostCommandException>(FindAsync);
        Assert.Contains("crun: unknown version specified", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Paths.RuntimeFile));
    }

    [Fact]
    public async Task An_empty_memory_is_no_answer()
    {
        File.WriteAllText(Paths.RuntimeFile, "\n");
        Assert.Equal("crun", (await FindAsync()).Name);
        Assert.Equal("crun\n", File.ReadAllText(Paths.RuntimeFile));
    }
}
