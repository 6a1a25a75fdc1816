using System.Text;
using Undercloud.Deploy.Adoption;
using Undercloud.Host.Adoption;
using Undercloud.Host.Processes;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Adoption;

/// <summary>The inspection of a host, over programs that answer as Debian's do.</summary>
public sealed class HostInspectionTests
{
    private readonly FakeProcesses _processes = new();

    [Fact]
    public async Task Units_packages_files_and_databases_are_found()
    {
        _processes
            .Answer("systemctl list-units", "keystone.service loaded active running OpenStack Identity\nssh.service loaded active running OpenBSD Secure Shell server\nswift-object@1.service loaded active running Swift\n")
            .Answer("hostname --all-ip-addresses", "192.168.24.1 10.0.0.5 \n").Answer("hostname --fqdn", "uc.example.com\n").Answer("hostname", "uc\n")
            .Answer("systemctl list-unit-files", "keystone.service enabled enabled\nmariadb.socket disabled enabled\nmariadb@.service disabled enabled\nmysql.service alias -\nssh.service enabled enabled\n")
            .Answer("dpkg-query", "installed keystone 2:22.0.2-0\nconfig-files nova-api 2:26.0.0-6\ninstalled bash 5.2\n")
            .Answer("bash -c", $"/etc/keystone/keystone.conf\t{Encoded("[database]\nconnection = mysql://k:p@localhost/keys\n")}\n/etc/keystone/fernet-keys/0\t{Encoded("ä")}\n")
            .Do("mariadb", command => (0, command.Input == "SHOW DATABASES" ? "keys\nmysql\n" : command.Input!.Contains("endpoint") ? "Region\\tOne\\\\\n" : "", ""));
        var host = await new HostInspection(_processes, "/root").InspectAsync(TestContext.Current.CancellationToken);
        Assert.Equal([new("keystone.service", "enabled", true), new("mariadb.socket", "disabled", false), new("swift-object@1.service", "enabled", true)], host.Units);
        Assert.Equal(["192.168.24.1", "10.0.0.5", "uc", "uc.example.com"], host.Addresses);
        Assert.Equal(["keystone"], host.Packages.Keys);
        Assert.Equal("ä", host.Files["/etc/keystone/fernet-keys/0"]);
        Assert.Equal(["keys", "mysql"], host.Databases);
        Assert.Equal("Region\tOne\\", host.Answers[AdoptionQuery.Regions][0][0]);
        Assert.Contains(_processes.Ran, command => command.Input?.Contains("`keys`.endpoint") == true);
    }

    [Fact]
    public async Task A_host_without_such_units_is_asked_nothing_more()
    {
        _processes.Answer("systemctl list-unit-files", "ssh.service enabled enabled\ntripleo_keystone.service enabled enabled\n");
        Assert.False((await new HostInspection(_processes, "/root").InspectAsync(TestContext.Current.CancellationToken)).HasServices);
        Assert.All(_processes.Lines, line => Assert.StartsWith("systemctl ", line));
    }

    [Fact]
    public async Task A_database_server_that_refuses_leaves_the_rest()
    {
        _processes.Answer("systemctl list-unit-files", "keystone.service enabled enabled\n").Answer("mariadb", "Access denied", exit: 1);
        var host = await new HostInspection(_processes, "/root").InspectAsync(TestContext.Current.CancellationToken);
        Assert.True(host.HasServices);
        Assert.False(host.HasDatabase);
    }

    [Fact]
    public async Task A_host_that_cannot_be_asked_is_no_host_without_services()
    {
        _processes.Answer("systemctl", "Connection timed out", exit: 255);
        await Assert.ThrowsAsync<HostCommandException>(() => new HostInspection(_processes, "/root").InspectAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("nova-compute.service", "nova")]
    [InlineData("ironic-inspector.service", "ironic-inspector")]
    [InlineData("ironic-api.service", "ironic")]
    [InlineData("mariadb-extra.socket", "mariadb")]
    [InlineData("epmd.socket", "rabbitmq")]
    [InlineData("swift-object-replicator.service", "swift")]
    [InlineData("swift-object-replicator.timer", "swift")]
    [InlineData("tripleo_nova_api.service", null)]
    [InlineData("nova-thing.mount", null)]
    [InlineData("keystone", null)]
    public void A_unit_belongs_to_the_service_that_names_it(string unit, string? service) => Assert.Equal(service, PackagedService.OfUnit(unit)?.Name);

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
