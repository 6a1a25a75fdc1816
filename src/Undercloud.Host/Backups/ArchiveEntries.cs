using System.Collections.Immutable;
using System.Formats.Tar;
using System.Security.Cryptography;

namespace Undercloud.Host.Backups;

/// <summary>The entries of an archive, one after the other; what is read is hashed.</summary>
/// <param name="tar">The archive.</param>
internal sealed class ArchiveEntries(Stream tar) : IDisposable
{
    private readonly TarReader _reader = new(tar, leaveOpen: true);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ImmutableArray<ArchiveEntry>.Builder _done = ImmutableArray.CreateBuilder<ArchiveEntry>();
    private readonly byte[] _rest = new byte[1 << 16];
    private TarEntry? _current;
    private long _size;

    /// <summary>The name of the entry that is being read; null at the end.</summary>
    public string? Name => _current?.Name;

    /// <summary>The entries that were read to their end.</summary>
    public IReadOnlyList<ArchiveEntry> Done => _done;

    /// <summary>Goes on to the next entry; the rest of the present one is read and hashed.</summary>
    public async Task NextAsync(CancellationToken stop)
    {
        if (_current is { } ended)
        {
            while (await ReadAsync(_rest, stop) > 0)
            {
            }

            _done.Add(new(ended.Name, _size, Convert.ToHexStringLower(_hash.GetHashAndReset())));
        }

        _size = 0;
        _current = await _reader.GetNextEntryAsync(copyData: false, stop);
    }

    /// <summary>Reads from the present entry.</summary>
    /// <returns>The number of bytes; 0 at the entry's end.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken stop)
    {
        var length = _current?.DataStream is { } data ? await data.ReadAsync(buffer, stop) : 0;
        _hash.AppendData(buffer.Span[..length]);
        _size += length;
        return length;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _hash.Dispose();
    }
}
