using Undercloud.Cli.Commands.Lifecycle;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;

namespace Undercloud.Tests.Cli;

public sealed class PlanTextTests
{
    [Fact]
    public void A_user_of_a_domain_is_in_that_domain_and_in_no_project()
    {
        var cloud = new CloudManifest
        {
            Users =
            [
                new("heat", "pw", "service", ["admin", "service"]),
                new("heat_stack_domain_admin", "pw", "service", ["admin"]) { Domain = "heat_stack" },
            ],
        };
        var manifest = new NodeManifest { Node = "n", Cloud = new Dictionary<int, CloudManifest> { [3] = cloud } };
        var text = PlanText.Write(new() { Stack = "undercloud", Release = "zed", Nodes = [new() { Role = "Undercloud", Manifest = manifest }] });
        Assert.Contains("    user heat in the project service: admin, service\n", text);
        Assert.Contains("    user heat_stack_domain_admin in the domain heat_stack: admin\n", text);
    }
}
