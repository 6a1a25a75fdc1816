using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Deploy.Sequence;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Deploy;

public sealed class NodeSequenceTests
{
    [Fact]
    public void Every_action_is_Ansibles_or_has_a_command()
    {
        NodeAction[] ofAnsible =
        [
            NodeAction.Stage, NodeAction.RecordRelease, NodeAction.InstallPackages, NodeAction.HostPrepTasks, NodeAction.ExternalDeployTasks, NodeAction.DeployStepsTasks,
            NodeAction.UpdateTasks, NodeAction.PostUpdateTasks,
        ];
        foreach (var action in Enum.GetValues<NodeAction>())
            Assert.Equal(ofAnsible.Contains(action), NodeSequence.CommandOf(new(action, "", 1), Node(), purge: false) is null);
    }

    [Fact]
    public void Phases_are_the_preparation_five_steps_and_the_cleaning_up() =>
        Assert.Equal(["Host preparation", "Step 1", "Step 2", "Step 3", "Step 4", "Step 5", "Clean up"], NodeSequence.Of(Node()).Select(phase => phase.Name));

    [Fact]
    public void Each_action_that_has_a_way_back_is_undone_in_the_reverse_order()
    {
        var actions = NodeSequence.Of(Node()).SelectMany(phase => phase.Tasks).Select(task => task.Action).ToList();
        Assert.Equal(
            [NodeAction.PruneFirewall, NodeAction.PruneNetwork, NodeAction.PruneFiles],
            actions.Where(action => action is NodeAction.PruneFiles or NodeAction.PruneNetwork or NodeAction.PruneFirewall));
        Assert.True(actions.IndexOf(NodeAction.ApplyFiles) < actions.IndexOf(NodeAction.ApplyNetwork));
        Assert.True(actions.IndexOf(NodeAction.ApplyNetwork) < actions.IndexOf(NodeAction.ApplyFirewall));
    }

    [Fact]
    public void Tasks_of_a_step_come_before_its_containers_and_objects_in_the_cloud_after_them()
    {
        var task = CanonicalJson.Read("""[{"name": "t"}]""");
        var step = NodeSequence.Of(Node() with
        {
            ExternalDeployTasks = new Dictionary<int, Value> { [3] = task },
            DeployStepsTasks = new Dictionary<int, Value> { [3] = task },
            Manifest = Node().Manifest with { Cloud = new Dictionary<int, CloudManifest> { [3] = new() } },
        }).Single(phase => phase.Step == 3);
        Assert.Equal([NodeAction.ExternalDeployTasks, NodeAction.DeployStepsTasks, NodeAction.ApplyContainers, NodeAction.ApplyCloud], step.Tasks.Select(one => one.Action));
    }

    [Fact]
    public void Tasks_for_an_update_come_first_in_their_step_and_only_in_an_update()
    {
        var task = CanonicalJson.Read("""[{"name": "t"}]""");
        var node = Node() with
        {
            UpdateTasks = new Dictionary<int, Value> { [0] = task, [2] = task },
            PostUpdateTasks = new Dictionary<int, Value> { [1] = task },
        };
        Assert.DoesNotContain(NodeSequence.Of(node).SelectMany(phase => phase.Tasks), one => one.Action is NodeAction.UpdateTasks or NodeAction.PostUpdateTasks);
        var phases = NodeSequence.Of(node, isUpdate: true);
        Assert.Equal([NodeAction.Stage, NodeAction.RecordRelease, NodeAction.UpdateTasks, NodeAction.ApplyFiles], phases[0].Tasks.Take(4).Select(one => one.Action));
        Assert.Equal([NodeAction.UpdateTasks, NodeAction.ApplyContainers], phases[2].Tasks.Select(one => one.Action));
        Assert.Equal([0, 1, 0, 0], phases[^4..].Select(phase => phase.Tasks.Length));
        Assert.Equal("After the update, step 1", phases[^3].Name);
    }

    [Fact]
    public void A_node_without_services_is_emptied_in_one_phase() =>
        Assert.Equal(
            [NodeAction.Stage, NodeAction.DeleteContainers, NodeAction.PruneFirewall, NodeAction.PruneNetwork, NodeAction.PruneFiles],
            Assert.Single(NodeSequence.Of(Node() with { Services = [] })).Tasks.Select(task => task.Action));

    private static NodePlan Node() => new()
    {
        Role = "Undercloud",
        Services = ["keystone"],
        Manifest = new NodeManifest { Node = "undercloud", Firewall = new FirewallEntry("/etc/undercloud/firewall.nft") },
    };
}
