using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;

namespace Undercloud.Tests.Deploy;

public sealed class DatabaseUsersTests
{
    [Theory]
    [InlineData("placement", "placement_api")]
    [InlineData("nova_api", "nova_api nova_conductor")]

    // The cells' URLs are in the database; the jobs say which databases belong together.
    [InlineData("nova_cell0", "nova_api nova_conductor")]
    [InlineData("glance", "")]
    public void A_service_uses_the_databases_of_which_its_configuration_has_a_URL(string database, string users) =>
        Assert.Equal(users, string.Join(' ', DatabaseUsers.Of(Plan(), Plan().Nodes[0], [database])));

    private static DeploymentPlan Plan() => new()
    {
        Stack = "undercloud",
        Release = "zed",
        Nodes =
        [
            new()
            {
                Role = "Undercloud",
                Manifest = new()
                {
                    Node = "undercloud",
                    Files = new()
                    {
                        Files =
                        [
                            new("/c/placement/placement.conf", 0, 0, "0640", "[placement_database]\nconnection = mysql+pymysql://placement:p@192.168.24.1/placement?read_default_group=x\n"),
                            new("/c/nova/nova.conf", 0, 0, "0640", "[api_database]\nconnection = mysql+pymysql://nova:p@192.168.24.1/nova_api\n[database]\nconnection = mysql+pymysql://nova:p@[fd00::1]/nova\n"),
                            new("/c/compute/nova.conf", 0, 0, "0640", "transport_url = rabbit://nova:p@192.168.24.1:5672/\nurl = http://192.168.24.1/placement\n"),
                        ],
                    },
                },
                Containers = new SortedDictionary<int, ImmutableArray<ContainerSpec>>
                {
                    [3] =
                    [
                        new() { Name = "nova_db_sync", Kind = ContainerKind.OneShot, Job = ContainerJob.Migrate, Databases = ["nova", "nova_cell0"], Volumes = ["/c/nova:/etc/nova:ro"] },
                    ],
                    [4] =
                    [
                        new() { Name = "nova_api", Volumes = ["/c/nova/nova.conf:/etc/nova/nova.conf:ro"] },
                        new() { Name = "nova_conductor", Volumes = ["/c/nova:/etc/nova:ro"] },
                        new() { Name = "nova_compute", Volumes = ["/c/compute:/etc/nova:ro"] },
                        new() { Name = "placement_api", Volumes = ["/c/placement:/etc/placement:ro"] },
                    ],
                },
            },
        ],
    };
}
