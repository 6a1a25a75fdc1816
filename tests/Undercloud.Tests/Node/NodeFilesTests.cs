using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Files;
using Undercloud.Host.Files;

namespace Undercloud.Tests.Node;

public sealed class NodeFilesTests : IDisposable
{
    private static readonly NodeManifest s_empty = new() { Node = "n" };
    private readonly FakeHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Second_apply_touches_nothing()
    {
        var manifest = Manifest(File("etc/a.conf", "a\n"), File("etc/b.conf", "b\n", mode: "0640"));
        Assert.True((await ApplyAsync(manifest)).Changed);
        var before = FileStatus.Of(_host.At("etc/a.conf"))!.Inode;
        var again = await ApplyAsync(manifest);
        Assert.False(again.Changed);
        Assert.Empty(again.Changes);
        Assert.Equal(before, FileStatus.Of(_host.At("etc/a.conf"))!.Inode);
    }

    [Fact]
    public async Task Check_writes_nothing_and_shows_the_difference()
    {
        var manifest = Manifest(File("etc/a.conf", "a\n"));
        var result = await new NodeFiles(_host.Layout, _host).ApplyAsync(manifest, check: true, CancellationToken.None);
        Assert.False(Path.Exists(_host.At("etc")));
        Assert.False(Path.Exists(_host.Layout.StateDirectory));
        Assert.Equal(["create directory", "create file"], result.Changes.Select(change => $"{change.Action} {change.Kind}"));
        Assert.Contains("+a\n", result.Changes[1].Diff);
    }

    [Fact]
    public async Task What_is_done_is_reported_without_contents()
    {
        var result = await ApplyAsync(Manifest(File("etc/a.conf", "password = x\n", mode: "0600")));
        Assert.All(result.Changes, change => Assert.Null(change.Diff));
        Assert.True(result.Changes[^1].Private);
    }

    [Fact]
    public async Task Uninstalling_leaves_no_trace()
    {
        await ApplyAsync(Manifest(File("etc/deep/a.conf", "a\n")) with { });
        await PruneAsync(s_empty);
        Assert.False(Path.Exists(_host.At("etc")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_host.Layout.StateDirectory));
    }

    [Fact]
    public async Task Foreign_file_comes_back_with_its_mode()
    {
        var path = _host.At("foreign.conf");
        System.IO.File.WriteAllText(path, "theirs\n");
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
        await ApplyAsync(Manifest(File("foreign.conf", "ours\n")));
        Assert.Equal("ours\n", System.IO.File.ReadAllText(path));
        await ApplyAsync(Manifest(File("foreign.conf", "ours again\n")));
        await PruneAsync(s_empty);
        Assert.Equal("theirs\n", System.IO.File.ReadAllText(path));
        Assert.Equal("0620", FileStatus.Of(path)!.OctalMode);
    }

    [Fact]
    public async Task Files_of_others_keep_their_directory()
    {
        await ApplyAsync(Manifest(File("log/ours", "a\n")));
        System.IO.File.WriteAllText(_host.At("log/theirs"), "b\n");
        var result = await PruneAsync(s_empty);
        Assert.Equal([$"{_host.At("log")} stays: it holds files that this tool did not create."], result.Notes);
        Assert.True(System.IO.File.Exists(_host.At("log/theirs")));
        Assert.False(System.IO.File.Exists(_host.At("log/ours")));
    }

    [Fact]
    public async Task State_and_kept_files_go_only_when_purged()
    {
        var state = new DirectoryEntry(_host.At("db"), _host.Uid, _host.Gid, "0750", State: true);
        await ApplyAsync(new() { Node = "n", Files = new() { Directories = [state], Files = [File("passwords", "p\n") with { Keep = true }] } });
        System.IO.File.WriteAllText(_host.At("db/table"), "rows");
        Assert.False((await PruneAsync(s_empty)).Changed);
        Assert.True(System.IO.File.Exists(_host.At("db/table")));
        Assert.True(System.IO.File.Exists(_host.At("passwords")));
        await PruneAsync(s_empty, purge: true);
        Assert.False(Path.Exists(_host.At("db")));
        Assert.False(Path.Exists(_host.At("passwords")));
    }

    [Fact]
    public async Task Purge_stops_before_a_mount_point()
    {
        await ApplyAsync(new() { Node = "n", Files = new() { Directories = [new(_host.At("db"), _host.Uid, _host.Gid, "0750", State: true)] } });
        System.IO.File.AppendAllText(_host.Layout.MountTable, $"30 1 8:1 / {_host.At("db/disk")} rw - ext4 /dev/sdb rw\n");
        var result = await PruneAsync(s_empty, purge: true);
        Assert.True(result.Failed);
        Assert.Contains("umount", result.Message);
        Assert.True(Path.Exists(_host.At("db")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/var")]
    [InlineData("/var/lib")]
    [InlineData("/srv")]
    [InlineData("/var/lib/../lib/mysql")]
    [InlineData("var/lib/mysql")]
    public void System_directories_are_never_purged(string path) =>
        Assert.NotNull(new PurgeGuard(_host.Layout, new()).Refusal(path));

    [Fact]
    public async Task Links_are_refused_all_at_once_and_nothing_is_written()
    {
        System.IO.File.CreateSymbolicLink(_host.At("one"), "/etc/shadow");
        System.IO.File.CreateSymbolicLink(_host.At("two"), "/etc");
        var result = await ApplyAsync(new()
        {
            Node = "n",
            Files = new() { Directories = [new(_host.At("two"), 0, 0, "0755")], Files = [File("one", "x"), File("three", "x")] },
        });
        Assert.True(result.Failed);
        Assert.Contains("one is a symbolic link (to /etc/shadow)", result.Message);
        Assert.Contains("two is a symbolic link", result.Message);
        Assert.False(Path.Exists(_host.At("three")));
    }

    [Fact]
    public async Task Block_goes_into_a_shared_file_and_out_again_to_the_byte()
    {
        var path = _host.At("hosts");
        System.IO.File.WriteAllText(path, "127.0.0.1 localhost");
        var block = new BlockEntry(path, "ours", "10.0.0.1 x\n");
        await ApplyAsync(new() { Node = "n", Files = new() { Blocks = [block] } });
        Assert.Equal("127.0.0.1 localhost\n# BEGIN ours\n10.0.0.1 x\n# END ours\n", System.IO.File.ReadAllText(path));
        await ApplyAsync(new() { Node = "n", Files = new() { Blocks = [block with { Content = "10.0.0.2 x\n" }] } });
        await PruneAsync(s_empty);
        Assert.Equal("127.0.0.1 localhost\n", System.IO.File.ReadAllText(path));
    }

    [Fact]
    public async Task Block_that_does_not_end_is_refused_with_its_line()
    {
        System.IO.File.WriteAllText(_host.At("hosts"), "a\n# BEGIN ours\nb\n");
        var result = await ApplyAsync(new() { Node = "n", Files = new() { Blocks = [new(_host.At("hosts"), "ours", "x\n")] } });
        Assert.Contains("line 2 begins the block 'ours'", result.Message);
    }

    [Fact]
    public async Task What_was_recorded_but_never_made_is_no_error()
    {
        new OwnedStore(_host.Layout).Save(new OwnedState
        {
            Files = new OwnedState().Files.Add(_host.At("never"), new(Keep: false)),
            Directories = new OwnedState().Directories.Add(_host.At("nowhere"), new(Created: true, State: false)),
        });
        var result = await PruneAsync(s_empty);
        Assert.False(result.Failed);
        Assert.False(Path.Exists(_host.Layout.OwnedFile));
    }

    [Fact]
    public async Task Leftovers_of_a_killed_write_are_removed_with_their_file()
    {
        await ApplyAsync(Manifest(File("etc/a.conf", "a\n")));
        System.IO.File.WriteAllText(_host.At("etc/.a.conf.4711.new"), "half");
        await PruneAsync(s_empty);
        Assert.False(Path.Exists(_host.At("etc")));
    }

    [Fact]
    public async Task Bytecode_of_a_module_goes_with_it_and_that_of_others_stays()
    {
        await ApplyAsync(Manifest(File("pkg/a.py", "a = 1\n"), File("pkg/b.py", "b = 1\n"), File("shared/c.py", "c = 1\n")));
        foreach (var file in new[] { "pkg/__pycache__/a.cpython-311.pyc", "pkg/__pycache__/b.cpython-313.opt-1.pyc", "shared/__pycache__/c.cpython-311.pyc", "shared/__pycache__/cc.cpython-311.pyc" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_host.At(file))!);
            System.IO.File.WriteAllText(_host.At(file), "");
        }

        await PruneAsync(Manifest(File("pkg/b.py", "b = 1\n"), File("shared/c.py", "c = 1\n")));
        Assert.Equal(["b.cpython-313.opt-1.pyc"], Directory.EnumerateFiles(_host.At("pkg/__pycache__")).Select(Path.GetFileName));
        await PruneAsync(s_empty);
        Assert.False(Path.Exists(_host.At("pkg")));
        Assert.Equal(["cc.cpython-311.pyc"], Directory.EnumerateFiles(_host.At("shared/__pycache__")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Damaged_record_stops_everything()
    {
        Directory.CreateDirectory(_host.Layout.StateDirectory);
        System.IO.File.WriteAllText(_host.Layout.OwnedFile, "{");
        var exception = await Assert.ThrowsAsync<IOException>(() => ApplyAsync(Manifest(File("a", "a"))));
        Assert.Contains("is damaged", exception.Message);
    }

    [Fact]
    public async Task Host_name_is_set_and_the_one_before_comes_back()
    {
        System.IO.File.WriteAllText(_host.Layout.HostnameFile, "before\n");
        var manifest = new NodeManifest { Node = "n", Files = new() { Hostname = "undercloud.example.org" } };
        await ApplyAsync(manifest);
        Assert.Equal("undercloud.example.org", System.IO.File.ReadAllText(_host.Layout.KernelHostname));
        Assert.False((await ApplyAsync(manifest)).Changed);
        await PruneAsync(s_empty);
        Assert.Equal("before\n", System.IO.File.ReadAllText(_host.Layout.HostnameFile));
    }

    [Fact]
    public async Task Names_the_node_had_before_are_recorded()
    {
        System.IO.File.WriteAllText(_host.Layout.HostnameFile, "before\n");
        await ApplyAsync(Named("before"));
        Assert.Empty(Owned().Former);
        await ApplyAsync(Named("one.example.org"));
        await ApplyAsync(Named("two.example.org"));
        Assert.Equal(["before", "one.example.org"], Owned().Former);

        // Also one that the operator gave it.
        System.IO.File.WriteAllText(_host.Layout.HostnameFile, "before\n");
        System.IO.File.WriteAllText(_host.Layout.KernelHostname, "before\n");
        Assert.False((await ApplyAsync(Named("before"))).Changed);
        Assert.Equal(["one.example.org", "two.example.org"], Owned().Former);
        Assert.False((await PruneAsync(s_empty)).Changed);
        Assert.Equal("before\n", System.IO.File.ReadAllText(_host.Layout.HostnameFile));
    }

    private static NodeManifest Named(string name) => new() { Node = "n", Files = new() { Hostname = name } };

    private OwnedHostname Owned() => new OwnedStore(_host.Layout).Load().Hostname!;

    private FileEntry File(string path, string content, string mode = "0644") => new(_host.At(path), _host.Uid, _host.Gid, mode, content);

    private static NodeManifest Manifest(params FileEntry[] files) => new() { Node = "n", Files = new() { Files = files } };

    private Task<NodeResult> ApplyAsync(NodeManifest manifest) =>
        new NodeFiles(_host.Layout, _host).ApplyAsync(manifest, check: false, CancellationToken.None);

    private Task<NodeResult> PruneAsync(NodeManifest manifest, bool purge = false) =>
        new NodeFiles(_host.Layout, _host).PruneAsync(manifest, purge, check: false, CancellationToken.None);
}
