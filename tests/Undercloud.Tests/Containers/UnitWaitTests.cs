using System.Diagnostics;
using Undercloud.Deploy.Containers;

namespace Undercloud.Tests.Containers;

/// <summary>The command with which a unit waits for a container that it depends on, run by a real shell with stubs of podman and crun.</summary>
public sealed class UnitWaitTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void The_runtime_asks_as_the_user_of_the_container_s_first_process()
    {
        Stub("podman", """case "$*" in *Healthcheck*) echo "ask me" ;; *State.Pid*) echo "$PROCESS deed" ;; *) exit 1 ;; esac""");
        Stub("crun", """echo "$*" >> said""");
        Directory.CreateDirectory(At("crun/deed"));
        File.WriteAllText(At("crun/deed/status"), "{}");
        Assert.Equal(0, Run(WaitFor("db")));
        Assert.Equal([$"exec --user {Output("stat", "-c", "%u:%g", $"/proc/{Environment.ProcessId}")} deed /bin/sh -c ask me"], File.ReadAllLines(At("said")));
    }

    [Fact]
    public void Where_the_runtime_does_not_know_the_container_podman_asks_until_the_check_succeeds()
    {
        Stub("podman", """
            case "$*" in
                *Healthcheck*) echo "ask me" ;;
                *State.Pid*) echo "0 deed" ;;
                *) echo "$*" >> said; [ "$(grep -c . said)" = 7 ] ;;
            esac
            """);
        Stub("sleep", ":");
        Assert.Equal(0, Run(WaitFor("db")));
        Assert.Equal(Enumerable.Repeat("exec deed /bin/sh -c ask me", 7), File.ReadAllLines(At("said")));
    }

    [Fact]
    public void The_wait_for_a_container_that_is_never_healthy_ends()
    {
        Stub("podman", """case "$*" in *Healthcheck*) echo "ask me" ;; *State.Pid*) echo "0 deed" ;; *) echo "$*" >> said; exit 1 ;; esac""");
        Stub("sleep", ":");
        Run(WaitFor("db"));
        Assert.Equal(60, File.ReadAllLines(At("said")).Length);
    }

    [Fact]
    public void A_container_without_a_health_check_is_not_waited_for()
    {
        Stub("podman", """case "$*" in *Healthcheck*) echo ;; *) echo "$*" >> said ;; esac""");
        Assert.Equal(0, Run(WaitFor("db")));
        Assert.False(File.Exists(At("said")));
    }

    // As systemd reads the line.
    private string WaitFor(string container)
    {
        var text = ContainerUnit.Text(Specs.Read($$"""{"image": "i", "restart": "always", "depends_on": ["{{container}}"]}"""), new("tripleo_step3", RunDirectory: _directory));
        var line = text.Split('\n').Single(line => line.StartsWith("ExecStartPre=-/usr/bin/timeout ", StringComparison.Ordinal));
        Assert.DoesNotMatch("[$%]", line.Replace("$$", "", StringComparison.Ordinal).Replace("%%", "", StringComparison.Ordinal));
        return line["ExecStartPre=-".Length..].Replace("$$", "$", StringComparison.Ordinal).Replace("%%", "%", StringComparison.Ordinal);
    }

    private void Stub(string program, string script)
    {
        var path = Path.Combine(Directory.CreateDirectory(At("bin")).FullName, program);
        File.WriteAllText(path, $"#!/bin/sh\ncd {_directory}\n{script}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    private int Run(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command])
        {
            Environment = { ["PATH"] = $"{At("bin")}:{Environment.GetEnvironmentVariable("PATH")}", ["PROCESS"] = $"{Environment.ProcessId}" },
        })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }

    private string At(string name) => Path.Combine(_directory, name);
}
