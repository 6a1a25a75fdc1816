using Undercloud.Host.Containers;

namespace Undercloud.Tests.Containers;

public sealed class NamespaceServersTests : IDisposable
{
    private readonly FakeContainerHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void The_processes_of_a_container_in_other_network_namespaces_are_found()
    {
        _host.AddProcess("self", "other", "net:[1]");
        _host.AddProcess("12", "aa", "net:[1]");
        _host.AddProcess("13", "aa", "net:[2]");
        _host.AddProcess("14", "bb", "net:[2]");
        _host.AddProcess("9", "aa", "net:[3]");
        Directory.CreateDirectory(Path.Combine(_host.Paths.ProcessDirectory, "15"));
        Assert.Equal([9, 13], new NamespaceServers(_host.Paths).Of("aa"));
    }

    [Fact]
    public void A_process_leaves_the_control_groups_of_its_container_in_which_systemd_left_it()
    {
        var groups = _host.Paths.ControlGroupDirectory;
        foreach (var group in new[] { "cpu,cpuacct", "freezer", "systemd" })
            Directory.CreateDirectory(Path.Combine(groups, group));
        _host.AddProcess("13", "aa", "net:[2]");
        File.WriteAllText(
            Path.Combine(_host.Paths.ProcessDirectory, "13", "cgroup"),
            "9:name=systemd:/system.slice/ns.service\n8:freezer:/machine.slice/libpod-aa.scope/container\n7:cpu,cpuacct:/system.slice/ns.service\n0::/machine.slice/libpod-aa.scope\n");
        new NamespaceServers(_host.Paths).Leave("aa", [13, 99]);
        Assert.Equal([Path.Combine(groups, "freezer", "cgroup.procs")], Directory.EnumerateFiles(groups, "*", SearchOption.AllDirectories));
        Assert.Equal("13", File.ReadAllText(Path.Combine(groups, "freezer", "cgroup.procs")));
    }
}
