using System.Collections.Immutable;
using System.Globalization;
using Undercloud.Host.Files;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Images;

/// <summary>
/// How containers have to be started on this host. With hybrid cgroups crun fails and runc works; where this process may not raise its limits, podman's
/// default limits are rejected. The answer is found by starting a container.
/// </summary>
/// <param name="Name">crun or runc.</param>
/// <param name="Limits">The limits to set, e.g. nofile=20000:20000; empty where podman's default limits work.</param>
public sealed record ContainerRuntime(string Name, ImmutableArray<string> Limits)
{
    /// <summary>Options for podman and buildah, before the verb.</summary>
    public ImmutableArray<string> RuntimeOptions => ["--runtime", Name];

    /// <summary>Options for <c>podman run</c> and <c>buildah from</c>.</summary>
    public ImmutableArray<string> LimitOptions => [.. Limits.SelectMany(limit => new[] { "--ulimit", limit })];

    /// <summary>The first combination of runtime and limits that starts a container on this host.</summary>
    /// <param name="processes">Starts containers.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="paths">Where the answer is remembered; the machine's usual place unless given.</param>
    /// <exception cref="HostCommandException">No combination works; the exception is that of the last attempt.</exception>
    public static async Task<ContainerRuntime> FindAsync(IProcessRunner processes, CancellationToken stop, ImagePaths? paths = null)
    {
        var remembered = (paths ?? new()).RuntimeFile;
        if (File.Exists(remembered) && File.ReadAllText(remembered).Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var known, .. var limits])
            return new(known, [.. limits]);
        var root = ScratchDirectory.Make("probe").FullName;
        try
        {
            foreach (var part in new[] { "bin", "lib", "lib64" })
                File.CreateSymbolicLink(Path.Combine(root, part), $"usr/{part}");
            ImmutableArray<string> own = [$"nofile={OpenFiles()}", $"nproc={Processes()}"];
            ProcessResult? last = null;
            foreach (var way in new ContainerRuntime[] { new("crun", []), new("crun", own), new("runc", []), new("runc", own) })
            {
                last = await processes.RunAsync(way.Probe(root), stop);
                if (!last.Succeeded)
                    continue;
                AtomicFile.WriteText(remembered, string.Join(' ', way.Limits.Prepend(way.Name)) + "\n");
                return way;
            }

            throw new HostCommandException(last!);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    // The host's own /usr serves as the root file system, so no image is needed.
    private CommandLine Probe(string root) =>
        new("podman", [.. RuntimeOptions, "run", "--rm", "--network", "none", .. LimitOptions, "--volume", "/usr:/usr:ro", "--rootfs", root, "/usr/bin/true"])
        {
            Timeout = TimeSpan.FromSeconds(30),
        };

    private static string OpenFiles() => Limit("Max open files", long.MaxValue);

    // podman reduces its own limit to the maximum of process ids, and cannot give a container more than that.
    private static string Processes() =>
        Limit("Max processes", long.Parse(File.ReadAllText("/proc/sys/kernel/pid_max"), CultureInfo.InvariantCulture));

    private static string Limit(string name, long atMost)
    {
        var hard = File.ReadLines("/proc/self/limits").First(line => line.StartsWith(name))[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var number = hard == "unlimited" ? Math.Min(1048576, atMost) : Math.Min(long.Parse(hard, CultureInfo.InvariantCulture), atMost);
        return $"{number}:{number}";
    }
}
