using System.Collections.Immutable;
using System.Formats.Tar;
using System.Security.Cryptography;

namespace Undercloud.Host.Backups;

/// <summary>Writes the entries of an archive to a stream, and the manifest of them at the end.</summary>
/// <param name="output">The stream; it stays open.</param>
/// <param name="contents">What the backup is of.</param>
public sealed class ArchiveWriter(Stream output, BackupContents contents) : IAsyncDisposable
{
    /// <summary>The size of a piece of a stream: a tar entry begins with its size, so each piece is held in memory.</summary>
    public const int PieceSize = 32 << 20;

    private readonly TarWriter _tar = new(output, TarEntryFormat.Pax, leaveOpen: true);
    private readonly ImmutableArray<ArchiveEntry>.Builder _entries = ImmutableArray.CreateBuilder<ArchiveEntry>();
    private readonly byte[] _piece = GC.AllocateUninitializedArray<byte>(PieceSize);

    /// <summary>Writes the first entry.</summary>
    public Task BeginAsync(CancellationToken stop) => AddAsync(ArchiveNames.Contents, BackupJson.Bytes(contents), stop);

    /// <summary>Writes a stream to its end, as pieces. An empty stream is one empty piece.</summary>
    /// <param name="name">The name of the stream.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="stop">Ends it.</param>
    public async Task AddAsync(string name, Stream stream, CancellationToken stop)
    {
        for (var number = 0; ; number++)
        {
            var length = await stream.ReadAtLeastAsync(_piece, PieceSize, throwOnEndOfStream: false, stop);
            if (length > 0 || number == 0)
                await AddAsync(ArchiveNames.Piece(name, number), _piece, length, stop);
            if (length < PieceSize)
                return;
        }
    }

    /// <summary>Writes the manifest and the end of the archive.</summary>
    public async Task<BackupManifest> EndAsync(CancellationToken stop)
    {
        var manifest = new BackupManifest(contents, _entries.ToImmutable());
        await AddAsync(ArchiveNames.Manifest, BackupJson.Bytes(manifest), stop);
        await _tar.DisposeAsync();
        return manifest;
    }

    public ValueTask DisposeAsync() => _tar.DisposeAsync();

    private Task AddAsync(string name, byte[] content, CancellationToken stop) => AddAsync(name, content, content.Length, stop);

    private async Task AddAsync(string name, byte[] content, int length, CancellationToken stop)
    {
        using var data = new MemoryStream(content, 0, length, writable: false);
        await _tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                ModificationTime = contents.Created,
                DataStream = data,
            },
            stop);
        _entries.Add(new(name, length, Convert.ToHexStringLower(SHA256.HashData(content.AsSpan(0, length)))));
    }
}
