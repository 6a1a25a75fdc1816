using Undercloud.Deploy.Manifests;
using Undercloud.Host.Agent.Files;

namespace Undercloud.Tests.Node;

public sealed class NodeUnitsTests : IDisposable
{
    private readonly FakeHost _host = new(systemd: true);
    private string _state = "LoadState=not-found\nUnitFileState=\nNeedDaemonReload=no\n";

    public NodeUnitsTests() => _host.Answers["systemctl show"] = () => _state;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task New_unit_is_read_then_enabled_then_disabled_before_its_file_goes()
    {
        await ApplyAsync(Manifest("a.service"));
        Assert.Equal(["systemctl daemon-reload", "systemctl enable a.service"], _host.Calls.Skip(1));
        _state = "LoadState=loaded\nUnitFileState=enabled\nNeedDaemonReload=no\n";
        _host.Calls.Clear();
        await new NodeFiles(_host.Layout, _host).PruneAsync(new() { Node = "n" }, purge: false, check: false, CancellationToken.None);
        Assert.Equal(["systemctl disable --now a.service", "systemctl daemon-reload"], _host.Calls.Skip(1));
        Assert.False(File.Exists(_host.At("units/a.service")));
    }

    [Fact]
    public async Task Reload_that_a_kill_left_out_is_made_up_for()
    {
        await ApplyAsync(Manifest("a.service"));
        _state = "LoadState=loaded\nUnitFileState=enabled\nNeedDaemonReload=yes\n";
        _host.Calls.Clear();
        Assert.False((await ApplyAsync(Manifest("a.service"))).Changed);
        Assert.Equal("systemctl daemon-reload", _host.Calls[^1]);
    }

    [Fact]
    public async Task Unit_that_is_not_there_is_refused_before_anything_is_written()
    {
        var manifest = new NodeManifest { Node = "n", Files = new() { EnabledUnits = ["chrony.service"], Directories = [new(_host.At("d"), 0, 0, "0755")] } };
        var result = await ApplyAsync(manifest);
        Assert.Contains("There is no unit chrony.service", result.Message);
        Assert.False(Path.Exists(_host.At("d")));
    }

    private NodeManifest Manifest(string unit) => new()
    {
        Node = "n",
        Files = new() { Files = [new(_host.At($"units/{unit}"), _host.Uid, _host.Gid, "0644", "[Unit]\n")], EnabledUnits = [unit] },
    };

    private Task<NodeResult> ApplyAsync(NodeManifest manifest) =>
        new NodeFiles(_host.Layout, _host).ApplyAsync(manifest, check: false, CancellationToken.None);
}
