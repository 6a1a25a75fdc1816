using Undercloud.Deploy.Events;
using Undercloud.Deploy.Generations;
using Undercloud.Host.Failures;
using Undercloud.Host.Operations;
using Undercloud.Tests.Output;

namespace Undercloud.Tests.Install;

public sealed class PackageUpgradesTests : IDisposable
{
    private const string Newer = "Inst openssl [1-1] (1-2 Debian:12.8/stable [amd64])\n";

    private readonly FakeInstallation _installation = new();
    private readonly Heard _heard = new();

    public PackageUpgradesTests() => _installation.Events.Subscribe(_heard);

    public void Dispose() => _installation.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IEnumerable<string> Apt => _installation.Host.Lines.Where(line => line.Contains("apt-get", StringComparison.Ordinal));

    [Fact]
    public async Task The_packages_are_upgraded_on_every_node_and_named()
    {
        _installation.Host.Do("apt-get -o DPkg::Lock::Timeout=300 --simulate", _ => (0, Newer, "")).Do("ssh", _ => (0, "", ""));
        Assert.True(await new PackageUpgrades(_installation.Context).RunAsync(_installation.Applied("there"), Stop));
        Assert.Equal(["here: upgraded 1 package: openssl 1-2", "there: every package is up to date"], _heard.All.OfType<Note>().Select(note => note.Text));
        Assert.Contains(_installation.Host.Ran, command => command.Program == "ssh" && command.Arguments[^1].Contains("apt-get", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failure_names_the_node_and_says_what_stays()
    {
        _installation.Host.Answer("apt-get -o DPkg::Lock::Timeout=300 update", "E: The repository is gone.", exit: 100);
        var failure = await Assert.ThrowsAsync<InstallException>(() => new PackageUpgrades(_installation.Context).RunAsync(_installation.Applied(), Stop));
        Assert.StartsWith("The packages of here could not be upgraded.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("E: The repository is gone.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Packages that are upgraded already stay so", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_upgrades_packages_only_on_request_and_before_it_records_the_plan()
    {
        _installation.Host.Answer("apt-get -o DPkg::Lock::Timeout=300 --simulate", Newer);
        _installation.Ready();
        await Operation(packages: false).RunAsync(Stop);
        Assert.Empty(Apt);
        var outcome = await Operation(packages: true).RunAsync(Stop);
        Assert.True(outcome.Changed);
        Assert.Equal(["update -q", "--simulate -q", "--download-only -q", "Dpkg::Options::=--force-confold -q"], Apt.Select(line => string.Join(' ', line.Replace(" --with-new-pkgs upgrade", "", StringComparison.Ordinal).Split(' ')[^2..])));
        Assert.Equal(["Plan", "Checks", "Prerequisites", "Packages", "Record"], _heard.All.OfType<PhaseStarted>().Select(phase => phase.Name).SkipWhile(name => name != "Endpoints").Skip(1).Take(5));
    }

    [Fact]
    public async Task Packages_that_cannot_be_upgraded_end_the_run_before_a_generation_is_recorded()
    {
        _installation.Ready().Host.Answer("apt-get", "no", exit: 100);
        await Assert.ThrowsAsync<InstallException>(() => Operation(packages: true).RunAsync(Stop));
        Assert.Null(_installation.Generations.Newest());
    }

    [Fact]
    public async Task A_dry_run_lists_the_upgrades_and_makes_none()
    {
        _installation.Ready().Host.Answer("apt-get", Newer);
        var operation = Operation(packages: true, InstallGoal.Plan);
        await operation.RunAsync(Stop);
        Assert.Equal("openssl", Assert.Single(Assert.Single(operation.Upgrades).Packages).Name);
        Assert.Equal(["apt-get -o DPkg::Lock::Timeout=300 --simulate -q --with-new-pkgs upgrade"], Apt);
    }

    [Fact]
    public async Task A_way_back_says_that_the_packages_stay()
    {
        _installation.Host.Answer("apt-get -o DPkg::Lock::Timeout=300 --simulate", Newer);
        _installation.Ready();
        await Operation(packages: false).RunAsync(Stop);
        var former = _installation.Generations.ReadPlan(1) with { Notes = ["former"] };
        _installation.Generations.Write(_installation.Generations.Newest()! with { PlanHash = former.Hash }, former);
        var update = new InstallOperation(
            _installation.Context with { Fault = Fault.Parse("endpoints:error") },
            new(_installation.Request(), "update", InstallGoal.Apply) { RollsBack = true, UpgradesPackages = true });
        var failure = await Assert.ThrowsAsync<RolledBackException>(() => update.RunAsync(Stop));
        Assert.EndsWith("The packages of the host that this run has upgraded stay so.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(GenerationState.Applied, _installation.Generations.Newest()!.State);
    }

    [Fact]
    public async Task A_check_lists_the_packages_of_all_nodes_as_parts_that_need_the_option()
    {
        _installation.Ready().Host.Answer("apt-get", Newer);
        await Operation(packages: false).RunAsync(Stop);
        var part = Assert.Single(await new UpdateCheck(_installation.Context).RunAsync(_installation.Request(), Stop), part => part.NeedsPackages);
        Assert.Equal(("package", "openssl", "1-1 is installed, the archive has 1-2"), (part.Kind, part.Name, part.Reason));
    }

    [Fact]
    public async Task A_node_that_cannot_tell_its_upgrades_is_a_warning()
    {
        _installation.Host.Answer("apt-get", "no", exit: 100);
        Assert.Empty(await new PackageUpgrades(_installation.Context).ListAsync(_installation.Applied(), Stop));
        Assert.StartsWith("Which packages of here can be upgraded could not be found out.", Assert.Single(_heard.All.OfType<Warning>()).Text, StringComparison.Ordinal);
    }

    private InstallOperation Operation(bool packages, InstallGoal goal = InstallGoal.Apply) =>
        new(_installation.Context, new(_installation.Request(), "update", goal) { UpgradesPackages = packages });
}
