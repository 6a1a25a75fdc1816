using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent;
using Undercloud.Host.Agent.Files;

namespace Undercloud.Tests.Node;

public sealed class OwnedRecoveryTests : IDisposable
{
    private readonly FakeHost _host = new();

    public void Dispose() => _host.Dispose();

    private NodeManifest Manifest => new()
    {
        Node = "n",
        Files = new()
        {
            Directories = [new(_host.At("conf"), _host.Uid, _host.Gid, "0755"), new(_host.At("data"), _host.Uid, _host.Gid, "0700", State: true)],
            Files = [new(_host.At("conf/a"), _host.Uid, _host.Gid, "0600", "ours\n"), new(_host.At("theirs"), _host.Uid, _host.Gid, "0644", "ours\n")],
            Blocks = [new(_host.At("hosts"), "undercloud hosts", "127.0.0.1 x\n")],
        },
    };

    [Theory]
    [InlineData("")]
    [InlineData("{\"files\": {\"/a\"")]
    [InlineData("null")]
    public async Task A_damaged_record_says_the_way_on_and_an_uninstall_after_it_removes_what_is_ours(string damage)
    {
        File.WriteAllText(_host.At("theirs"), "theirs\n");
        File.WriteAllText(_host.At("hosts"), "theirs\n");
        var files = new NodeFiles(_host.Layout, _host);
        Assert.False((await files.ApplyAsync(Manifest, check: false, TestContext.Current.CancellationToken)).Failed);
        File.WriteAllText(_host.At("data/rows"), "1\n");
        File.WriteAllText(_host.Layout.OwnedFile, damage);

        var failure = await Assert.ThrowsAsync<IOException>(() => files.ApplyAsync(Manifest, check: false, TestContext.Current.CancellationToken));
        Assert.Contains("`undercloud agent recover --check`", failure.Message);
        Assert.True(new OwnedRecovery(_host.Layout).Run(Manifest, check: true).Changed);
        Assert.Equal(damage, File.ReadAllText(_host.Layout.OwnedFile));
        Assert.True(new OwnedRecovery(_host.Layout).Run(Manifest, check: false).Changed);
        Assert.Equal(damage, File.ReadAllText(_host.Layout.DamagedOwnedFile));

        Assert.False((await files.ApplyAsync(Manifest, check: false, TestContext.Current.CancellationToken)).Changed);
        var removed = await files.PruneAsync(new() { Node = "n" }, purge: true, check: false, TestContext.Current.CancellationToken);
        Assert.False(removed.Failed, removed.Message);
        Assert.False(Directory.Exists(_host.At("conf")));
        Assert.Equal("theirs\n", File.ReadAllText(_host.At("theirs")));
        Assert.Equal("theirs\n", File.ReadAllText(_host.At("hosts")));
        Assert.True(File.Exists(_host.At("data/rows")));
    }

    [Fact]
    public void A_record_that_is_whole_is_left_as_it_is() => Assert.Contains("nothing to recover", new OwnedRecovery(_host.Layout).Run(Manifest, check: false).Message);

    [Fact]
    public void From_a_manifest_that_names_nothing_nothing_is_recovered()
    {
        Directory.CreateDirectory(_host.Layout.StateDirectory);
        File.WriteAllText(_host.Layout.OwnedFile, "{");
        Assert.Contains("The manifest is empty", new OwnedRecovery(_host.Layout).Run(new() { Node = "n" }, check: false).Message);
        Assert.Equal("{", File.ReadAllText(_host.Layout.OwnedFile));
    }
}
