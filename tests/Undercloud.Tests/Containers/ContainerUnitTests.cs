using Undercloud.Deploy.Containers;

namespace Undercloud.Tests.Containers;

public sealed class ContainerUnitTests
{
    [Fact]
    public void A_unit_holds_nothing_of_the_configuration()
    {
        var spec = Specs.Read("""{"image": "secret-image", "restart": "unless-stopped", "environment": {"A": "secret-value"}, "command": "secret-command"}""");
        var text = ContainerUnit.Text(spec, Specs.Placement);
        Assert.DoesNotContain("secret", text);
        Assert.Contains("\nRestart=always\n", text);
        Assert.Contains("\nPIDFile=/run/tripleo_keystone.pid\n", text);
        Assert.Contains("\nExecStart=/usr/bin/podman start keystone\n", text);
    }

    [Fact]
    public void A_unit_waits_until_what_it_depends_on_is_healthy()
    {
        var text = ContainerUnit.Text(Specs.Read("""{"image": "i", "restart": "always", "depends_on": ["rabbitmq", "openvswitch-switch.service"]}"""), Specs.Placement);
        Assert.Contains("\nAfter=network-online.target undercloud-network.service openvswitch-switch.service tripleo_rabbitmq.service\n", text);
        Assert.Contains("/bin/sh -c \"$$check\" && exit", text);

        // One of all that wait for a container checks it.
        Assert.Contains("\nExecStartPre=-/usr/bin/timeout 60 /usr/bin/flock /run/tripleo_rabbitmq.wait /bin/sh -c ", text);

        // What podman runs itself counts, and many failures in a row would get the other one restarted.
        Assert.DoesNotContain("healthcheck run", text);
        Assert.Equal(3, text.Split("ExecStartPre=").Length - 1);
    }

    [Fact]
    public void A_unit_says_whose_it_is() =>
        Assert.Equal(("tripleo_step3", "tripleo-Undercloud"), ContainerUnit.OwnerOf(ContainerUnit.Text(Specs.Service(), Specs.Placement)));

    [Fact]
    public void Somebody_else_s_unit_has_no_owner() => Assert.Null(ContainerUnit.OwnerOf("[Unit]\nDescription=ConfigId=x\n"));

    [Theory]
    [InlineData("tripleo_keystone_db_sync.service", "keystone_db_sync")]
    [InlineData("tripleo_.service", null)]
    [InlineData("sshd.service", null)]
    public void A_unit_s_name_names_its_container(string unit, string? container) => Assert.Equal(container, ContainerUnit.ContainerOf(unit));
}
