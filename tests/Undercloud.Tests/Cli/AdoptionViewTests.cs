using Undercloud.Cli.Commands.Lifecycle;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Adoption;

namespace Undercloud.Tests.Cli;

/// <summary>The report about an undercloud made of packages.</summary>
public sealed class AdoptionViewTests
{
    private static readonly AdoptedUndercloud s_adoption = new()
    {
        Services = [new(PackagedService.All.Single(service => service.Name == "keystone"), [new("keystone.service", "enabled", true)], ["keystone 2:22"])],
        Databases = [new("novadb", "nova", "/etc/nova/nova.conf [database] connection"), new("keystone", "keystone", "/etc/keystone/keystone.conf [database] connection")],
        Values = [new("NovaPassword", "do-not-show", "/etc/nova/nova.conf [keystone_authtoken] password", true), new("RpcUserName", "openstack", "/etc/nova/nova.conf [DEFAULT] transport_url", false)],
    };

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("csv")]
    public void Secrets_are_named_and_not_shown(string format)
    {
        var output = new StringWriter();
        AdoptionView.Columns.Write(output, AdoptionView.Parts(s_adoption), new(format, []), 80);
        Assert.Contains("NovaPassword", output.ToString());
        Assert.Contains("openstack", output.ToString());
        Assert.DoesNotContain("do-not-show", output.ToString());
    }

    [Fact]
    public void The_table_fits_a_terminal_and_says_what_becomes_of_everything()
    {
        var output = new StringWriter();
        AdoptionView.Columns.Write(output, AdoptionView.Parts(s_adoption), new("table", []), 80);
        Assert.All(output.ToString().Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Matches(@"database +novadb +database nova", output.ToString());
        Assert.Matches(@"database +keystone +kept", output.ToString());
        Assert.Matches(@"service +Keystone +containers", output.ToString());
    }
}
