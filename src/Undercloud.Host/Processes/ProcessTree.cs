using System.Globalization;

namespace Undercloud.Host.Processes;

/// <summary>Parents and descendants of processes.</summary>
internal static class ProcessTree
{
    /// <summary>The parent of a process: the one that started it, or that adopted it later; 0 for none.</summary>
    public static int ParentOf(int process)
    {
        try
        {
            return ParentIn(File.ReadAllText($"/proc/{process}/stat"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>The parent in the text of /proc/ID/stat. The process's name, in parentheses, may contain any character.</summary>
    public static int ParentIn(string text) =>
        int.Parse(text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    /// <summary>All visible processes.</summary>
    public static IEnumerable<int> All() =>
        Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0);

    /// <summary>A process and all its descendants now.</summary>
    public static IReadOnlyList<int> AllOf(int process)
    {
        var children = All().ToLookup(ParentOf);
        return [.. AllOf(process, parent => children[parent])];
    }

    /// <summary>Whether a process or one of its ancestors is among <paramref name="ancestors"/>.</summary>
    public static bool IsOf(int process, IReadOnlySet<int> ancestors, Func<int, int> parentOf)
    {
        for (var depth = 0; process > 1 && depth < 64; depth++)
        {
            if (ancestors.Contains(process))
                return true;
            process = parentOf(process);
        }

        return false;
    }

    /// <summary>A process and all its descendants.</summary>
    public static IEnumerable<int> AllOf(int process, Func<int, IEnumerable<int>> childrenOf) =>
        process <= 0 ? [] : childrenOf(process).SelectMany(child => AllOf(child, childrenOf)).Prepend(process);
}
