using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Diffs;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Tests.Containers;

namespace Undercloud.Tests.Deploy;

public sealed class PlanDiffTests
{
    [Fact]
    public void Equal_plans_have_no_difference() => Assert.Empty(PlanDiff.Of(Plan(), Plan()));

    [Fact]
    public void Against_no_plan_everything_is_created()
    {
        var changes = PlanDiff.Of(null, Plan());
        Assert.All(changes, change => Assert.Equal(PlanAction.Create, change.Action));
        Assert.Contains(changes, change => (change.Node, change.Kind, change.Name) == ("n", "container", "keystone"));
        Assert.Contains(changes, change => (change.Node, change.Kind, change.Name) == ("", "image", "k:1"));
    }

    [Fact]
    public void What_is_changed_new_and_gone_is_named_by_kind_and_name()
    {
        var wanted = Plan();
        wanted = wanted with
        {
            Nodes =
            [
                wanted.Nodes[0] with
                {
                    Packages = ["nftables"],
                    Manifest = wanted.Nodes[0].Manifest with
                    {
                        Files = new()
                        {
                            Files = [new("/etc/a", 0, 0, "0644", "other"), new("/etc/new", 0, 0, "0644", "")],
                            Blocks = [new("/etc/hosts", "undercloud hosts", "192.0.2.1 b\n")],
                            EnabledUnits = ["a.timer"],
                        },
                        Cloud = new Dictionary<int, CloudManifest> { [3] = new() { Users = [new("nova", "other secret", "service", ["admin"])] } },
                    },
                },
            ],
        };
        Assert.Equal(
            [
                ("block", "/etc/hosts undercloud hosts", PlanAction.Update), ("file", "/etc/a", PlanAction.Update), ("file", "/etc/gone", PlanAction.Remove), ("file", "/etc/new", PlanAction.Create),
                ("package", "chrony", PlanAction.Remove), ("package", "nftables", PlanAction.Create), ("user", "nova", PlanAction.Update),
            ],
            PlanDiff.Of(Plan(), wanted).Select(change => (change.Kind, change.Name, change.Action)));
    }

    [Theory]
    [InlineData("""{"image": "k:1", "restart": "always", "user": "root"}""", PlanAction.Replace, "specification differs")]
    [InlineData("""{"image": "k:1", "restart": "always", "image_id": "d1b13fc5b333988d91f4133f8d85908d229e6545c79e58bf4a1adcf6822cbb7b"}""", PlanAction.Replace, "image differs")]
    [InlineData("""{"image": "k:1", "restart": "always", "config_hash": "1"}""", PlanAction.Replace, "configuration differs")]
    [InlineData("""{"image": "k:1", "restart": "always", "depends_on": ["mysql"]}""", PlanAction.Update, "its unit differs")]
    public void A_container_is_replaced_only_where_it_has_to_be(string spec, PlanAction action, string reason)
    {
        var change = Assert.Single(PlanDiff.Of(Plan(), Plan(Specs.Read(spec))));
        Assert.Equal(("container", "keystone", action, reason), (change.Kind, change.Name, change.Action, change.Reason));
    }

    [Fact]
    public void A_start_up_configuration_is_no_difference_of_its_own() =>
        Assert.Empty(PlanDiff.Of(Plan(), With(new FileEntry(StartupPlaces.FileOf(3), 0, 0, "0600", "{}"))));

    [Fact]
    public void Another_release_and_another_image_are_differences_of_the_plan_itself() =>
        Assert.Equal(
            [("release", "OpenStack"), ("image", "k:1")],
            PlanDiff.Of(Plan(), Plan() with { Release = "epoxy", Images = new Dictionary<string, string> { ["k:1"] = "2" } }).Select(change => (change.Kind, change.Name)));

    private static DeploymentPlan With(FileEntry file)
    {
        var plan = Plan();
        var node = plan.Nodes[0];
        return plan with { Nodes = [node with { Manifest = node.Manifest with { Files = node.Manifest.Files with { Files = [.. node.Manifest.Files.Files, file] } } }] };
    }

    private static DeploymentPlan Plan(ContainerSpec? keystone = null) => new()
    {
        Stack = "undercloud",
        Release = "zed",
        Images = new Dictionary<string, string> { ["k:1"] = "1" },
        Nodes =
        [
            new NodePlan
            {
                Role = "Undercloud",
                Services = ["keystone"],
                Packages = ["chrony"],
                Manifest = new NodeManifest
                {
                    Node = "n",
                    Files = new()
                    {
                        Files = [new("/etc/a", 0, 0, "0644", "text"), new("/etc/gone", 0, 0, "0644", "")],
                        Blocks = [new("/etc/hosts", "undercloud hosts", "192.0.2.1 a\n")],
                        EnabledUnits = ["a.timer"],
                    },
                    Cloud = new Dictionary<int, CloudManifest> { [3] = new() { Users = [new("nova", "secret", "service", ["admin"])] } },
                },
                Containers = new SortedDictionary<int, ImmutableArray<ContainerSpec>> { [3] = [keystone ?? Specs.Service(), Specs.OneShot()] },
            },
        ],
    };
}
