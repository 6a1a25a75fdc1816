using System.Text;

namespace Undercloud.Host.Processes;

/// <summary>A process that a run has started and that is still there though the run is not.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Command">What it runs, shortened.</param>
public sealed record Survivor(int Id, string Command)
{
    public override string ToString() => $"process {Id} ({Command})";
}

/// <summary>
/// What runs that were killed have left at work. It goes on changing the host, so that a next run must not begin beside it. It is found by
/// what it inherited from <see cref="MarkedProcesses"/>: killing a process neither ends nor tells those that it has started, in whatever session they are.
/// </summary>
public static class Survivors
{
    private const int LongestCommand = 60;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(500);

    /// <summary>The processes of this host that were started under a lock, those that came from others of them left out. The caller holds the lock.</summary>
    public static IReadOnlyList<Survivor> Of(string lockFile)
    {
        var variable = $"{MarkedProcesses.Variable}={lockFile}";
        var space = NamespaceOf("self");
        var own = Ancestry(Environment.ProcessId);

        // Containers have processes of their own numbers, and a host in one its own lock.
        var marked = ProcessTree.All().Where(id => !own.Contains(id) && Carries(id, variable) && NamespaceOf($"{id}") == space).ToHashSet();
        return [.. marked.Where(id => !marked.Contains(ProcessTree.ParentOf(id))).Order().Select(id => new Survivor(id, CommandOf(id)))];
    }

    /// <summary>Waits until those that were started under a lock have ended.</summary>
    /// <param name="lockFile">The lock, which the caller holds.</param>
    /// <param name="time">The clock of the waiting.</param>
    /// <param name="say">Is told once that it waits, and for whom.</param>
    /// <param name="now">Is told who is left, whenever that changes: what the run is doing at the time.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <returns>Those that are there after half an hour; none when all have ended.</returns>
    public static async Task<IReadOnlyList<Survivor>> WaitAsync(string lockFile, TimeProvider time, Action<string> say, Action<string> now, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        var told = "";
        while (Of(lockFile) is { Count: > 0 } left)
        {
            if (time.GetElapsedTime(started) > s_limit)
                return left;
            var names = string.Join(", ", left);
            if (told.Length == 0)
                say($"A run before this one was killed, and what it started is still at work: {names}. Waiting for it to end.");
            if (told != names)
                now($"waiting for {names} of the killed run");
            told = names;
            await Task.Delay(s_poll, time, stop);
        }

        return [];
    }

    private static HashSet<int> Ancestry(int process)
    {
        var all = new HashSet<int>();
        for (var id = process; id > 0 && all.Add(id);)
            id = ProcessTree.ParentOf(id);
        return all;
    }

    private static bool Carries(int process, string variable) => Read(process, "environ").Split('\0').Contains(variable, StringComparer.Ordinal);

    private static string CommandOf(int process)
    {
        var words = Read(process, "cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var text = string.Join(' ', words.Select(word => word.Contains('/') && Path.IsPathRooted(word) ? Path.GetFileName(word) : word).Select(word => word.ReplaceLineEndings(" ")));
        return text.Length > LongestCommand ? text[..LongestCommand] + "…" : text;
    }

    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}", Encoding.UTF8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is somebody else's.
            return "";
        }
    }

    private static string? NamespaceOf(string process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/ns/pid").LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
