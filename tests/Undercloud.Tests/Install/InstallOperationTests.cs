using System.Collections.Immutable;
using System.Net;
using Undercloud.Config;
using Undercloud.Deploy.Events;
using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Checks;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Generations;
using Undercloud.Host.Images;
using Undercloud.Host.Nodes;
using Undercloud.Host.Operations;
using Undercloud.Host.Output;
using Undercloud.Host.Prerequisites;
using Undercloud.Tests.Node;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Install;

public sealed class InstallOperationTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory().FullName;
    private readonly FakeProcesses _host = new();
    private readonly RunEvents _events = new(TimeProvider.System);
    private readonly ToolHome _tool = new(Repository.Root);

    public void Dispose()
    {
        _events.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    private string State => Path.Combine(_home, "state");

    private GenerationStore Generations => new(State);

    [Fact]
    public async Task An_install_applies_its_plan_and_records_it_with_what_it_said()
    {
        Ready();
        var outcome = await Install().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1, false), (outcome.Generation, outcome.Resumed));
        Assert.Equal(GenerationState.Applied, Generations.Newest()!.State);
        Assert.True(File.Exists(Path.Combine(_home, "tripleo-undercloud-passwords.yaml")));
        Assert.Contains(_host.Ran, command => command.Program == "ansible-playbook");
        Assert.Equal(
            ["Plan", "Checks", "Prerequisites", "Record", "Endpoints"],
            EventFile.Read(Generations.EventsFile(1)).OfType<PhaseStarted>().Select(phase => phase.Name));

        // Re-applying an applied generation does not mark it unfinished.
        Assert.Equal(1, (await Install().RunAsync(TestContext.Current.CancellationToken)).Generation);
        Assert.Equal(GenerationState.Applied, Generations.Newest()!.State);
    }

    [Fact]
    public async Task A_plan_that_is_applied_is_compared_and_only_what_is_left_is_played()
    {
        Ready();
        var node = new FixedNode();
        await Install(local: node).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, node.Asked);
        Assert.Single(Plays());
        var second = Install(local: node);
        await second.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, node.Asked);

        // A host that keeps its own time has a task that cannot be compared.
        if (StartedUnits.Of(second.Run.Plan.Nodes[0]) is null)
            Assert.Equal("ansible-playbook --inventory inventory.yaml --tags=template_tasks deploy_steps_playbook.yaml", Plays().Last());
        else
            Assert.Single(Plays());
        node.Unapplied = new(true, [new("file", "/etc/x", "update")]);
        await Install(local: node).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal("ansible-playbook --inventory inventory.yaml deploy_steps_playbook.yaml", Plays().Last());
        node.Failure = new("node-2 cannot be reached");
        await Install(local: node).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal("ansible-playbook --inventory inventory.yaml deploy_steps_playbook.yaml", Plays().Last());
    }

    [Fact]
    public async Task A_plan_whose_tasks_can_all_be_compared_is_not_played_again()
    {
        Ready();
        File.WriteAllText(Path.Combine(_home, "clock.yaml"), "parameter_defaults: {NtpServer: []}\n");
        var node = new FixedNode();
        await Install(local: node, config: "custom_env_files = clock.yaml\n").RunAsync(TestContext.Current.CancellationToken);
        var outcome = await Install(local: node, config: "custom_env_files = clock.yaml\n").RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1, false), (outcome.Generation, outcome.Changed));
        Assert.Single(Plays());
        Assert.Contains(EventFile.Read(Generations.EventsFile(1)).OfType<Note>(), note => note.Text == "Every node is as the plan has it: there is nothing to play.");
        Assert.Equal(GenerationState.Applied, Generations.Newest()!.State);
    }

    [Fact]
    public async Task A_playbook_that_fails_makes_a_failed_generation_which_the_next_run_resumes()
    {
        Ready(playbook: 2);
        var failure = await Assert.ThrowsAsync<InstallException>(() => Install().RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains("ansible-playbook ended with exit code 2", failure.Message);
        Assert.Equal(GenerationState.Failed, Generations.Newest()!.State);
        Assert.Contains("exit code 2", Generations.Newest()!.Message);
        _host.Clear();
        Ready();
        var outcome = await Install().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1, true), (outcome.Generation, outcome.Resumed));
    }

    [Fact]
    public async Task A_run_that_rolls_back_applies_the_former_plan_again_when_a_phase_fails()
    {
        Ready();
        await Install().RunAsync(TestContext.Current.CancellationToken);
        var update = new InstallOperation(Context() with { Fault = Fault.Parse("endpoints:error") }, new(Request("undercloud_debug = false\n"), "update", InstallGoal.Apply) { RollsBack = true });
        var failure = await Assert.ThrowsAsync<RolledBackException>(() => update.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal((1, 3), (failure.Target, failure.Generation));
        Assert.StartsWith("The phase Endpoints failed", failure.Message, StringComparison.Ordinal);
        Assert.Equal([GenerationState.Applied, GenerationState.Failed, GenerationState.Applied], Generations.All().Select(generation => generation.State));
        Assert.Equal(Generations.All()[0].PlanHash, Generations.Newest()!.PlanHash);
    }

    [Fact]
    public async Task A_run_that_repeats_an_applied_plan_and_fails_leaves_it_applied()
    {
        Ready();
        await Install().RunAsync(TestContext.Current.CancellationToken);
        var again = new InstallOperation(Context() with { Fault = Fault.Parse("endpoints:error") }, new(Request(), "install", InstallGoal.Apply));
        await Assert.ThrowsAsync<InstallException>(() => again.RunAsync(TestContext.Current.CancellationToken));
        var generation = Assert.Single(Generations.All());
        Assert.Equal(GenerationState.Applied, generation.State);
        Assert.Contains("The phase Endpoints failed", generation.Message, StringComparison.Ordinal);
        await Install().RunAsync(TestContext.Current.CancellationToken);
        Assert.Null(Generations.Newest()!.Message);
    }

    [Fact]
    public async Task A_failure_that_cannot_be_recorded_does_not_prevent_the_way_back()
    {
        Ready();
        await Install().RunAsync(TestContext.Current.CancellationToken);
        var isFirst = true;
        var record = Path.Combine(State, "generations", "2", "generation.json");
        var text = "";
        _host.Clear().Do("ansible-playbook", _ =>
        {
            if (!isFirst)
                return (0, "", "");
            isFirst = false;

            // Nothing can be written to the record, until the run has reported it.
            text = File.ReadAllText(record);
            File.Delete(record);
            Directory.CreateDirectory(Path.Combine(record, "full"));
            return (2, "", "no space");
        });
        _events.Subscribe(new Repair(() =>
        {
            Directory.Delete(record, recursive: true);
            File.WriteAllText(record, text);
        }));
        Ready();
        var update = new InstallOperation(Context(), new(Request("undercloud_debug = false\n"), "update", InstallGoal.Apply) { RollsBack = true });
        var failure = await Assert.ThrowsAsync<RolledBackException>(() => update.RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains("exit code 2", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Generations.All()[0].PlanHash, Generations.Newest()!.PlanHash);
    }

    [Fact]
    public async Task An_unfinished_rollback_or_restore_has_to_be_completed_first()
    {
        Ready();
        await Install().RunAsync(TestContext.Current.CancellationToken);
        var plan = Generations.ReadPlan(1);
        Generations.Write(Generations.Newest()! with { Number = 2, State = GenerationState.Failed, RollbackTo = 1, Restore = new Dictionary<string, int> { ["keystone"] = 2 } }, plan);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => Install().RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains("keystone still has to go back to its dump. Run `undercloud rollback`.", refused.Message, StringComparison.Ordinal);
        Generations.Write(Generations.Newest()! with { Restore = null }, plan);
        new RestoreRecord("backup", RestoreStage.Files).Write(State);
        Assert.Contains("A restore is unfinished", (await Assert.ThrowsAsync<RefusedException>(() => Install().RunAsync(TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
        RestoreRecord.Delete(State);
        await Install().RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_way_back_from_a_broken_database_server_starts_the_former_one_before_it_asks_for_schemas()
    {
        Ready();
        await Install().RunAsync(TestContext.Current.CancellationToken);
        var (isBack, plays) = (false, new List<string>());
        _host.Clear()
            .Do("podman image ls", _ => (0, $"[{string.Join(',', ImageDefinitions.Load(_tool.Images, new DiagnosticBag()).All.Select((definition, index) => $$"""{"Id": "{{index + 1000:x64}}", "Names": ["{{definition.TagFor(OpenStackRelease.Default)}}"], "Size": 1, "Created": 1}, {"Id": "{{index:x64}}", "Names": [], "Size": 1, "Created": 1}"""))}]", ""))
            .Answer($"bash -c 'cd {State}/dumps/2", "keystone.sql.gz\n")
            .Do("bash -euo pipefail", command => $"{command}".Contains("cmp -s", StringComparison.Ordinal) && !isBack ? (1, "", "no server") : (0, "", ""))
            .Do("ansible-playbook", command =>
            {
                plays.Add(command.Arguments.FirstOrDefault(argument => argument.StartsWith("--tags", StringComparison.Ordinal)) ?? "all");
                isBack |= plays[^1].StartsWith("--tags=step_0", StringComparison.Ordinal);
                return (plays.Count == 1 ? 2 : 0, "", "");
            });
        Ready();
        var update = new InstallOperation(Context(), new(Request(), "update", InstallGoal.Apply) { RollsBack = true });
        var failure = await Assert.ThrowsAsync<RolledBackException>(() => update.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, failure.Target);
        Assert.Equal(["all", "--tags=step_0,step_1", "all"], plays);
    }

    [Fact]
    public async Task A_way_back_that_fails_as_well_is_said_after_the_cause_with_the_command_that_tries_it_again()
    {
        Ready();
        await Install().RunAsync(TestContext.Current.CancellationToken);
        _host.Clear();
        Ready(playbook: 2);
        var update = new InstallOperation(Context(), new(Request("undercloud_debug = false\n"), "update", InstallGoal.Apply) { RollsBack = true });
        var failure = await Assert.ThrowsAsync<InstallException>(() => update.RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains("The way back to generation 1 failed as well", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("`undercloud rollback 1` tries it again.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_fails_the_run()
    {
        Ready();
        var failure = await Assert.ThrowsAsync<InstallException>(() => Install(HttpStatusCode.BadGateway).RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains("these endpoints do not answer correctly after", failure.Message);
        Assert.Contains("keystone public", failure.Message);
        Assert.Equal(GenerationState.Failed, Generations.Newest()!.State);
    }

    [Fact]
    public async Task A_run_beside_another_one_is_refused_and_changes_nothing()
    {
        Ready();
        Directory.CreateDirectory(State);
        using var other = Undercloud.Host.Agent.NodeLock.TryAcquire(Path.Combine(State, "lock"), "install", out _);
        await Assert.ThrowsAsync<RefusedException>(() => Install().RunAsync(TestContext.Current.CancellationToken));
        Assert.Null(Generations.Newest());
        Assert.False(File.Exists(Path.Combine(_home, "tripleo-undercloud-passwords.yaml")));
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        Ready();
        await Install(goal: InstallGoal.Plan).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["undercloud.conf"], Directory.EnumerateFileSystemEntries(_home).Select(Path.GetFileName));
        Assert.DoesNotContain(_host.Ran, command => command.Program == "ansible-playbook");
    }

    [Fact]
    public async Task Output_only_writes_the_project_and_no_other_file()
    {
        Ready();
        var passwords = Path.Combine(_home, "tripleo-undercloud-passwords.yaml");
        File.WriteAllText(passwords, "parameter_defaults:\n  AdminPassword: live-one\n");
        var install = Install(goal: InstallGoal.Project, config: "[auth]\nundercloud_admin_password = wanted-one\n");
        await install.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal("parameter_defaults:\n  AdminPassword: live-one\n", File.ReadAllText(passwords));
        Assert.Equal(["tripleo-undercloud-passwords.yaml", "undercloud-ansible", "undercloud.conf"], Directory.EnumerateFileSystemEntries(_home).Select(Path.GetFileName).Order());
        var project = new FileInfo(Path.Combine(_home, "undercloud-ansible", "passwords.yaml"));
        Assert.Equal(PasswordFiles.WriteYaml(install.Run.Inputs.Passwords), File.ReadAllText(project.FullName));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, project.UnixFileMode);
    }

    [Fact]
    public async Task A_saved_plan_is_applied_as_it_is_with_its_passwords()
    {
        Ready();
        var saved = await SavedAsync();
        var install = Install(saved: saved);
        await install.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(saved.Plan.Hash, install.Run.Plan.Hash);
        Assert.Equal(GenerationState.Applied, Generations.Newest()!.State);
    }

    [Fact]
    public async Task A_saved_plan_is_refused_when_the_inputs_have_moved_on()
    {
        Ready();
        var saved = await SavedAsync();
        var failure = await Assert.ThrowsAsync<RefusedException>(() => Install(saved: saved, config: "undercloud_debug = false\n").RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains("The inputs have changed since the plan was saved", failure.Message);
        Assert.Contains("update file /var/lib/config-data/", failure.Message);
        Assert.Null(Generations.Newest());
    }

    [Fact]
    public async Task A_saved_plan_is_refused_when_the_host_has_moved_on()
    {
        Ready();
        var saved = await SavedAsync();
        var failure = await Assert.ThrowsAsync<RefusedException>(
            () => Install(saved: saved with { Changes = ["create file /etc/elsewhere", .. saved.Changes] }).RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains("The host has changed since the plan was saved", failure.Message);
        Assert.Contains("no longer: create file /etc/elsewhere", failure.Message);
    }

    [Theory]
    [InlineData("{}", "is no saved plan")]
    [InlineData("{\"format\": 2}", "is a plan of format 2; this version of undercloud reads format 1")]
    [InlineData("{\"format\": 1, \"pla", "is no saved plan, or a damaged one")]
    public void A_file_that_is_no_saved_plan_is_named_with_the_way_to_one(string text, string said)
    {
        var path = Path.Combine(_home, "plan.json");
        File.WriteAllText(path, text);
        var failure = Assert.Throws<InstallException>(() => SavedPlan.Read(path));
        Assert.Contains($"{path} {said}", failure.Message);
        Assert.Contains("undercloud diff -o FILE", failure.Message);
    }

    private async Task<SavedPlan> SavedAsync()
    {
        var path = Path.Combine(_home, "plan.json");
        var outcome = await new DiffOperation(Context()).RunAsync(Request(), TestContext.Current.CancellationToken);
        SavedPlan.Write(path, outcome.Run, outcome.Differences);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        return SavedPlan.Read(path);
    }

    private IEnumerable<string> Plays() => _host.Ran.Where(command => command.Program == "ansible-playbook").Select(command => command.ToString());

    private sealed class Repair(Action repair) : IRunSubscriber
    {
        public void Take(RunEvent happened)
        {
            if (happened is Warning { Text: var text } && text.Contains("cannot be recorded", StringComparison.Ordinal))
                repair();
        }
    }

    private InstallOperation Install(HttpStatusCode answers = HttpStatusCode.OK, InstallGoal goal = InstallGoal.Apply, string config = "", SavedPlan? saved = null, FixedNode? local = null)
    {
        var context = Context(answers);
        if (local is not null)
            context = context with { Nodes = new(_host, context.Connection, context.Time) { Local = () => local } };
        return new(context, new(Request(config), "install", goal) { Saved = saved });
    }

    private RunRequest Request(string config = "")
    {
        var path = Path.Combine(_home, "undercloud.conf");
        File.WriteAllText(path, $"[DEFAULT]\noutput_dir = {_home}\n{config}");
        return new(path, [], _home, null, ConfigRelease.None, Validations: false);
    }

    private OperationContext Context(HttpStatusCode answers = HttpStatusCode.OK) =>
        new(_host, () => new Answers(answers), _tool, Generations, new(State, Generations), new(State), new JumpingTime(), _events) { StateDirectory = State };

    // A host that has what a run needs: packages and images.
    private void Ready(int playbook = 0)
    {
        var images = ImageDefinitions.Load(_tool.Images, new DiagnosticBag()).All.Select((definition, index) =>
            $$"""{"Id": "{{index:x64}}", "Names": ["{{definition.TagFor(OpenStackRelease.Default)}}"], "Size": 1, "Created": 1}""");
        _host.Answer("podman image ls", $"[{string.Join(',', images)}]")
            .Answer("podman ps", "[]")
            .Answer("podman image inspect", "", exit: 127)
            .Answer("ip -j address show", """[{"ifname": "eth1", "flags": ["UP"], "mtu": 1500, "address": "52:54:00:00:00:01", "addr_info": []}]""")
            .Answer("nft list", "", exit: 1)
            .Answer("dpkg-query", string.Concat(PrerequisiteSet.Install.Packages.Select(name => $"installed {name}\n")))
            .Answer("ansible-playbook", playbook == 0 ? "" : "no", playbook);
    }

    // A node with fixed answers.
    private sealed class FixedNode : INodeAgent
    {
        public int Asked { get; private set; }

        public NodeResult Unapplied { get; set; } = new(false, []);

        public NodeException? Failure { get; set; }

        public Task<HostState> StateAsync(NodePlan node, CancellationToken stop) => Task.FromResult(new HostState());

        public Task<NodeResult> CheckAsync(NodePlan node, bool cloud, CancellationToken stop) => Task.FromResult(new NodeResult(false, []));

        public Task<NodeResult> UnappliedAsync(NodePlan node, CancellationToken stop)
        {
            Asked++;
            return Failure is null ? Task.FromResult(Unapplied) : throw Failure;
        }

        public Task<ImmutableArray<ContainerStatus>> ContainersAsync(NodePlan node, SemaphoreSlim gate, CancellationToken stop) =>
            Task.FromResult(ImmutableArray<ContainerStatus>.Empty);

        public Task<DueRestarts> RestartsAsync(NodePlan node, CancellationToken stop) => Task.FromResult(new DueRestarts());

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Answers(HttpStatusCode code) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage(code));
    }
}
