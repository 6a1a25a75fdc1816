using System.Collections.Immutable;
using System.Globalization;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Checks;

/// <summary>Asks a node for its file systems, without everything else that <see cref="HostStateReader"/> reads.</summary>
public static class FileSystems
{
    /// <summary>The file systems of a node, without those of the network; none when df fails.</summary>
    /// <param name="runner">Runs programs on the node.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task<ImmutableArray<FileSystemRoom>> ReadAsync(IProcessRunner runner, CancellationToken stop) =>
        In((await runner.RunAsync(CommandLine.Of("df", "--local", "--block-size=1", "--output=avail,size,target"), stop)).Output);

    /// <summary>The file systems in the output of df: free bytes, all bytes and mount point. The first line, with the columns' names, has no number.</summary>
    internal static ImmutableArray<FileSystemRoom> In(string output) =>
    [
        .. output.Split('\n')
            .Select(line => line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(fields => fields.Length == 3 && IsNumber(fields[0]) && IsNumber(fields[1]))
            .Select(fields => new FileSystemRoom(fields[2], Number(fields[0])) { TotalBytes = Number(fields[1]) }),
    ];

    /// <summary>The file system of a path, which need not exist: that with the longest mount point that contains the path; null for none.</summary>
    public static FileSystemRoom? Of(IEnumerable<FileSystemRoom> fileSystems, string path) => fileSystems
        .Where(room => room.MountPoint == "/" || path == room.MountPoint || path.StartsWith(room.MountPoint + "/", StringComparison.Ordinal))
        .MaxBy(room => room.MountPoint.Length);

    private static bool IsNumber(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
