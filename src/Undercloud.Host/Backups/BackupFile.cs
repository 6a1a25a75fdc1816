using Undercloud.Host.Failures;
using Undercloud.Host.Files;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Backups;

/// <summary>The file of a backup: an archive compressed by zstd, readable for its owner alone.</summary>
/// <param name="runner">Runs zstd.</param>
/// <param name="path">The file.</param>
public sealed class BackupFile(IProcessRunner runner, string path)
{
    // The exit code of a program that cannot be started.
    private const int NotStarted = 127;

    private static readonly byte[] s_magic = [0x28, 0xb5, 0x2f, 0xfd];

    /// <summary>The file while it is written.</summary>
    public string Partial => $"{path}.partial";

    /// <summary>Writes the file under the name <see cref="Partial"/>. It is deleted when anything fails.</summary>
    /// <param name="contents">What the backup is of.</param>
    /// <param name="write">Adds the streams.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="InstallException">The file cannot be written.</exception>
    public async Task WriteAsync(BackupContents contents, Func<ArchiveWriter, CancellationToken, Task> write, CancellationToken stop)
    {
        File.Delete(Partial);
        await using (new FileStream(Partial, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = AtomicFile.Private }))
        {
        }

        await OrDeleteAsync(async () =>
        {
            // The services go on meanwhile, so the compression takes only the processor time that they leave.
            var compressed = await runner.PipeAsync(
                new("sh", ["-c", "exec nice -n 10 zstd --quiet --threads=0 --stdout > \"$1\"", "--", Partial]) { OwnSession = true },
                async (output, token) =>
                {
                    await using var archive = new ArchiveWriter(output, contents);
                    await archive.BeginAsync(token);
                    await write(archive, token);
                    await archive.EndAsync(token);
                },
                null,
                stop);
            if (!compressed.Succeeded)
                throw new InstallException($"{Partial} cannot be written.\n{compressed.Tail()}\nSee that there is room and that the disk is well, and run this again. `--output` names another file.");
            await using var written = new FileStream(Partial, FileMode.Open, FileAccess.ReadWrite);
            written.Flush(flushToDisk: true);
        });
    }

    /// <summary>Reads the written file back, and gives it its name.</summary>
    /// <returns>The manifest.</returns>
    /// <exception cref="BackupException">The file is not what was written. It is deleted.</exception>
    public async Task<BackupManifest> CompleteAsync(CancellationToken stop)
    {
        BackupManifest? manifest = null;
        await OrDeleteAsync(async () =>
        {
            manifest = await new BackupFile(runner, Partial).ReadAsync(new ArchiveReader(Partial), stop);
            File.Move(Partial, path, overwrite: true);
        });
        return manifest!;
    }

    /// <summary>Reads the file to its end.</summary>
    /// <param name="reader">Takes what is in it.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="BackupException">The file is missing, damaged, or no backup.</exception>
    public async Task<BackupManifest> ReadAsync(ArchiveReader reader, CancellationToken stop)
    {
        await CheckAsync(stop);
        BackupManifest? manifest = null;
        var read = await runner.PipeAsync(
            Decompression,
            null,
            async (output, token) =>
            {
                manifest = await reader.ReadAsync(output, token);

                // The end of the compressed file, with its checksum.
                await output.CopyToAsync(Stream.Null, token);
            },
            stop);
        if (read.ExitCode == NotStarted)
            throw new BackupException($"{path} cannot be read: {read.Tail(3)}");
        return read.Succeeded && manifest is not null
            ? manifest
            : throw new BackupException($"{path} is damaged: it cannot be decompressed.\n{read.Tail(3)}\nUse another copy of it, or an older backup.");
    }

    /// <summary>Reads one stream of a file that was verified before, and nothing after it.</summary>
    /// <param name="name">The name of the stream.</param>
    /// <param name="take">Takes the stream.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="BackupException">The file has no such stream.</exception>
    public async Task ReadStreamAsync(string name, Func<Stream, CancellationToken, Task> take, CancellationToken stop)
    {
        var isTaken = false;
        await runner.PipeAsync(
            Decompression,
            null,
            async (output, token) =>
            {
                using var entries = new ArchiveEntries(output);
                do
                    await entries.NextAsync(token);
                while (entries.Name is { } entry && ArchiveNames.StreamOf(entry) != name);
                if (entries.Name is null)
                    return;
                await take(new PieceStream(entries, name), token);
                isTaken = true;
            },
            stop);
        if (!isTaken)
            throw new BackupException($"{path} has no {name}. Use another copy of it, or an older backup.");
    }

    private CommandLine Decompression => new("zstd", ["--decompress", "--quiet", "--stdout", "--", path]) { OwnSession = true };

    private async Task CheckAsync(CancellationToken stop)
    {
        if (!File.Exists(path))
            throw new BackupException($"There is no file {path}. Name a file that `undercloud backup` wrote.");
        var begin = new byte[s_magic.Length];
        await using var file = File.OpenRead(path);
        if (await file.ReadAtLeastAsync(begin, begin.Length, throwOnEndOfStream: false, stop) < begin.Length || !begin.AsSpan().SequenceEqual(s_magic))
            throw new BackupException($"{path} is no backup of an undercloud: it is not compressed by zstd. Name a file that `undercloud backup` wrote.");
    }

    private async Task OrDeleteAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch
        {
            File.Delete(Partial);
            throw;
        }
    }
}
