using System.Runtime.CompilerServices;
using System.Text.Json;
using Xunit.Sdk;

namespace Undercloud.Scenarios;

/// <summary>The sandbox a scenario works on, and whether an earlier step of it failed.</summary>
public sealed class SandboxHost : IDisposable
{
    /// <summary>The release that the running test class is for: its trait of that name.</summary>
    public static string Release => Running.Traits.TryGetValue("release", out var of) ? of.Single() : "zed";

    /// <summary>The option that asks for it; none for the one that is had without asking.</summary>
    public static string[] ReleaseOption => Release == "zed" ? [] : ["--release", Release];

    /// <summary>Its name: the class's trait "sandbox", or one of the release, so that releases can be looked at side by side.</summary>
    public static string Name => Running.Traits.TryGetValue("sandbox", out var named) ? named.Single() : Release == "zed" ? "scenario" : $"scenario-{Release}";

    /// <summary>UNDERCLOUD_SCENARIO_FROM names the step to go on at, with the sandbox that a failed run has left. For those who write steps.</summary>
    private string? _from = Environment.GetEnvironmentVariable("UNDERCLOUD_SCENARIO_FROM");

    private readonly string _name = Name;

    public SandboxHost()
    {
        if (_from is null)
            Shell.Undercloud("sandbox", "delete", _name);
    }

    private static ITestClass Running => TestContext.Current.TestClass ?? throw new InvalidOperationException("No test class is running.");

    /// <summary>The first step that failed; the ones after it say so and do not run.</summary>
    public string? Failed { get; set; }

    /// <summary>Why a step is not to run; null when it is.</summary>
    public string? SkipReason(string step)
    {
        if (step == _from)
            _from = null;
        return _from is not null ? $"before {_from}" : Failed is not null ? $"{Failed} failed before" : null;
    }

    /// <summary>Runs a step, unless an earlier one failed.</summary>
    public void Step(Action step, [CallerMemberName] string name = "")
    {
        var reason = SkipReason(name);
        Assert.SkipWhen(reason is not null, reason ?? "");
        try
        {
            step();
        }
        catch
        {
            Failed = name;
            throw;
        }
    }

    /// <summary>What a shell line says in the end: asked every second until it is what is wanted, so many times at most.</summary>
    public static string Until(string line, string wanted, int tries = 60) => Until(line, said => said == wanted, tries);

    /// <summary>The same for what fits.</summary>
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

    /// <summary>Keeps what a later step compares with; in a file, so that a run that goes on from a step has it too.</summary>
    public static void Remember(string what, string value) => File.WriteAllText(MemoryOf(what), value);

    /// <summary>What an earlier step kept.</summary>
    public static string Remembered(string what) => File.ReadAllText(MemoryOf(what));

    public void Dispose()
    {
        // A failed scenario leaves its sandbox, to look into; the next run starts by deleting it.
        if (Failed is null)
            Shell.Undercloud("sandbox", "delete", _name);
    }

    /// <summary>Runs a command in the sandbox.</summary>
    public static Ran Exec(params string[] command) => Shell.Undercloud(["sandbox", "exec", "--name", Name, "--", .. command]);

    /// <summary>Runs a shell line in the sandbox.</summary>
    public static Ran Bash(string line) => Exec("bash", "-c", line);

    /// <summary>Container name to "id started-at" of everything that runs.</summary>
    public static Dictionary<string, string> Containers() => Bash("podman ps -q | xargs -r podman inspect --format '{{.Name}} {{.Id}} {{.State.StartedAt}}'")
        .Expect().Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', 2))
        .ToDictionary(fields => fields[0], fields => fields[1].Trim());

    /// <summary>Every file of the sandbox outside of what runs by itself, with its owner and mode.</summary>
    public static SortedSet<string> Files() => [.. Bash(FilesCommand).Expect().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(IsLasting)];

    /// <summary>The shell line that lists them.</summary>
    public const string FilesCommand =
        "find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /var/tmp -o -path /var/log -o -path /var/cache -o -path /var/lib/containers"
        + " -o -path /var/lib/cni -o -path /var/lib/libuuid -o -path /root/undercloud -o -path /usr/local/bin/undercloud -o -path /root/.cache -o -path /root/.ansible -o -path /etc/cni \\) -prune -o -printf '%p %U:%G %m\\n'";

    /// <summary>Whether a file of that list is of interest: what Python and systemd leave, and the log, are not.</summary>
    public static bool IsLasting(string line) =>
        !line.Contains("__pycache__", StringComparison.Ordinal) && !line.StartsWith("/root/install-undercloud.log", StringComparison.Ordinal) && !line.StartsWith("/var/lib/systemd/", StringComparison.Ordinal);

    private static string MemoryOf(string what) => Path.Combine(AppContext.BaseDirectory, $"remembered-{Name}-{what}");

    public static JsonElement Json(Ran ran) => JsonDocument.Parse(ran.Output).RootElement;
}
