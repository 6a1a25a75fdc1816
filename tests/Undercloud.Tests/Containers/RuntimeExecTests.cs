using System.Text.Json.Nodes;
using Undercloud.Host.Containers;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Containers;

/// <summary>Health checks by the OCI runtime of a container.</summary>
public sealed class RuntimeExecTests : IDisposable
{
    private const string Configuration = """
        {
          "hostname": "undercloud",
          "process": {
            "terminal": true,
            "user": {"uid": 42435, "gid": 42435, "additionalGids": [42435, 42400], "umask": 18},
            "args": ["dumb-init", "--", "neutron-server"],
            "env": ["PATH=/usr/bin", "HOSTNAME=undercloud", "HOME=/var/lib/neutron"],
            "cwd": "/",
            "capabilities": {"bounding": ["CAP_CHOWN"]},
            "noNewPrivileges": true
          }
        }
        """;

    private readonly string _run = Directory.CreateTempSubdirectory().FullName;

    public RuntimeExecTests()
    {
        Write("crun/1/status", $$"""{"pid": 7, "bundle": "{{_run}}/bundle"}""");
        Write("bundle/config.json", Configuration);
    }

    public void Dispose() => Directory.Delete(_run, recursive: true);

    [Fact]
    public void A_command_has_what_podman_gives_it()
    {
        var command = new RuntimeExec(_run).Of("1", "ask me")!;
        Assert.Equal("crun exec --process=/dev/stdin 1", command.ToString());
        const string Expected = """
            {
              "terminal": false,
              "user": {"uid": 42435, "gid": 42435, "additionalGids": [42400], "umask": 18},
              "args": ["/bin/sh", "-c", "ask me"],
              "env": ["PATH=/usr/bin", "HOME=/var/lib/neutron"],
              "cwd": "/",
              "capabilities": {"bounding": ["CAP_CHOWN"]},
              "noNewPrivileges": true
            }
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Expected), JsonNode.Parse(command.Input!)), command.Input);
    }

    [Fact]
    public async Task A_container_that_crun_does_not_know_is_asked_by_podman_and_both_have_the_same_time()
    {
        var processes = new FakeProcesses();
        var health = Specs.Read("""{"image": "k:1", "restart": "always", "healthcheck": {"test": "ask me"}}""").Health!;
        await new Podman(processes, _run).AskAsync("keystone", "1", health, TestContext.Current.CancellationToken);
        await new Podman(processes, _run).AskAsync("glance_api", "2", health, TestContext.Current.CancellationToken);
        Assert.Equal(["crun exec --process=/dev/stdin 1", "podman exec glance_api /bin/sh -c 'ask me'"], processes.Ran.Select(ran => ran.ToString()));
        Assert.All(processes.Ran, ran => Assert.Equal(TimeSpan.FromSeconds(health.Timeout), ran.Timeout));
    }

    [Theory]
    [InlineData("crun/1/status", "")]
    [InlineData("crun/1/status", "[]")]
    [InlineData("crun/1/status", "{\"bundle\": \"/nowhere\"}")]
    [InlineData("bundle/config.json", "{")]
    [InlineData("bundle/config.json", "{}")]
    [InlineData("bundle/config.json", "{\"process\": 1}")]
    public void What_cannot_be_read_leaves_it_to_podman(string path, string text)
    {
        Write(path, text);
        Assert.Null(new RuntimeExec(_run).Of("1", "ask me"));
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_run, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
