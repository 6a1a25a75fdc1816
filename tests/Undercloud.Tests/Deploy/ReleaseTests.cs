using Undercloud.Config;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Values;
using Undercloud.Host.Images;

namespace Undercloud.Tests.Deploy;

/// <summary>The same templates for each release: what differs in what they come to.</summary>
public sealed class ReleaseTests
{
    public static TheoryData<string> Releases() => [.. OpenStackRelease.All.Select(release => release.Name)];

    [Theory]
    [MemberData(nameof(Releases))]
    public void Every_release_has_a_plan_without_findings_and_its_own_images(string release)
    {
        var planned = Plan(release);
        Assert.Empty(planned.Findings());
        Assert.Equal(release, planned.Plan!.Release);
        Assert.All(Containers(planned), container => Assert.EndsWith($":{release}", ((StringValue)((MapValue)container.Value)["image"]!).Text));
    }

    [Fact]
    public void Releases_have_the_same_containers_but_for_Neutrons_periodic_work() => Assert.Equal(
        ["neutron_periodic_workers"],
        Containers(Plan("epoxy")).Select(container => container.Key).Except(Containers(Plan("zed")).Select(container => container.Key)));

    [Fact]
    public void The_database_of_epoxy_reads_and_compares_as_the_one_of_zed()
    {
        Assert.Contains("innodb-snapshot-isolation = OFF", Plan("epoxy").Section("99-undercloud.cnf", "mysqld"));
        Assert.DoesNotContain(Plan("zed").Section("99-undercloud.cnf", "mysqld"), line => line.StartsWith("innodb-snapshot-isolation", StringComparison.Ordinal));
    }

    [Fact]
    public void Services_act_on_every_projects_nodes_in_both()
    {
        foreach (var volume in new[] { "ironic", "ironic_api" })
        {
            Assert.Contains("rbac_service_role_elevated_access = true\n", Conf("epoxy"));
            Assert.DoesNotContain("rbac_service", Conf("zed"));

            string Conf(string release) => Plan(release).Plan!.Nodes[0].Manifest.Files.Files.Single(file => file.Path == $"/var/lib/config-data/{volume}/etc/ironic/ironic.conf").Content;
        }
    }

    private static PlanningResult Plan(string release) => StackPlanner.Plan(CollectionPlan.Inputs() with
    {
        Release = release,
        ImageParameters = ImageDefinitions.Load(Path.Combine(Repository.Root, "images"), new()).ImageParameters(release),
    });

    private static IEnumerable<KeyValuePair<string, Value>> Containers(PlanningResult planned) =>
        planned.Plan!.Nodes[0].AllContainers.Select(spec => KeyValuePair.Create(spec.Name, (Value)ContainerSpecWriter.Write(spec)));
}
