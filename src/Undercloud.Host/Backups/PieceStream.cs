namespace Undercloud.Host.Backups;

/// <summary>A stream of an archive: the contents of its pieces, which follow each other in the archive.</summary>
/// <param name="entries">The archive, at the first piece.</param>
/// <param name="name">The name of the stream.</param>
internal sealed class PieceStream(ArchiveEntries entries, string name) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        while (entries.Name is { } entry && ArchiveNames.StreamOf(entry) == name)
        {
            var length = await entries.ReadAsync(buffer, cancellationToken);
            if (length > 0)
                return length;
            await entries.NextAsync(cancellationToken);
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
