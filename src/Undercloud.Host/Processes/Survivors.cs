using System.Text;

namespace Undercloud.Host.Processes;

/// <summary>A process that outlived the run that started it.</summary>
/// <param name="Id">The process id.</param>
/// <param name="Command">The command, shortened.</param>
public sealed record Survivor(int Id, string Command)
{
    public override string ToString() => $"process {Id} ({Command})";
}

/// <summary>
/// Processes of killed runs. They continue to change the host, so the next run must not start beside them. They are found by the variable of
/// <see cref="MarkedProcesses"/> that they inherited: killing a process neither ends nor notifies the processes that it started, whatever their session.
/// </summary>
public static class Survivors
{
    private const int LongestCommand = 60;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(500);

    /// <summary>The processes of this host that were started under a lock, without their descendants. The caller holds the lock.</summary>
    public static IReadOnlyList<Survivor> Of(string lockFile)
    {
        var variable = $"{MarkedProcesses.Variable}={lockFile}";
        var space = NamespaceOf("self");
        var own = Ancestry(Environment.ProcessId);

        // Processes in containers have other ids, and a host in a container has its own lock.
        var marked = ProcessTree.All().Where(id => !own.Contains(id) && Carries(id, variable) && NamespaceOf($"{id}") == space).ToHashSet();
        return [.. marked.Where(id => !marked.Contains(ProcessTree.ParentOf(id))).Order().Select(id => new Survivor(id, CommandOf(id)))];
    }

    /// <summary>Waits until the processes that were started under a lock have ended.</summary>
    /// <param name="lockFile">The lock file, which the caller holds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="say">Receives one message when there is something to wait for.</param>
    /// <param name="now">Receives the remaining processes whenever they change, as the current action of the run.</param>
    /// <param name="stop">Cancels the wait.</param>
    /// <returns>The processes that still run after half an hour; empty when all have ended.</returns>
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
                say($"An earlier run was killed, and processes that it started are still running: {names}. Waiting for them to end.");
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
            // The process has ended meanwhile, or belongs to another user.
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
