using System.Collections.Immutable;
using System.Net;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Diffs;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;
using Undercloud.Host.Generations;
using Undercloud.Host.Operations;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;
using Undercloud.Tests.Node;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Install;

public sealed class RollbackTests : IDisposable
{
    private static readonly string s_old = new('a', 64);
    private static readonly string s_new = new('b', 64);

    private readonly string _home = Directory.CreateTempSubdirectory().FullName;
    private readonly FakeProcesses _host = new();
    private readonly RunEvents _events = new(TimeProvider.System);

    public void Dispose()
    {
        _events.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string State => Path.Combine(_home, "state");

    private GenerationStore Generations => new(State);

    [Fact]
    public void A_schema_moves_with_the_image_or_the_command_of_its_migrate_job_only()
    {
        var before = Plan(s_old);
        Assert.Equal(["keystone"], SchemaMoves.Of(before, Plan(s_new)));
        Assert.Equal(["keystone"], SchemaMoves.Of(before, Plan(s_old, "sync --expand")));
        Assert.Empty(SchemaMoves.Of(before, Plan(s_old, configuration: "another")));
        Assert.Empty(SchemaMoves.Of(new() { Stack = "undercloud", Release = "zed" }, Plan(s_new)));
    }

    [Fact]
    public async Task The_last_applied_generation_with_another_plan_is_gone_back_to()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Record(2, GenerationState.Failed, Plan(s_new));
        var choice = await RollbackChoice.OfAsync(Context(), null, Stop);
        Assert.Equal((2, 1), (choice.Present.Number, choice.Target.Number));
        Record(3, GenerationState.Applied, Plan(s_new));
        Dumped(3);
        Assert.Equal(1, (await RollbackChoice.OfAsync(Context(), null, Stop)).Target.Number);
        Assert.Contains("never applied", (await Assert.ThrowsAsync<InstallException>(() => RollbackChoice.OfAsync(Context(), 2, Stop))).Message, StringComparison.Ordinal);
        Assert.Contains("There are: 1, 2, 3", (await Assert.ThrowsAsync<InstallException>(() => RollbackChoice.OfAsync(Context(), 7, Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_earlier_plan_there_is_nothing_to_go_back_to()
    {
        Assert.Contains("No plan is recorded", (await Assert.ThrowsAsync<InstallException>(() => RollbackChoice.OfAsync(Context(), null, Stop))).Message, StringComparison.Ordinal);
        Record(1, GenerationState.Applied, Plan(s_old));
        Assert.Contains("nothing to go back to", (await Assert.ThrowsAsync<InstallException>(() => RollbackChoice.OfAsync(Context(), null, Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_whose_schema_has_changed_since_is_named_with_the_first_dump_after_the_target()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Record(2, GenerationState.Applied, Plan(s_new));
        Record(3, GenerationState.Applied, Plan(s_new, configuration: "another"));
        Dumped(2).Answer("bash -euo pipefail", "moved\n");
        Assert.Equal([("keystone", 2)], (await RollbackChoice.OfAsync(Context(), 1, Stop)).Dumps);
        _host.Clear();
        Dumped(2).Answer("bash -euo pipefail", "");
        var choice = await RollbackChoice.OfAsync(Context(), 1, Stop);
        Assert.Empty(choice.Dumps);
        Assert.Equal(["keystone"], choice.Touched);
    }

    [Fact]
    public async Task A_present_plan_that_cannot_be_read_does_not_prevent_a_rollback_and_a_damaged_target_names_the_choice()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Record(2, GenerationState.Applied, Plan(s_new));
        Record(3, GenerationState.Applied, Plan(s_new, configuration: "another"));
        File.WriteAllText(Path.Combine(State, "generations", "3", "plan.json"), "{");
        Dumped(2).Answer("bash -euo pipefail", "moved\n");
        var choice = await RollbackChoice.OfAsync(Context(), 1, Stop);
        Assert.Null(choice.PresentPlan);
        Assert.Equal([("keystone", 2)], choice.Dumps);

        // Without a dump nobody knows whether the plan has moved a schema.
        _host.Clear();
        Assert.Contains("No dump says what the schema of keystone was", (await Assert.ThrowsAsync<RefusedException>(() => RollbackChoice.OfAsync(Context(), 1, Stop))).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(State, "generations", "1", "plan.json"), "{");
        Assert.Contains("The plan of generation 1 is damaged, or an older undercloud recorded it. Choose another generation", (await Assert.ThrowsAsync<InstallException>(() => RollbackChoice.OfAsync(Context(), 1, Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_by_hand_makes_sure_that_its_dumps_have_room()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Record(2, GenerationState.Applied, Plan(s_new));
        Ready();
        _host.Answer("podman exec --user root mysql size keystone", "4294967296\n").Answer("df", "Avail 1B-blocks Mounted on\n1073741824 9999999999 /\n");
        var former = Plan(s_old);
        former = former with { Nodes = [.. former.Nodes.Select(node => node with { DatabaseServer = node.DatabaseServer! with { Size = ["size"] } })] };
        RollbackRequest request = new(1, former, Path.Combine(_home, "project")) { Touched = ["keystone"] };
        var failure = await Assert.ThrowsAsync<InputException>(() => new RollbackOperation(Context(), request).RunAsync(Stop));
        Assert.Equal("HOST003", Assert.Single(failure.Diagnostics).Code);
        Assert.Equal(2, Generations.All().Length);
        await new RollbackOperation(Context(), request with { AfterFailure = true }).RunAsync(Stop);
        Assert.Equal(3, Generations.All().Length);
    }

    [Fact]
    public async Task Of_several_dumps_the_first_after_the_target_alone_decides()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Record(2, GenerationState.Failed, Plan(s_new));
        Record(3, GenerationState.Applied, Plan(s_old, configuration: "another"));
        Record(4, GenerationState.Applied, Plan(s_new, configuration: "another"));
        Dumped(2);
        Dumped(3).Answer("bash -euo pipefail", "");
        Assert.Empty((await RollbackChoice.OfAsync(Context(), 1, Stop)).Dumps);
        Assert.Single(_host.Ran, command => $"{command}".Contains("cmp -s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Generations_that_cannot_be_deleted_do_not_fail_a_run_that_has_succeeded()
    {
        foreach (var number in Enumerable.Range(1, 4))
            Record(number, GenerationState.Applied, Plan(s_old, configuration: $"{number}"));
        _host.Answer("podman image ls", "locked", exit: 1);
        await new GenerationRemoval(Context()).PruneAsync(Stop);
        Assert.Equal(4, Generations.All().Length);
    }

    [Fact]
    public async Task A_schema_that_no_dump_tells_of_refuses_a_rollback_and_a_server_that_does_not_answer_ends_it()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Record(2, GenerationState.Applied, Plan(s_new));
        Assert.Contains("No dump says what the schema of keystone was", (await Assert.ThrowsAsync<RefusedException>(() => RollbackChoice.OfAsync(Context(), 1, Stop))).Message, StringComparison.Ordinal);
        Dumped(2).Answer("bash -euo pipefail", "no socket", exit: 1);
        Assert.Contains("cannot be found out", (await Assert.ThrowsAsync<InstallException>(() => RollbackChoice.OfAsync(Context(), 1, Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unfinished_rollback_is_resumed_with_the_databases_that_it_has_not_loaded_yet()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Record(2, GenerationState.Applied, Plan(s_new));
        Ready();
        _host.Answer("systemctl list-unit-files", "tripleo_keystone.service enabled enabled\n");
        _host.Answer("systemctl stop", "no", exit: 1);
        await Assert.ThrowsAsync<HostCommandException>(() => Rollback(Plan(s_old), ("keystone", 2)).RunAsync(Stop));
        Assert.Equal((GenerationState.Failed, 1), (Generations.Newest()!.State, Generations.Newest()!.RollbackTo));
        var choice = await RollbackChoice.OfAsync(Context(), null, Stop);
        Assert.Equal(1, choice.Target.Number);
        Assert.Equal([("keystone", 2)], choice.Dumps);
        _host.Clear();
        Ready();
        var outcome = await new RollbackOperation(Context(), new(1, choice.Plan, Path.Combine(_home, "project")) { Databases = choice.Dumps }).RunAsync(Stop);
        Assert.Equal((3, true), (outcome.Generation, outcome.Resumed));
        Assert.Contains(_host.Ran, command => $"{command}".Contains("| eval", StringComparison.Ordinal));
        Assert.Null(Generations.Newest()!.Restore);
    }

    [Fact]
    public async Task After_a_rollback_the_next_one_goes_a_step_further_back()
    {
        Record(1, GenerationState.Applied, Plan(s_old, configuration: "first"));
        Record(2, GenerationState.Applied, Plan(s_old));
        Record(3, GenerationState.Applied, Plan(s_old, configuration: "another"));
        Generations.Write(Of(4, GenerationState.Applied) with { PlanHash = Plan(s_old).Hash, RollbackTo = 2 }, Plan(s_old));
        Assert.Equal(1, (await RollbackChoice.OfAsync(Context(), null, Stop)).Target.Number);
    }

    [Fact]
    public async Task A_damaged_dump_ends_a_rollback_before_a_service_stops()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Ready();
        _host.Answer("bash -euo pipefail", "", exit: 1);
        var failure = await Assert.ThrowsAsync<InstallException>(() => Rollback(Plan(s_old), ("keystone", 2)).RunAsync(Stop));
        Assert.Contains("dumps/2/keystone.sql.gz is missing or damaged. Nothing was changed.", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Ran, command => command.Program == "systemctl");
        Assert.Single(Generations.All());
    }

    [Fact]
    public async Task A_rollback_records_the_former_plan_as_a_new_generation_and_plays_it()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Record(2, GenerationState.Applied, Plan(s_new));
        Ready();
        var outcome = await Rollback(Plan(s_old)).RunAsync(Stop);
        Assert.Equal(3, outcome.Generation);
        Assert.Equal((GenerationState.Applied, "rollback", Plan(s_old).Hash), (Generations.Newest()!.State, Generations.Newest()!.Command, Generations.Newest()!.PlanHash));
        Assert.Contains(_host.Ran, command => command.Program == "ansible-playbook");

        // The images of the plan that goes stay for the way forward again.
        Assert.Contains(_host.Ran, command => $"{command}" == $"podman tag {s_new} localhost/undercloud/keystone:zed-{s_new[..12]}");
    }

    [Fact]
    public async Task A_rollback_gives_the_images_their_names_again()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Record(2, GenerationState.Failed, Plan(s_new));
        Ready();
        await Rollback(Plan(s_old)).RunAsync(Stop);
        string[] wanted = [$"podman tag {s_new} localhost/undercloud/keystone:zed-{s_new[..12]}", $"podman tag {s_old} localhost/undercloud/keystone:zed"];
        Assert.Equal(wanted, _host.Lines.Where(line => line.StartsWith("podman tag", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_migration_runs_again_on_a_database_that_went_back()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Record(2, GenerationState.Failed, Plan(s_new));
        Ready();
        await Rollback(Plan(s_old), ("keystone", 2)).RunAsync(Stop);
        var lines = _host.Lines.ToList();
        Assert.InRange(lines.IndexOf("podman rm --force --ignore keystone_db_sync"), lines.FindIndex(line => line.Contains("| eval", StringComparison.Ordinal)) + 1, lines.FindIndex(line => line.StartsWith("ansible-playbook", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_rollback_that_was_killed_before_its_dumps_takes_them_when_it_is_resumed()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Record(2, GenerationState.Applied, Plan(s_new));
        Generations.Write(Of(3, GenerationState.Applying) with { PlanHash = Plan(s_old).Hash, RollbackTo = 1 }, Plan(s_old));
        var choice = await RollbackChoice.OfAsync(Context(), null, Stop);
        Assert.Equal((1, 3), (choice.Target.Number, choice.Present.Number));
        Assert.Empty(choice.Dumps);
        Assert.Equal(["keystone"], choice.Touched);
    }

    [Fact]
    public async Task A_rollback_onto_the_present_plan_is_unfinished_until_its_databases_are_loaded()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Generations.Write(Of(2, GenerationState.Applied) with { PlanHash = Plan(s_new).Hash, RollbackTo = 1, Restore = new Dictionary<string, int> { ["keystone"] = 2 } }, Plan(s_new));
        Assert.Equal([("keystone", 2)], (await RollbackChoice.OfAsync(Context(), null, Stop)).Dumps);
    }

    [Fact]
    public async Task A_schema_that_an_earlier_run_has_moved_and_that_failed_goes_back_with_its_dump()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Record(2, GenerationState.Failed, Plan(s_new));
        Record(3, GenerationState.Failed, Plan(s_new, configuration: "another"));
        Dumped(2);
        Dumped(3).Answer("bash -euo pipefail", "moved\n");
        Assert.Equal([("keystone", 2)], (await RollbackChoice.SinceAsync(Context(), 1, Plan(s_old), Plan(s_new, configuration: "another"), Stop)).Dumps);
    }

    [Fact]
    public async Task The_services_of_a_database_and_their_sockets_stop_before_its_dump_is_loaded_and_the_others_do_not()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Ready();
        _host.Answer("systemctl list-unit-files", "tripleo_haproxy.service enabled enabled\ntripleo_keystone.service enabled enabled\ntripleo_mysql.service enabled enabled\ntripleo_keystone.socket enabled enabled\n");
        await Rollback(Plan(s_old), ("keystone", 2)).RunAsync(Stop);
        var ran = _host.Ran.Select(command => $"{command}").ToList();
        var (stop, load, play) = (ran.FindIndex(line => line.StartsWith("systemctl stop", StringComparison.Ordinal)), ran.FindIndex(line => line.Contains("| eval", StringComparison.Ordinal)), ran.FindIndex(line => line.StartsWith("ansible-playbook", StringComparison.Ordinal)));
        Assert.True(0 <= stop && stop < load && load < play, $"{stop} {load} {play}");
        Assert.Equal("systemctl stop tripleo_keystone.service tripleo_keystone.socket", ran[stop]);
        Assert.Contains($"{State}/dumps/2 keystone 'podman exec --interactive --user root mysql mariadb'", ran[load], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_is_gone_ends_a_rollback_before_anything_is_changed()
    {
        Record(1, GenerationState.Applied, Plan(s_new));
        _host.Answer("podman image ls", $$"""[{"Id": "{{s_new}}", "Names": ["localhost/undercloud/keystone:zed"], "Size": 1, "Created": 1}]""");
        var failure = await Assert.ThrowsAsync<InstallException>(() => Rollback(Plan(s_old)).RunAsync(Stop));
        Assert.Contains($"localhost/undercloud/keystone:zed ({s_old[..12]})", failure.Message, StringComparison.Ordinal);
        Assert.Single(Generations.All());
        Assert.DoesNotContain(_host.Ran, command => command.Program == "ansible-playbook");
    }

    [Fact]
    public async Task A_dump_that_is_complete_stays_as_it_is_and_an_incomplete_one_fails_the_run()
    {
        _host.Answer("bash -euo pipefail", "mariadb-dump: no space", exit: 1);
        var failure = await Assert.ThrowsAsync<InstallException>(() => new DatabaseDumps(Context()).TakeAsync(Plan(s_new), 2, ["keystone"], Stop));
        Assert.Contains("keystone cannot be dumped", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", failure.Message, StringComparison.Ordinal);
        Assert.Contains("[ -e \"$2.sql.gz\" ] && exit 0", $"{_host.Ran[0]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_generation_takes_its_dumps_and_the_images_that_only_it_uses()
    {
        Record(1, GenerationState.Applied, Plan(s_old));
        Record(2, GenerationState.Applied, Plan(s_new));
        _host.Answer("podman image ls", $$"""[{"Id": "{{s_old}}", "Names": ["localhost/undercloud/keystone:zed-{{s_old[..12]}}"], "Size": 1, "Created": 1}, {"Id": "{{s_new}}", "Names": ["localhost/undercloud/keystone:zed-{{s_new[..12]}}"], "Size": 1, "Created": 1}]""");
        await new GenerationRemoval(Context()).RunAsync([Generations.All()[0]], Stop);
        Assert.Equal([2], Generations.All().Select(generation => generation.Number));
        Assert.Equal([$"podman image rm localhost/undercloud/keystone:zed-{s_old[..12]}"], _host.Ran.Select(command => $"{command}").Where(line => line.StartsWith("podman image rm", StringComparison.Ordinal)));
        Assert.Contains(_host.Ran, command => $"{command}" == $"rm -rf -- {State}/dumps/1");
    }

    [Fact]
    public void The_last_three_applied_generations_stay_with_what_failed_between_them()
    {
        ImmutableArray<Generation> all = [.. "AFAFAAF".Select((state, index) => Of(index + 1, state == 'A' ? GenerationState.Applied : GenerationState.Failed))];
        Assert.Equal([1, 2], Retention.Obsolete(all).Select(generation => generation.Number));
        Assert.Empty(Retention.Obsolete(all[..4]));
        Assert.Equal([1, 2, 3, 4, 5], Retention.Obsolete(all, 1).Select(generation => generation.Number));
    }

    [Fact]
    public void Generations_with_the_same_plan_count_once()
    {
        ImmutableArray<Generation> all = [.. new[] { "first", "second", "failed", "second", "failed", "second" }.Select((plan, index) => Of(index + 1, plan == "failed" ? GenerationState.Failed : GenerationState.Applied) with { PlanHash = plan })];
        Assert.Empty(Retention.Obsolete(all));
        Assert.Empty(Retention.Obsolete(all, Retention.KeptWithoutRoom));
        Assert.Equal([1, 2, 3, 4, 5], Retention.Obsolete(all, 1).Select(generation => generation.Number));
        Assert.Equal([1, 2], Retention.Obsolete([.. Enumerable.Range(1, Retention.Most + 2).Select(number => Of(number, GenerationState.Applied) with { PlanHash = "same" })]).Select(generation => generation.Number));
    }

    [Theory]
    [InlineData("apply:never")]
    [InlineData("apply")]
    [InlineData(":error")]
    public void A_fault_that_names_no_kind_is_refused_with_the_kinds(string text) =>
        Assert.Contains("late-error", Assert.Throws<RefusedException>(() => Fault.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_fault_happens_once_in_the_phase_that_it_names()
    {
        var fault = Fault.Parse("image-copies:late-error")!;
        Assert.Contains("It has plan, image-pulls.", Assert.Throws<RefusedException>(() => fault.Expect(["Plan", "Image pulls"])).Message, StringComparison.Ordinal);
        fault.Expect(["Plan", "Image copies"]);
        fault.Expect(["Checks"]);
        fault.Before("Image copies");
        fault.After("Images");
        Assert.Throws<InstallException>(() => fault.After("Image copies"));
        fault.After("Image copies");
        Assert.Null(Fault.Parse(null));
    }

    private static Generation Of(int number, GenerationState state) => new(number, state, $"{number}", "install", DateTimeOffset.UnixEpoch);

    private void Record(int number, GenerationState state, DeploymentPlan plan) => Generations.Write(Of(number, state) with { PlanHash = plan.Hash }, plan);

    private FakeProcesses Dumped(int generation) => _host.Answer($"bash -c 'cd {State}/dumps/{generation}", "keystone.schema\nkeystone.sql.gz\n");

    private void Ready() => _host
        .Answer("podman image ls", $$"""[{"Id": "{{s_old}}", "Names": [], "Size": 1, "Created": 1}, {"Id": "{{s_new}}", "Names": [], "Size": 1, "Created": 2}]""")
        .Answer("ansible-playbook", "");

    private RollbackOperation Rollback(DeploymentPlan plan, params (string, int)[] dumps) =>
        new(Context(), new(1, plan, Path.Combine(_home, "project")) { Databases = [.. dumps] });

    private OperationContext Context() =>
        new(_host, () => new Answers(), new(Repository.Root), Generations, new(State, Generations), new(State), new JumpingTime(), _events) { StateDirectory = State };

    private static DeploymentPlan Plan(string image, string command = "sync", string configuration = "one") => new()
    {
        Stack = "undercloud",
        Release = "zed",
        Images = new SortedDictionary<string, string> { ["localhost/undercloud/keystone:zed"] = image },
        Nodes =
        [
            new()
            {
                Role = "Undercloud",
                Manifest = new() { Node = "undercloud", Files = new() { Files = [new("/var/lib/config-data/keystone.conf", 0, 0, "0640", "connection = mysql+pymysql://keystone:secret@192.168.24.1/keystone?charset=utf8\n")] } },
                DatabaseServer = new("mysql", ["schema"], ["mariadb-dump"], ["mariadb"]),
                Containers = new SortedDictionary<int, ImmutableArray<ContainerSpec>>
                {
                    [1] = [Spec("mysql", ContainerKind.Service, image)],
                    [3] =
                    [
                        Spec("keystone", ContainerKind.Service, image) with { Volumes = ["/var/lib/config-data/keystone.conf:/etc/keystone/keystone.conf:ro"] },
                        Spec("keystone_db_sync", ContainerKind.OneShot, image) with { Job = ContainerJob.Migrate, Databases = ["keystone"], Command = [.. command.Split(' ')], ConfigHash = configuration },
                    ],
                },
            },
        ],
    };

    private static ContainerSpec Spec(string name, ContainerKind kind, string image) => new() { Name = name, Kind = kind, Image = "localhost/undercloud/keystone:zed", ImageId = image };

    private sealed class Answers : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
    }
}
