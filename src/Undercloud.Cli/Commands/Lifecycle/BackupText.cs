using Undercloud.Cli.Output;
using Undercloud.Host.Backups;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary>Backups as text.</summary>
internal static class BackupText
{
    private const string Databases = "databases";

    /// <summary>What a backup is of, and its parts with their sizes.</summary>
    /// <param name="contents">What is in it.</param>
    /// <param name="manifest">The manifest, which has the sizes as they were written; null for a backup that is not written.</param>
    public static void Write(TextWriter output, BackupContents contents, BackupManifest? manifest)
    {
        var several = contents.Nodes.Count > 1;
        string[][] rows =
        [
            .. contents.Databases.Count == 0 ? [] : new[] { Row(Databases, null, manifest?.BytesOf("databases.sql") ?? contents.DatabaseBytes, string.Join(", ", contents.Databases)) },
            .. contents.Parts.Select(part => Row(part.Name, part.Node, manifest?.BytesOf(part.Entry) ?? part.Bytes, string.Join(", ", part.Paths.Select(path => path.Path)))),
        ];
        output.WriteLine($"Undercloud {contents.Version}, release {contents.Release}, generation {contents.Generation}, host {contents.HostName}, {contents.Created.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        if (contents.Excluded.Count > 0)
            output.WriteLine($"Without: {string.Join(", ", contents.Excluded)}");
        TextTable.Write(output, several ? ["Part", "Node", "Size", "What"] : ["Part", "Size", "What"], rows);

        string[] Row(string name, string? node, long bytes, string what) => several ? [name, node ?? "", ByteSize.Text(bytes), what] : [name, ByteSize.Text(bytes), what];
    }
}
