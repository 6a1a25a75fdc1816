using Undercloud.Deploy.Generations;
using Undercloud.Heat.Values;
using Undercloud.Host.Failures;
using Undercloud.Host.Images;
using Undercloud.Host.Prerequisites;

namespace Undercloud.Tests.Install;

public sealed class InstallFailureTests : IDisposable
{
    private readonly FakeInstallation _host = new();

    public void Dispose() => _host.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_a_next_run_needs_is_on_disk_before_the_host_is_changed()
    {
        var found = new List<object?>();
        _host.Ready().Host.Do("ansible-playbook", _ =>
        {
            found.AddRange([_host.Generations.Newest()!.State, File.Exists(_host.Passwords), _host.Secrets.Passwords() is not null, _host.Secrets.Texts().Count > 0, _host.Generations.ReadPlan(1).Nodes.Count]);
            found.Add(File.Exists(Path.Combine(_host.Project, "deploy_steps_playbook.yaml")));
            return (0, "", "");
        });
        await _host.Install().RunAsync(Stop);
        Assert.Equal([GenerationState.Applying, true, true, true, 1, true], found);
    }

    [Fact]
    public async Task An_interrupted_run_leaves_its_generation_unfinished_and_the_next_one_resumes()
    {
        using var interrupt = new CancellationTokenSource();
        _host.Ready().Host.Do("ansible-playbook", _ => interrupt.IsCancellationRequested ? (0, "", "") : Interrupted(interrupt));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _host.Install().RunAsync(interrupt.Token));
        var left = _host.Generations.Newest()!;
        Assert.Equal((GenerationState.Applying, null), (left.State, left.Ended));
        var passwords = File.ReadAllText(_host.Passwords);
        var outcome = await _host.Install().RunAsync(Stop);
        Assert.Equal((1, true), (outcome.Generation, outcome.Resumed));
        Assert.Equal(passwords, File.ReadAllText(_host.Passwords));
    }

    [Fact]
    public async Task What_is_recorded_of_a_failure_shows_no_secret()
    {
        _host.Ready().Host.Do("ansible-playbook", _ => (2, "", $"ERROR! {((StringValue)_host.Secrets.Passwords()!["AdminPassword"]!).Text} is no variable\n"));
        await Assert.ThrowsAsync<InstallException>(() => _host.Install().RunAsync(Stop));
        var message = _host.Generations.Newest()!.Message!;
        Assert.Contains("*** is no variable", message, StringComparison.Ordinal);
        Assert.DoesNotContain(((StringValue)_host.Secrets.Passwords()!["AdminPassword"]!).Text, File.ReadAllText(_host.Generations.EventsFile(1)), StringComparison.Ordinal);
        Assert.All(_host.Host.Ran.SelectMany(command => command.Arguments), argument => Assert.DoesNotContain(((StringValue)_host.Secrets.Passwords()!["AdminPassword"]!).Text, argument, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Images_that_are_built_are_in_the_plan_that_is_recorded()
    {
        var built = false;
        _host.Host.Do("podman image ls", _ => (0, _host.Images(built ? [] : ["memcached"]), ""))
            .Do("buildah commit", _ =>
            {
                built = true;
                return (0, "id\n", "");
            });
        File.WriteAllText(_host.Context.Images.RuntimeFile, "crun\n");
        await _host.Ready().Install().RunAsync(Stop);
        Assert.True(_host.Generations.ReadPlan(1).Images.ContainsKey("localhost/undercloud/memcached:zed"));
        Assert.Contains(_host.Host.Lines, line => line.StartsWith("buildah commit", StringComparison.Ordinal) && line.EndsWith("/memcached:zed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_that_cannot_be_built_ends_the_run_before_anything_is_recorded()
    {
        File.WriteAllText(_host.Context.Images.RuntimeFile, "crun\n");
        _host.Ready("memcached").Host.Answer("mmdebstrap", "E: no such archive", exit: 25);
        var failure = await Assert.ThrowsAsync<ImageBuildException>(() => _host.Install().RunAsync(Stop));
        Assert.Contains("bootstrapping", failure.Message, StringComparison.Ordinal);
        Assert.Contains("E: no such archive", failure.Message, StringComparison.Ordinal);
        NothingIsRecorded();
    }

    [Fact]
    public async Task Packages_that_apt_cannot_install_end_the_run_before_anything_is_recorded()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root installs packages.");
        _host.Host.Answer("dpkg-query", "installed podman\n").Answer("apt-get", "E: Unable to locate package", exit: 100);
        var failure = await Assert.ThrowsAsync<PrerequisiteException>(() => _host.Ready().Install().RunAsync(Stop));
        Assert.Contains("E: Unable to locate package", failure.Message, StringComparison.Ordinal);
        NothingIsRecorded();
    }

    [Fact]
    public async Task What_stands_against_the_host_is_told_at_once_and_nothing_is_changed()
    {
        _host.Agent.State = new() { NetworkRefusals = ["eth0 carries this session."], MemoryBytes = 1 };
        var failure = await Assert.ThrowsAsync<InputException>(() => _host.Ready().Install(validations: true).RunAsync(Stop));
        Assert.True(failure.Diagnostics.Length > 1, failure.Message);
        Assert.Contains("eth0 carries this session.", failure.Message, StringComparison.Ordinal);
        NothingIsRecorded();
        Assert.DoesNotContain(_host.Host.Lines, line => line.StartsWith("apt-get", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_that_cannot_be_asked_ends_the_run_with_its_name()
    {
        _host.Agent.Failure = new("The node node-2 cannot be reached over SSH.", isUnreachable: true);
        var failure = await Assert.ThrowsAsync<InstallException>(() => _host.Ready().Install().RunAsync(Stop));
        Assert.Equal("The node node-2 cannot be reached over SSH.", failure.Message);
        NothingIsRecorded();
    }

    [Fact]
    public async Task A_damaged_record_of_the_newest_generation_makes_a_new_one()
    {
        await _host.Ready().Install().RunAsync(Stop);
        File.WriteAllText(Path.Combine(_host.State, "generations", "1", "generation.json"), "{\"number\": 1, \"sta");
        var outcome = await _host.Install().RunAsync(Stop);
        Assert.Equal((2, false), (outcome.Generation, outcome.Resumed));
        Assert.Equal([GenerationState.Failed, GenerationState.Applied], _host.Generations.All().Select(generation => generation.State));
    }

    [Fact]
    public async Task A_plan_that_is_damaged_on_disk_is_written_again_by_the_next_run()
    {
        await _host.Ready().Install().RunAsync(Stop);
        File.WriteAllText(Path.Combine(_host.State, "generations", "1", "plan.json"), "");
        Assert.Equal(1, (await _host.Install().RunAsync(Stop)).Generation);
        Assert.Equal("zed", _host.Generations.ReadPlan(1).Release);
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_ends_the_run_before_it_plays_and_frees_the_lock()
    {
        Directory.CreateDirectory(_host.State);
        File.WriteAllText(Path.Combine(_host.State, "generations"), "");
        await Assert.ThrowsAnyAsync<IOException>(() => _host.Ready().Install().RunAsync(Stop));
        Assert.False(_host.HasPlayed);
        File.Delete(Path.Combine(_host.State, "generations"));
        Assert.Equal(1, (await _host.Install().RunAsync(Stop)).Generation);
    }

    private static (int, string, string) Interrupted(CancellationTokenSource interrupt)
    {
        interrupt.Cancel();
        throw new OperationCanceledException(interrupt.Token);
    }

    private void NothingIsRecorded()
    {
        Assert.Null(_host.Generations.Newest());
        Assert.False(File.Exists(_host.Passwords));
        Assert.False(Directory.Exists(_host.Project));
        Assert.False(_host.HasPlayed);
    }
}
