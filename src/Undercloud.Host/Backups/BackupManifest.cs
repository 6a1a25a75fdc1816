using System.Text.Json;
using System.Text.Json.Serialization;

namespace Undercloud.Host.Backups;

/// <summary>The last entry of an archive.</summary>
/// <param name="Contents">What the backup is of.</param>
/// <param name="Entries">All entries before it, in their order.</param>
public sealed record BackupManifest(BackupContents Contents, IReadOnlyList<ArchiveEntry> Entries)
{
    /// <summary>The size in bytes of all entries.</summary>
    [JsonIgnore]
    public long Bytes => Entries.Sum(entry => entry.Size);

    /// <summary>The size in bytes of the entries of one stream.</summary>
    public long BytesOf(string stream) => Entries.Where(entry => entry.Name.StartsWith(stream + ".", StringComparison.Ordinal)).Sum(entry => entry.Size);
}

/// <summary>The records of a backup as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(BackupContents))]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext
{
    /// <summary>The UTF-8 text of a record.</summary>
    public static byte[] Bytes(BackupContents contents) => JsonSerializer.SerializeToUtf8Bytes(contents, Default.BackupContents);

    /// <summary>The UTF-8 text of a record.</summary>
    public static byte[] Bytes(BackupManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, Default.BackupManifest);
}
