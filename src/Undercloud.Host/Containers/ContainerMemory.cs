using System.Globalization;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Containers;

/// <summary>The memory of containers: the sum of their processes' proportional set sizes, in which a shared page counts once.</summary>
public static class ContainerMemory
{
    /// <summary>Container name to bytes; 0 for a container without readable processes.</summary>
    /// <param name="mainProcesses">Container name to the id of its first process.</param>
    public static IReadOnlyDictionary<string, long> Read(IReadOnlyDictionary<string, int> mainProcesses)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Parent: ProcessTree.ParentOf(id)))
            .ToLookup(process => process.Parent, process => process.Id);
        return mainProcesses.ToDictionary(
            container => container.Key, container => ProcessTree.AllOf(container.Value, parent => children[parent]).Sum(SizeOf), StringComparer.Ordinal);
    }

    /// <summary>The proportional set size in the text of /proc/ID/smaps_rollup, in bytes.</summary>
    internal static long SizeIn(string text)
    {
        const string Field = "\nPss:";
        var start = text.IndexOf(Field, StringComparison.Ordinal);
        if (start < 0)
            return 0;
        var words = text[(start + Field.Length)..].Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return long.Parse(words[0], CultureInfo.InvariantCulture) * 1024;
    }

    private static long SizeOf(int process)
    {
        try
        {
            return SizeIn(File.ReadAllText($"/proc/{process}/smaps_rollup"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The process has ended meanwhile, or belongs to another user.
            return 0;
        }
    }
}
