using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Xunit.Sdk;

namespace Undercloud.Scenarios;

/// <summary>The sandbox of a scenario, and whether an earlier step failed.</summary>
public sealed class SandboxHost : IDisposable
{
    /// <summary>The release of the running test class: its trait with that name.</summary>
    public static string Release => Running.Traits.TryGetValue("release", out var of) ? of.Single() : "zed";

    /// <summary>The option for the release; none for the default release.</summary>
    public static string[] ReleaseOption => Release == "zed" ? [] : ["--release", Release];

    /// <summary>The sandbox's name: the class's trait "sandbox", or one for the release, so that sandboxes of several releases can exist side by side.</summary>
    public static string Name => Running.Traits.TryGetValue("sandbox", out var named) ? named.Single() : Release == "zed" ? "scenario" : $"scenario-{Release}";

    /// <summary>UNDERCLOUD_SCENARIO_FROM names the step from which to continue with the sandbox of a former run; that sandbox is kept. For authors of steps.</summary>
    private string? _from = Environment.GetEnvironmentVariable("UNDERCLOUD_SCENARIO_FROM");

    private readonly bool _kept = Environment.GetEnvironmentVariable("UNDERCLOUD_SCENARIO_FROM") is not null;

    private readonly string _name = Name;

    public SandboxHost()
    {
        if (_from is null)
            Shell.Undercloud("sandbox", "delete", _name);
    }

    private static ITestClass Running => TestContext.Current.TestClass ?? throw new InvalidOperationException("No test class is running.");

    /// <summary>The first step that failed. The steps after it do not run and report it.</summary>
    public string? Failed { get; set; }

    /// <summary>Why a step is skipped; null when it runs.</summary>
    public string? SkipReason(string step)
    {
        if (step == _from)
            _from = null;
        return _from is not null ? $"before {_from}" : Failed is not null ? $"{Failed} failed before" : null;
    }

    /// <summary>Runs a step, unless an earlier one failed, and writes how long it took.</summary>
    public void Step(Action step, [CallerMemberName] string name = "")
    {
        var reason = SkipReason(name);
        Assert.SkipWhen(reason is not null, reason ?? "");
        var began = Stopwatch.GetTimestamp();
        try
        {
            step();
        }
        catch
        {
            Failed = name;
            throw;
        }
        finally
        {
            Console.Out.WriteLine($"{Stopwatch.GetElapsedTime(began).TotalSeconds,6:F0} s {name}");
        }
    }

    /// <summary>The output of a shell line, which is repeated every second until the output is the wanted one, for a limited number of times.</summary>
    public static string Until(string line, string wanted, int tries = 60) => Until(line, said => said == wanted, tries);

    /// <summary>The same with a condition.</summary>
    public static string Until(string line, Func<string, bool> fits, int tries = 60)
    {
        var said = "";
        for (var tried = 0; tried < tries && (tried == 0 || !fits(said)); tried++)
        {
            if (tried > 0)
                Thread.Sleep(1000);
            said = Bash(line).Output.Trim();
        }

        return said;
    }

    /// <summary>Keeps a value for a later step, in a file, so that a run that continues from a step has it as well.</summary>
    public static void Remember(string what, string value) => File.WriteAllText(MemoryOf(what), value);

    /// <summary>The value that an earlier step kept.</summary>
    public static string Remembered(string what) => File.ReadAllText(MemoryOf(what));

    public void Dispose()
    {
        // A failed scenario keeps its sandbox for inspection; the next run first deletes it.
        if (Failed is null && !_kept)
            Shell.Undercloud("sandbox", "delete", _name);
    }

    /// <summary>Runs a command in the sandbox.</summary>
    public static Ran Exec(params string[] command) => Shell.Undercloud(["sandbox", "exec", "--name", Name, "--", .. command]);

    /// <summary>Runs a shell line in the sandbox.</summary>
    public static Ran Bash(string line) => Exec("bash", "-c", line);

    /// <summary>Container name to "id started-at" of all running containers.</summary>
    public static Dictionary<string, string> Containers() => Bash("podman ps -q | xargs -r podman inspect --format '{{.Name}} {{.Id}} {{.State.StartedAt}}'")
        .Expect().Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', 2))
        .ToDictionary(fields => fields[0], fields => fields[1].Trim());

    /// <summary>All files of the sandbox with owner and mode, except those that running programs change.</summary>
    public static SortedSet<string> Files() => [.. Bash(FilesCommand).Expect().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(IsLasting)];

    /// <summary>The shell line that lists the files.</summary>
    public const string FilesCommand =
        "find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /var/tmp -o -path /var/log -o -path /var/cache -o -path /var/lib/containers"
        + " -o -path /var/lib/cni -o -path /var/lib/libuuid -o -path /root/undercloud -o -path /usr/local/bin/undercloud -o -path /root/.cache -o -path /root/.ansible -o -path /etc/cni \\) -prune -o -printf '%p %U:%G %m\\n'";

    /// <summary>Whether a listed file matters: files that Python and systemd create, and the log, do not.</summary>
    public static bool IsLasting(string line) =>
        !line.Contains("__pycache__", StringComparison.Ordinal) && !line.StartsWith("/root/install-undercloud.log", StringComparison.Ordinal) && !line.StartsWith("/var/lib/systemd/", StringComparison.Ordinal);

    private static string MemoryOf(string what) => Path.Combine(AppContext.BaseDirectory, $"remembered-{Name}-{what}");

    public static JsonElement Json(Ran ran) => JsonDocument.Parse(ran.Output).RootElement;
}
