using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Undercloud.Tests.Images;

/// <summary>The health checks that the images bring along, with an <c>ss</c> that says what the test wants.</summary>
public sealed class HealthCheckScriptsTests : IDisposable
{
    private const string Established = "0 0 192.0.2.1:40000 192.0.2.1:5672 users:((\"heat-engine\",pid=7,fd=3))";
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Who_is_connected_to_the_message_queue_is_healthy() => Assert.Equal(0, Run("healthcheck-messaging", Established, "5672"));

    [Fact]
    public void A_connection_of_somebody_else_does_not_count() => Assert.Equal(1, Run("healthcheck-messaging", "0 0 192.0.2.1:40000 192.0.2.1:5672", "5672"));

    [Fact]
    public void Who_is_not_connected_to_a_queue_that_answers_is_ill()
    {
        using var queue = new TcpListener(IPAddress.Loopback, 0);
        queue.Start();
        Assert.Equal(1, Run("healthcheck-messaging", "", $"{((IPEndPoint)queue.LocalEndpoint).Port}", "127.0.0.1"));
    }

    [Fact]
    public void Nobody_is_ill_because_the_queue_is_away()
    {
        using var queue = new TcpListener(IPAddress.Loopback, 0);
        queue.Start();
        var port = ((IPEndPoint)queue.LocalEndpoint).Port;
        queue.Stop();
        Assert.Equal(0, Run("healthcheck-messaging", "", $"{port}", "127.0.0.1"));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void An_agent_that_sees_all_processes_is_healthy_by_a_connection_of_its_own_control_group(bool isOwn, int code)
    {
        // No process has the other id.
        var process = isOwn ? Environment.ProcessId : int.MaxValue;
        Assert.Equal(code, Run("healthcheck-agent", $"0 0 192.0.2.1:40000 192.0.2.1:5672 users:((\"neutron-dhcp-ag\",pid={process},fd=3))", "5672"));
    }

    [Theory]
    [InlineData("UNCONN 0 0 0.0.0.0:67 0.0.0.0:*", 0)]
    [InlineData("UNCONN 2304 0 0.0.0.0:67 0.0.0.0:*", 1)]
    [InlineData("", 1)]
    public void A_server_has_to_take_the_packets_that_come(string sockets, int code) => Assert.Equal(code, Run("healthcheck-udp", sockets, "67"));

    private int Run(string script, string sockets, params string[] arguments)
    {
        var stub = Path.Combine(_directory, "ss");
        File.WriteAllText(stub, $"#!/bin/sh\nprintf '%s' '{sockets}{(sockets.Length > 0 ? "\n" : "")}'\n");
        File.SetUnixFileMode(stub, (UnixFileMode)0b111_101_101);
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(Repository.Root, "images", "files", script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_directory}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
