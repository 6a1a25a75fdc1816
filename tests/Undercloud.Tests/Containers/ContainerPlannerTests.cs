using Undercloud.Deploy.Containers;

namespace Undercloud.Tests.Containers;

public sealed class ContainerPlannerTests
{
    private static readonly Dictionary<string, RunRecord> s_none = [];

    [Fact]
    public void Everything_wanted_is_made_on_an_empty_host_in_start_order_execs_last() =>
        Assert.Equal(
            ["run sync: new", "create keystone: new", "exec bootstrap: keystone is new"],
            Plan([Specs.Exec(), Specs.Service() with { StartOrder = 0 }, Specs.OneShot() with { StartOrder = -1 }], [], []));

    [Fact]
    public void What_is_as_it_should_be_is_left_alone()
    {
        var (service, once, exec) = (Specs.Service(), Specs.OneShot(), Specs.Exec());
        Assert.Empty(Plan(
            [service, once, exec], [Specs.Applied(service), Specs.Applied(once, "exited")], [Specs.Unit(service)], Succeeded(exec, "id-of-keystone")));
    }

    [Theory]
    [InlineData("image", "replace keystone: image differs")]
    [InlineData("config", "replace keystone: configuration differs")]
    [InlineData("environment", "replace keystone: specification differs")]
    public void A_service_is_replaced_for_what_differs(string what, string expected)
    {
        var old = Specs.Service();
        var wanted = what switch
        {
            "image" => old with { ImageId = Specs.OtherImageId },
            "config" => old with { ConfigHash = "new" },
            _ => old with { Environment = old.Environment.Add("A", "b") },
        };
        Assert.Equal([expected], Plan([wanted], [Specs.Applied(old)], [Specs.Unit(old)]));
    }

    [Theory]
    [InlineData("exited", "inactive", "start keystone: was not running")]
    [InlineData("created", "inactive", "start keystone: was not running")]
    [InlineData("running", "inactive", "start keystone: was not run by its unit")]
    [InlineData("paused", "active", "start keystone: was paused")]
    [InlineData("exited", "activating", "start keystone: was not running")]
    [InlineData("stopping", "failed", "replace keystone: was half stopped")]
    [InlineData("removing", "inactive", "replace keystone: was half removed")]
    public void A_service_that_does_not_run_is_started(string state, string unit, string expected) =>
        Assert.Equal([expected], Plan([Specs.Service()], [Specs.Applied(Specs.Service(), state)], [Specs.Unit(Specs.Service(), unit)]));

    [Fact]
    public void A_service_that_is_not_to_be_restarted_and_ended_well_is_left_alone()
    {
        var service = Specs.Read("""{"image": "k:1"}""");
        Assert.Empty(Plan([service], [Specs.Applied(service, "exited")], [Specs.Unit(service, "inactive")]));
        Assert.Single(Plan([service], [Specs.Applied(service, "exited", exitCode: 1)], [Specs.Unit(service, "failed")]));
    }

    [Fact]
    public void Another_restart_policy_changes_the_unit_and_not_the_container()
    {
        var old = Specs.Service();
        Assert.Equal(
            ["update keystone: unit differs"],
            Plan([old with { Restart = RestartPolicy.OnFailure }], [Specs.Applied(old)], [Specs.Unit(old)]));
    }

    [Fact]
    public void A_unit_that_the_manager_has_not_read_is_an_action() => Assert.Equal(
        ["update keystone: unit was not reloaded"],
        Plan([Specs.Service()], [Specs.Applied(Specs.Service())], [Specs.Unit(Specs.Service()) with { NeedsReload = true }]));

    [Theory]
    [InlineData("exited", 0, null)]
    [InlineData("exited", 1, "run sync: last ended with exit code 1")]
    [InlineData("created", 0, "run sync: was not run")]
    [InlineData("running", 0, "run sync: still runs")]
    public void A_one_shot_runs_until_it_has_succeeded(string state, int exitCode, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], Plan([Specs.OneShot()], [Specs.Applied(Specs.OneShot(), state, exitCode)], []));

    [Fact]
    public void A_one_shot_runs_again_when_it_is_another_one() =>
        Assert.Equal(
            ["run sync: image differs"],
            Plan([Specs.OneShot() with { ImageId = Specs.OtherImageId }], [Specs.Applied(Specs.OneShot(), "exited")], []));

    [Fact]
    public void Another_exit_code_can_be_success() =>
        Assert.Empty(Plan([Specs.OneShot() with { ExitCodes = [0, 2] }], [Specs.Applied(Specs.OneShot(), "exited", 2)], []));

    [Fact]
    public void A_one_shot_that_leaves_no_container_is_remembered()
    {
        var once = Specs.OneShot() with { Remove = true };
        Assert.Equal(["run sync: has not succeeded like this yet"], Plan([once], [], []));
        Assert.Empty(Plan([once], [], [], Succeeded(once, "")));
        Assert.Single(Plan([once with { User = "x" }], [], [], Succeeded(once, "")));
    }

    [Fact]
    public void An_exec_runs_again_when_its_target_or_it_itself_is_another()
    {
        var (service, exec) = (Specs.Service(), Specs.Exec());
        var changed = service with { User = "x" };
        Assert.Equal(
            ["replace keystone: specification differs", "exec bootstrap: keystone is replaced"],
            Plan([changed, exec], [Specs.Applied(service)], [Specs.Unit(service)], Succeeded(exec, "id-of-keystone")));
        Assert.Equal(
            ["exec bootstrap: specification differs"],
            Plan([service, exec with { User = "x" }], [Specs.Applied(service)], [Specs.Unit(service)], Succeeded(exec, "id-of-keystone")));
        Assert.Equal(
            ["exec bootstrap: keystone was replaced"],
            Plan([service, exec], [Specs.Applied(service)], [Specs.Unit(service)], Succeeded(exec, "an-earlier-id")));
    }

    [Fact]
    public void An_exec_runs_in_a_container_of_an_earlier_step()
    {
        var earlier = Specs.Applied(Specs.Service());
        var labels = earlier.Labels.SetItem("config_id", "tripleo_step1");
        Assert.Equal(["exec bootstrap: has not succeeded yet"], Plan([Specs.Exec()], [earlier with { Labels = labels }], []));
    }

    [Theory]
    [InlineData(null, "CTR021")]
    [InlineData("somebody", "CTR022")]
    public void An_exec_does_not_run_in_what_is_not_there_or_not_ours(string? managedBy, string code)
    {
        var target = Specs.Applied(Specs.Service());
        ContainerFact[] here = managedBy is null ? [] : [target with { Labels = target.Labels.SetItem("managed_by", managedBy) }];
        var plan = ContainerPlanner.Plan([Specs.Exec()], Specs.Placement, new([.. here], []), s_none);
        Assert.Equal(code, Assert.Single(plan.Problems).Code);
    }

    [Fact]
    public void What_is_not_wanted_any_more_goes_first_and_only_what_is_ours()
    {
        var (old, other, stranger) = (Specs.Applied(Specs.Service("old")), Specs.Applied(Specs.Service("other_step")), Specs.Applied(Specs.Service("stranger")));
        Assert.Equal(
            ["remove old: not wanted any more", "create keystone: new"],
            Plan(
                [Specs.Service()],
                [
                    old,
                    other with { Labels = other.Labels.SetItem("config_id", "tripleo_step1") },
                    stranger with { Labels = stranger.Labels.SetItem("managed_by", "somebody") },
                    stranger with { Name = "unlabelled", Labels = stranger.Labels.Clear() },
                ],
                [Specs.Unit(Specs.Service("old"))]));
    }

    [Fact]
    public void A_unit_left_without_its_container_goes()
    {
        var left = Specs.Unit(Specs.Service("left"), "inactive");
        Assert.Equal(["remove left: unit without a container"], Plan([], [], [left, left with { Container = "theirs", Text = "[Unit]\n" }]));
    }

    [Fact]
    public void A_stranger_of_a_wanted_name_is_an_error_that_says_so()
    {
        var stranger = Specs.Applied(Specs.Service()) with { Labels = Specs.Applied(Specs.Service()).Labels.Clear() };
        var problem = Assert.Single(ContainerPlanner.Plan([Specs.Service()], Specs.Placement, new([stranger], []), s_none).Problems);
        Assert.Equal("A container named 'keystone' is here already and is not managed by tripleo-Undercloud.", problem.Message);
    }

    [Fact]
    public void A_stranger_s_unit_of_a_wanted_name_is_an_error()
    {
        var unit = Specs.Unit(Specs.Service()) with { Text = "[Service]\nExecStart=/bin/true\n" };
        var plan = ContainerPlanner.Plan([Specs.Service(), Specs.Exec()], Specs.Placement, new([], [unit]), s_none);
        Assert.Equal("CTR023", Assert.Single(plan.Problems).Code);
    }

    [Fact]
    public void A_container_that_moves_to_another_step_is_replaced()
    {
        var elsewhere = Specs.Applied(Specs.Service());
        Assert.Equal(
            ["replace keystone: moves here from tripleo_step4"],
            Plan([Specs.Service()], [elsewhere with { Labels = elsewhere.Labels.SetItem("config_id", "tripleo_step4") }], [Specs.Unit(Specs.Service())]));
    }

    private static string[] Plan(ContainerSpec[] wanted, ContainerFact[] containers, UnitFact[] units, Dictionary<string, RunRecord>? records = null)
    {
        var plan = ContainerPlanner.Plan([.. wanted], Specs.Placement, new([.. containers], [.. units]), records ?? s_none);
        Assert.Empty(plan.Problems);
        return [.. plan.Actions.Select(action => action.ToChange()).Select(change => $"{change.Action} {change.Name}: {change.Reason}")];
    }

    private static Dictionary<string, RunRecord> Succeeded(ContainerSpec spec, string target) =>
        new() { [ContainerPlanner.RecordKey(Specs.Placement.ConfigId, spec.Name)] = new(ContainerFingerprint.Of(spec).Hash, target) };
}
