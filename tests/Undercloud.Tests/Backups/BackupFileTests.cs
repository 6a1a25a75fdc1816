using System.Collections.Immutable;
using System.ComponentModel;
using System.Formats.Tar;
using System.Text;
using Undercloud.Host.Backups;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Tests.Backups;

/// <summary>The file of a backup, with real programs in a directory of its own.</summary>
public sealed class BackupFileTests : IDisposable
{
    private static readonly ProcessRunner s_runner = new(TimeProvider.System);

    private readonly string _home = Directory.CreateTempSubdirectory("undercloud-backup-test-").FullName;

    public BackupFileTests() => Zstd.Require();

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_home, "backup.tar.zst");

    private BackupFile File => new(s_runner, Path);

    [Fact]
    public async Task What_is_written_is_read_back_with_streams_larger_than_a_piece()
    {
        var large = new byte[ArchiveWriter.PieceSize + 5];
        new Random(1).NextBytes(large);
        await WriteAsync(("a.tar", large), ("nodes/one/b.tar", []), ("databases.sql", "dump"u8.ToArray()));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(Path));
        Assert.Equal([Path], Directory.GetFiles(_home));
        var read = new Dictionary<string, byte[]>();
        var manifest = await File.ReadAsync(
            new ArchiveReader(Path)
            {
                OnStream = async (name, stream, stop) =>
                {
                    using var content = new MemoryStream();
                    await stream.CopyToAsync(content, stop);
                    read.Add(name, content.ToArray());
                },
            },
            Stop);
        Assert.Equal(["backup.json", "a.tar.000000", "a.tar.000001", "nodes/one/b.tar.000000", "databases.sql.000000"], manifest.Entries.Select(entry => entry.Name));
        Assert.Equal(large, read["a.tar"]);
        Assert.Empty(read["nodes/one/b.tar"]);
        Assert.Equal("dump", Encoding.UTF8.GetString(read["databases.sql"]));
        Assert.Equal(large.Length, manifest.BytesOf("a.tar"));
        Assert.Equal("zed", manifest.Contents.Release);
    }

    [Fact]
    public async Task Without_the_program_that_decompresses_a_backup_is_not_called_damaged()
    {
        await WriteAsync(("a.tar", [1]));
        var failure = await Assert.ThrowsAsync<BackupException>(() => new BackupFile(new WithoutPrograms(), Path).ReadAsync(new ArchiveReader(Path), Stop));
        Assert.DoesNotContain("damaged", failure.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install zstd", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_is_not_read_to_its_end_is_compared_all_the_same()
    {
        await WriteAsync(("a.tar", new byte[ArchiveWriter.PieceSize * 2]), ("b.tar", [1, 2]));
        var seen = new List<string>();
        await File.ReadAsync(new ArchiveReader(Path) { OnStream = async (name, stream, stop) => { seen.Add(name); await stream.ReadExactlyAsync(new byte[1], stop); } }, Stop);
        Assert.Equal(["a.tar", "b.tar"], seen);
    }

    [Fact]
    public async Task One_stream_is_read_without_what_comes_after_it()
    {
        var large = new byte[ArchiveWriter.PieceSize];
        new Random(1).NextBytes(large);
        await WriteAsync(("a.tar", [7]), ("b.tar", large));
        var read = -1;
        await File.ReadStreamAsync("a.tar", async (stream, stop) => { var one = new byte[2]; Assert.Equal(1, await stream.ReadAtLeastAsync(one, 2, throwOnEndOfStream: false, stop)); read = one[0]; }, Stop);
        Assert.Equal(7, read);
        Assert.Contains("has no c.tar", (await Assert.ThrowsAsync<BackupException>(() => File.ReadStreamAsync("c.tar", (_, _) => Task.CompletedTask, Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flipped_byte_anywhere_is_found()
    {
        var content = new byte[100_000];
        new Random(1).NextBytes(content);
        await WriteAsync(("a.tar", content));
        var good = System.IO.File.ReadAllBytes(Path);
        foreach (var at in new[] { good.Length / 3, good.Length - 2 })
        {
            byte[] bad = [.. good];
            bad[at] ^= 1;
            System.IO.File.WriteAllBytes(Path, bad);
            Assert.Contains($"{Path} is damaged", (await DamageAsync()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_truncated_file_is_damaged_and_a_missing_or_foreign_one_is_no_backup()
    {
        await WriteAsync(("a.tar", new byte[100_000]));
        var good = System.IO.File.ReadAllBytes(Path);
        System.IO.File.WriteAllBytes(Path, good[..(good.Length / 2)]);
        Assert.Contains("is damaged", (await DamageAsync()).Message, StringComparison.Ordinal);
        System.IO.File.WriteAllText(Path, "hello");
        Assert.Contains("is no backup of an undercloud: it is not compressed", (await DamageAsync()).Message, StringComparison.Ordinal);
        System.IO.File.Delete(Path);
        Assert.Contains("There is no file", (await DamageAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drop", "the entry a.tar.000000 is missing")]
    [InlineData("change", "the entry a.tar.000000 has another checksum")]
    [InlineData("shorten", "the entry a.tar.000000 has 2 bytes instead of 3")]
    [InlineData("add", "it has entries that its manifest does not list: b.tar.000000")]
    [InlineData("end", "it ends early, before its manifest")]
    [InlineData("other", "it does not begin with backup.json")]
    public async Task An_archive_that_somebody_changed_is_found(string how, string said)
    {
        await WriteAsync(("a.tar", [1, 2, 3]));
        await RewriteAsync(entries => how switch
        {
            "drop" => [.. entries.Where(entry => entry.Name != "a.tar.000000")],
            "change" => [.. entries.Select(entry => entry.Name == "a.tar.000000" ? (entry.Name, new byte[] { 1, 2, 4 }) : entry)],
            "shorten" => [.. entries.Select(entry => entry.Name == "a.tar.000000" ? (entry.Name, new byte[] { 1, 2 }) : entry)],
            "add" => entries.Insert(1, ("b.tar.000000", [1])),
            "end" => [.. entries.SkipLast(1)],
            _ => [.. entries.Skip(1)],
        });
        Assert.Contains(said, (await DamageAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_format_is_refused_with_the_version_that_wrote_it()
    {
        await WriteAsync(("a.tar", [1]));
        await RewriteAsync(entries => [.. entries.Select(entry => entry.Name == "backup.json" ? (entry.Name, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(entry.Content).Replace("\"format\": 1", "\"format\": 9", StringComparison.Ordinal))) : entry)]);
        Assert.Contains("is of format 9: undercloud 0.1.0 wrote it", (await DamageAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_while_a_file_is_written_leaves_none()
    {
        var failure = await Assert.ThrowsAsync<InstallException>(() => File.WriteAsync(Contents, (_, _) => throw new InstallException("no dump"), Stop));
        Assert.Equal("no dump", failure.Message);
        Assert.Empty(Directory.GetFiles(_home));
    }

    [Fact]
    public async Task A_disk_that_fills_up_fails_the_backup_and_leaves_no_file()
    {
        // Every write to this device finds it full.
        var full = new BackupFile(new FullDisk(s_runner), Path);
        var failure = await Assert.ThrowsAsync<InstallException>(() => full.WriteAsync(
            Contents,
            async (archive, stop) =>
            {
                var noise = new byte[ArchiveWriter.PieceSize];
                new Random(1).NextBytes(noise);
                for (var part = 0; part < 4; part++)
                    await archive.AddAsync($"{part}.tar", new MemoryStream(noise), stop);
            },
            Stop));
        Assert.Contains("backup.tar.zst.partial cannot be written", failure.Message, StringComparison.Ordinal);
        Assert.Contains("No space left", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_home));
    }

    [Fact]
    public async Task Common_programs_can_read_a_stream_as_well()
    {
        await WriteAsync(("databases.sql", "dump"u8.ToArray()));
        var read = await s_runner.RunAsync(CommandLine.Of("bash", "-c", $"zstd -dcq {Path} | tar -xO --wildcards 'databases.sql.*'"), Stop);
        Assert.Equal((0, "dump"), (read.ExitCode, read.Output.Trim()));
    }

    internal static BackupContents Contents { get; } = new()
    {
        Version = "0.1.0",
        Release = "zed",
        Created = DateTimeOffset.UnixEpoch.AddDays(1),
        Generation = 3,
        PlanHash = "0",
        Nodes = ["undercloud"],
        DeployingNode = "undercloud",
        HostName = "host",
        ConfigPath = "/root/undercloud.conf",
        Home = "/root",
        Databases = ["keystone"],
        Parts = [new("configuration", null, [new("/root/undercloud.conf", 10)])],
    };

    private async Task WriteAsync(params (string Name, byte[] Content)[] streams)
    {
        await File.WriteAsync(
            Contents,
            async (archive, stop) =>
            {
                foreach (var (name, content) in streams)
                    await archive.AddAsync(name, new MemoryStream(content), stop);
            },
            Stop);
        await File.CompleteAsync(Stop);
    }

    private Task<BackupException> DamageAsync() => Assert.ThrowsAsync<BackupException>(() => File.ReadAsync(new ArchiveReader(Path), Stop));

    // Writes the archive again with other entries.
    private async Task RewriteAsync(Func<ImmutableArray<(string Name, byte[] Content)>, ImmutableArray<(string Name, byte[] Content)>> change)
    {
        var plain = System.IO.Path.Combine(_home, "plain.tar");
        (await s_runner.RunAsync(CommandLine.Of("zstd", "-dqf", Path, "-o", plain), Stop)).OrThrow();
        var entries = ImmutableArray.CreateBuilder<(string, byte[])>();
        await using (var tar = new TarReader(System.IO.File.OpenRead(plain)))
        {
            while (await tar.GetNextEntryAsync(copyData: true, Stop) is { } entry)
            {
                using var content = new MemoryStream();
                if (entry.DataStream is { } data)
                    await data.CopyToAsync(content, Stop);
                entries.Add((entry.Name, content.ToArray()));
            }
        }

        await using (var tar = new TarWriter(System.IO.File.Create(plain), TarEntryFormat.Pax))
        {
            foreach (var (name, content) in change(entries.ToImmutable()))
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) }, Stop);
        }

        (await s_runner.RunAsync(CommandLine.Of("zstd", "-qf", plain, "-o", Path), Stop)).OrThrow();
        System.IO.File.Delete(plain);
    }

    // Sends what is written to a device that is always full.
    private sealed class FullDisk(ProcessRunner real) : IProcessRunner
    {
        public Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop) => real.RunAsync(command, stop);

        public Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop) => real.FollowAsync(command, onLine, stop);

        public Task<int> AttachAsync(CommandLine command, CancellationToken stop) => real.AttachAsync(command, stop);

        public Task<ProcessResult> PipeAsync(CommandLine command, Func<Stream, CancellationToken, Task>? feed, Func<Stream, CancellationToken, Task>? read, CancellationToken stop) =>
            real.PipeAsync(command with { Arguments = [.. command.Arguments[..^1], "/dev/full"] }, feed, read, stop);
    }

    // Each program is one that no host has.
    private sealed class WithoutPrograms : IProcessRunner
    {
        public Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop) => throw new NotSupportedException();

        public Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop) => throw new NotSupportedException();

        public Task<int> AttachAsync(CommandLine command, CancellationToken stop) => throw new NotSupportedException();

        public Task<ProcessResult> PipeAsync(CommandLine command, Func<Stream, CancellationToken, Task>? feed, Func<Stream, CancellationToken, Task>? read, CancellationToken stop) =>
            Task.FromResult(new ProcessResult(command, 127, "", FailureWords.OfStart(new Win32Exception(2), command.Program)));
    }
}
