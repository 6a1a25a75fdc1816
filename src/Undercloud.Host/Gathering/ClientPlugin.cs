using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Gathering;

/// <summary>The files that give a host's openstack client the commands <c>openstack undercloud …</c>.</summary>
internal static class ClientPlugin
{
    // Debian's directory for packages that every Python 3 of it sees.
    private const string Packages = "/usr/lib/python3/dist-packages";

    /// <summary>The plugin as it is in the tool's directory, and the record of where the program is.</summary>
    public static ImmutableArray<FileEntry> Files(ToolHome tool) =>
    [
        .. Directory.EnumerateFiles(tool.OpenStackClient, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/__pycache__/", StringComparison.Ordinal))
            .Select(file => Entry(Path.GetRelativePath(tool.OpenStackClient, file), File.ReadAllText(file)))
            .OrderBy(entry => entry.Path, StringComparer.Ordinal),
        Entry("undercloudclient/program", tool.Launcher + "\n"),
    ];

    private static FileEntry Entry(string path, string content) => new($"{Packages}/{path}", 0, 0, "0644", content);
}
