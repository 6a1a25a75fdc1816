using System.Text.Json;

namespace Undercloud.Host.Backups;

/// <summary>Reads an archive to its end and compares every entry with the manifest.</summary>
/// <param name="file">The name of the file, for messages.</param>
public sealed class ArchiveReader(string file)
{
    private const int LargestRecord = 256 << 20;

    /// <summary>Called once the first entry is read; may refuse the archive by an exception.</summary>
    public Action<BackupContents>? OnContents { get; init; }

    /// <summary>Takes each stream: its name and its content, which need not be read to the end.</summary>
    public Func<string, Stream, CancellationToken, Task>? OnStream { get; init; }

    /// <summary>Reads the archive.</summary>
    /// <param name="tar">The archive, decompressed.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="BackupException">The archive is damaged, or no backup.</exception>
    public async Task<BackupManifest> ReadAsync(Stream tar, CancellationToken stop)
    {
        using var entries = new ArchiveEntries(tar);
        try
        {
            return await ReadAsync(entries, stop);
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw Damaged(entries.Name is { } name ? $"it cannot be read at {name}" : "it ends early");
        }
    }

    private async Task<BackupManifest> ReadAsync(ArchiveEntries entries, CancellationToken stop)
    {
        await entries.NextAsync(stop);
        if (entries.Name != ArchiveNames.Contents)
            throw new BackupException($"{file} is no backup of an undercloud: it does not begin with {ArchiveNames.Contents}. Name a file that `undercloud backup` wrote.");
        var contents = JsonSerializer.Deserialize(await RecordAsync(entries, stop), BackupJson.Default.BackupContents) ?? throw new JsonException();
        if (contents.Format > BackupContents.CurrentFormat)
            throw new BackupException($"{file} is of format {contents.Format}: undercloud {contents.Version} wrote it, and this program reads up to {BackupContents.CurrentFormat}. Use a program of that version or a newer one.");
        OnContents?.Invoke(contents);
        while (entries.Name is { } name && name != ArchiveNames.Manifest)
        {
            if (ArchiveNames.StreamOf(name) is not { } stream)
            {
                await entries.NextAsync(stop);
                continue;
            }

            if (OnStream is not null)
                await OnStream(stream, new PieceStream(entries, stream), stop);
            while (entries.Name is { } left && ArchiveNames.StreamOf(left) == stream)
                await entries.NextAsync(stop);
        }

        if (entries.Name is null)
            throw Damaged("it ends early, before its manifest");
        var before = entries.Done.Count;
        var manifest = JsonSerializer.Deserialize(await RecordAsync(entries, stop), BackupJson.Default.BackupManifest) ?? throw new JsonException();
        if (manifest is not { Contents: not null, Entries: not null })
            throw new JsonException();
        Compare(manifest.Entries, [.. entries.Done.Take(before)]);
        return manifest;
    }

    // Reads an entry, and goes on to the next one.
    private static async Task<byte[]> RecordAsync(ArchiveEntries entries, CancellationToken stop)
    {
        using var text = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int length; (length = await entries.ReadAsync(buffer, stop)) > 0 && text.Length < LargestRecord;)
            text.Write(buffer, 0, length);
        await entries.NextAsync(stop);
        return text.ToArray();
    }

    private void Compare(IReadOnlyList<ArchiveEntry> wanted, IReadOnlyList<ArchiveEntry> found)
    {
        var there = found.ToLookup(entry => entry.Name, StringComparer.Ordinal);
        foreach (var entry in wanted)
        {
            if (there[entry.Name].FirstOrDefault() is not { } own)
                throw Damaged($"the entry {entry.Name} is missing");
            if (own.Size != entry.Size)
                throw Damaged($"the entry {entry.Name} has {own.Size} bytes instead of {entry.Size}");
            if (own.Sha256 != entry.Sha256)
                throw Damaged($"the entry {entry.Name} has another checksum than when it was written");
        }

        if (found.Count != wanted.Count)
            throw Damaged($"it has entries that its manifest does not list: {string.Join(", ", found.Select(entry => entry.Name).Except(wanted.Select(entry => entry.Name)).Take(3))}");
    }

    private BackupException Damaged(string how) => new($"{file} is damaged: {how}. Use another copy of it, or an older backup.");
}
