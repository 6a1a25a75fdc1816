using Undercloud.Host.Agent;
using Undercloud.Host.Files;
using Undercloud.Host.Processes;

namespace Undercloud.Tests.Node;

/// <summary>A node in a directory of its own, and programs that only remember how they were called.</summary>
internal sealed class FakeHost : IProcessRunner, IDisposable
{
    public FakeHost(bool systemd = false)
    {
        Directory.CreateDirectory(Root);
        if (systemd)
            Directory.CreateDirectory(Layout.SystemdRuntime);
        File.WriteAllText(Layout.KernelHostname, "before\n");
        File.WriteAllText(Layout.MountTable, "22 1 0:20 / /proc rw - proc proc rw\n");
    }

    public string Root { get; } = Path.Combine(Path.GetTempPath(), $"undercloud-{Guid.NewGuid():N}");

    public NodeLayout Layout => new()
    {
        StateDirectory = At("state"),
        RuntimeDirectory = At("run"),
        SystemdRuntime = At("systemd"),
        UnitDirectory = At("units"),
        HostnameFile = At("hostname"),
        KernelHostname = At("kernel-hostname"),
        MountTable = At("mounts"),
        TrustBundle = At("bundle.crt"),
        ResolverFile = At("resolv.conf"),
        ResolvedDirectory = At("resolved.conf.d"),
        ResolvconfDirectory = At("resolvconf"),
        KernelSettings = At("sys"),
        Ipv4Settings = At("ipv4"),
    };

    /// <summary>Makes it a node that an install has begun on.</summary>
    public void HasServices() => new OwnedStore(Layout).Save(new() { Units = ["tripleo_keystone.service"] });

    public int Uid => FileStatus.Of(Root)!.Uid;

    public int Gid => FileStatus.Of(Root)!.Gid;

    public List<string> Calls { get; } = [];

    /// <summary>Answers by the beginning of the command line, the longest one first; empty and successful otherwise, an empty list for `ip -j`.</summary>
    public Dictionary<string, Func<string>> Answers { get; } = [];

    /// <summary>Programs that are not installed.</summary>
    public HashSet<string> Missing { get; } = [];

    /// <summary>What command lines say that fail, by their beginning.</summary>
    public Dictionary<string, string> Failing { get; } = [];

    public string At(string path) => Path.Combine(Root, path);

    public Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop)
    {
        var text = command.ToString();
        Calls.Add(text);
        if (Missing.Contains(command.Program))
            return Task.FromResult(new ProcessResult(command, 127, "", $"{command.Program}: not found"));
        if (Failing.FirstOrDefault(pair => text.StartsWith(pair.Key, StringComparison.Ordinal)) is { Key: not null } failing)
            return Task.FromResult(new ProcessResult(command, 1, "", failing.Value));
        var answer = Answers.Where(pair => text.StartsWith(pair.Key, StringComparison.Ordinal)).OrderByDescending(pair => pair.Key.Length).FirstOrDefault();
        return Task.FromResult(new ProcessResult(command, 0, answer.Value?.Invoke() ?? (text.StartsWith("ip -j ", StringComparison.Ordinal) ? "[]" : ""), ""));
    }

    public Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop) => RunAsync(command, stop);

    public Task<int> AttachAsync(CommandLine command, CancellationToken stop) => Task.FromResult(0);

    /// <summary>The calls that change the network, without those of its guard.</summary>
    public IEnumerable<string> Changes() => Calls.Where(call =>
        call.StartsWith("ip link ", StringComparison.Ordinal) || call.StartsWith("ip address ", StringComparison.Ordinal) || call.Contains(" route replace ") || call.Contains(" route del ")
        || (call.StartsWith("ovs-vsctl ", StringComparison.Ordinal) && !call.Contains(" list-") && !call.Contains(" get ")));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>A clock that jumps ahead instead of waiting.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private long _now;

    public override long GetTimestamp() => _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
            _now += dueTime.Ticks;
        return base.CreateTimer(callback, state, dueTime >= TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
    }
}

/// <summary>A clock that stands still.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
