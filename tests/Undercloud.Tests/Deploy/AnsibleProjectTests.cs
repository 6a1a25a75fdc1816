using Undercloud.Deploy.Ansible;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Tests.Deploy;

public sealed class AnsibleProjectTests
{
    private static readonly AnsibleProjectOptions s_options = new("/opt/undercloud/undercloud", "/opt/undercloud/ansible");

    [Fact]
    public void The_manifest_is_private_and_the_playbook_is_not()
    {
        var files = AnsibleProject.Write(Plan(), s_options);
        Assert.True(files.Single(f => f.Path == "manifests/undercloud/manifest.json").Private);
        Assert.False(files.Single(f => f.Path == AnsibleProject.Playbook).Private);
    }

    [Fact]
    public void Every_step_is_applied_even_one_without_containers()
    {
        var playbook = Playbook(Plan());
        foreach (var step in Planner.Steps)
            Assert.Contains($"tripleo_step{step}", playbook);
    }

    [Fact]
    public void Tasks_of_a_step_are_imported_in_that_step_only()
    {
        var task = CanonicalJson.Read("""[{"name": "t", "ansible.builtin.command": "true"}]""");
        var plan = Plan() with { Nodes = [Plan().Nodes[0] with { DeployStepsTasks = new Dictionary<int, Value> { [2] = task } }] };
        var files = AnsibleProject.Write(plan, s_options);
        Assert.Contains(files, f => f.Path == "Undercloud/deploy_steps_tasks_step2.yaml");
        Assert.DoesNotContain(files, f => f.Path == "Undercloud/deploy_steps_tasks_step3.yaml");
    }

    [Fact]
    public void An_update_has_a_playbook_of_its_own_where_a_service_has_tasks_for_it()
    {
        Assert.DoesNotContain(AnsibleProject.Write(Plan(), s_options), f => f.Path == AnsibleProject.UpdatePlaybook);
        Assert.Equal(AnsibleProject.Playbook, AnsibleProject.PlaybookOf(Plan(), isUpdate: true));
        var (before, after) = (CanonicalJson.Read("""[{"name": "before", "ansible.builtin.command": "true"}]"""), CanonicalJson.Read("""[{"name": "after", "ansible.builtin.command": "true"}]"""));
        var node = Plan().Nodes[0] with { UpdateTasks = new Dictionary<int, Value> { [2] = before } };
        var other = Plan().Nodes[0] with { Manifest = new NodeManifest { Node = "other" }, PostUpdateTasks = new Dictionary<int, Value> { [1] = after } };
        var plan = Plan() with { Nodes = [node, other] };
        Assert.Equal(AnsibleProject.UpdatePlaybook, AnsibleProject.PlaybookOf(plan, isUpdate: true));
        Assert.Equal(AnsibleProject.Playbook, AnsibleProject.PlaybookOf(plan, isUpdate: false));
        var files = AnsibleProject.Write(plan, s_options).ToDictionary(f => f.Path, f => f.Content);
        Assert.Contains("name: before", files["Undercloud/update_tasks_step2.yaml"]);
        Assert.Contains("name: after", files["Undercloud/post_update_tasks_step1.yaml"]);
        Assert.DoesNotContain("update_tasks", files[AnsibleProject.Playbook]);
        var playbook = files[AnsibleProject.UpdatePlaybook];
        Assert.True(playbook.IndexOf("update_tasks_step2.yaml", StringComparison.Ordinal) is > 0 and var task && task < playbook.IndexOf("tripleo_step2", StringComparison.Ordinal) && task > playbook.IndexOf("tripleo_step1", StringComparison.Ordinal));
        Assert.True(playbook.IndexOf("post_update_tasks_step1.yaml", StringComparison.Ordinal) > playbook.IndexOf("Clean up", StringComparison.Ordinal));
        Assert.DoesNotContain("After the update, step 2", playbook);
        Assert.Contains("inventory_hostname in ['undercloud']", playbook);
    }

    [Fact]
    public void A_phase_can_be_played_alone_by_the_tag_of_its_step()
    {
        var plays = (ListValue)YamlReader.Read(Playbook(Plan()), AnsibleProject.Playbook, new())!.ToValue();
        Assert.Equal(Enumerable.Range(0, 7).Select(AnsibleProject.StepTag), plays.Items.Select(play => ((StringValue)((ListValue)((MapValue)play)["tags"]!).Items[0]).Text));
    }

    [Fact]
    public void The_empty_plan_removes_containers_before_what_they_stand_on()
    {
        var playbook = Playbook(Planner.Empty("undercloud", "zed", "undercloud", "Undercloud"));
        Assert.True(playbook.IndexOf("Remove the containers", StringComparison.Ordinal) < playbook.IndexOf("Remove files", StringComparison.Ordinal));
        Assert.DoesNotContain("purge", playbook);
        Assert.Contains("purge", AnsibleProject.Write(Planner.Empty("u", "zed", "u", "U"), s_options with { Purge = true }).Single(f => f.Path == AnsibleProject.Playbook).Content);
    }

    [Fact]
    public void The_release_is_recorded_before_anything_is_made_and_not_by_what_removes()
    {
        var playbook = Playbook(Plan() with { Release = "epoxy" });
        Assert.True(playbook.IndexOf(AnsibleProject.ReleaseFile, StringComparison.Ordinal) < playbook.IndexOf("Make directories", StringComparison.Ordinal));
        Assert.Matches("content: .*\\s*epoxy\\s", playbook);
        Assert.DoesNotContain(AnsibleProject.ReleaseFile, Playbook(Planner.Empty("undercloud", "epoxy", "undercloud", "Undercloud")));
    }

    [Fact]
    public void The_same_plan_gives_the_same_bytes() => Assert.Equal(AnsibleProject.Write(Plan(), s_options), AnsibleProject.Write(Plan(), s_options));

    private static string Playbook(DeploymentPlan plan) => AnsibleProject.Write(plan, s_options).Single(f => f.Path == AnsibleProject.Playbook).Content;

    private static DeploymentPlan Plan() => new()
    {
        Stack = "undercloud",
        Release = "zed",
        Nodes = [new NodePlan { Role = "Undercloud", Services = ["keystone"], Manifest = new NodeManifest { Node = "undercloud" } }],
    };
}
