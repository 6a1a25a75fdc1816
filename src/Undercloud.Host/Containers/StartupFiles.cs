using System.Collections.Immutable;
using Undercloud.Deploy.Containers;

namespace Undercloud.Host.Containers;

/// <summary>Start-up configurations on disk: a file that maps names to containers, or a directory of <c>NAME.json</c>.</summary>
public static class StartupFiles
{
    /// <summary>The files in the order of their names; none when the file or directory does not exist.</summary>
    public static ImmutableArray<StartupFile> Read(string path)
    {
        if (File.Exists(path))
            return [new(path, File.ReadAllText(path))];
        return Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal)
                .Select(file => new StartupFile(file, File.ReadAllText(file), Path.GetFileNameWithoutExtension(file)))]
            : [];
    }
}
