using Undercloud.Deploy.Containers;
using Undercloud.Host.Containers;

namespace Undercloud.Tests.Containers;

public sealed class ContainerApplierTests
{
    private const string Checked = """{"image": "k:1", "restart": "always", "healthcheck": {"test": "ask me"}}""";

    [Theory]
    [InlineData("running", "starting", true)]
    [InlineData("running", "unhealthy", true)]
    [InlineData("running", null, true)]
    [InlineData("running", "healthy", false)]
    [InlineData("exited", null, false)]
    public void A_service_that_a_killed_apply_has_started_is_waited_for_though_nothing_is_left_to_do(string state, string? health, bool waits)
    {
        var spec = Specs.Read(Checked);
        var host = new HostContainers([Specs.Applied(spec, state) with { Health = health }], []);
        Assert.Equal(waits ? ["keystone"] : [], ContainerApplier.Starting([spec], host).Select(one => one.Name));
    }

    [Fact]
    public void What_has_no_health_check_is_not_waited_for()
    {
        var spec = Specs.Service();
        Assert.Empty(ContainerApplier.Starting([spec, Specs.OneShot()], new([Specs.Applied(spec), Specs.Applied(Specs.OneShot())], [])));
    }
}
