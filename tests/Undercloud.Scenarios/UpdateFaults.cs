namespace Undercloud.Scenarios;

/// <summary>
/// Forced failures of an update: in each phase an error or a kill before and after its work, a kill in each step, a task of a service that fails, a container that
/// never becomes healthy, a full disk, a restart of the host. Each ends with the former undercloud, or is resumed and goes back by hand; not one row, object or image is lost.
/// </summary>
[Trait("scenario", "update-faults")]
[Trait("sandbox", "faults")]
public sealed class UpdateFaults(SandboxHost host) : IClassFixture<SandboxHost>
{
    private const string Update = "undercloud update -y --keep-images", GoBack = "undercloud rollback -y --with-data";
    private const string Template = "~/undercloud/templates/deployment/placement/placement-api-container.yaml";
    private const int Failed = 1, ChecksFailed = 3, RolledBack = 5, Killed = 137;

    /// <summary>The phases of the update that this scenario makes, and whether their failure finds a recorded plan to go back from.</summary>
    private static readonly (string Phase, bool Before, bool After)[] s_phases =
        [("plan", false, false), ("checks", false, false), ("prerequisites", false, false), ("record", false, true), ("databases", true, true), ("apply", true, true), ("endpoints", true, true)];

    /// <summary>Every error in a phase, with the exit code of the run.</summary>
    public static TheoryData<string, int> Errors => new(s_phases.SelectMany(phase => new[]
    {
        ($"{phase.Phase}:error", phase.Before ? RolledBack : Failed), ($"{phase.Phase}:late-error", phase.After ? RolledBack : Failed),
    }).Append(("images:error", Failed)));

    /// <summary>Every kill in a phase, with the command that follows it.</summary>
    public static TheoryData<string, string> Kills => new(s_phases.SelectMany(phase => new[]
    {
        ($"{phase.Phase}:kill", phase.Before ? GoBack : Update), ($"{phase.Phase}:late-kill", Update),
    }).Append(("images:kill", Update)));

    [Fact(Explicit = true)]
    public void An_undercloud_with_data_and_a_newer_image() => host.Step(() =>
    {
        Shell.Undercloud(["install", $"--sandbox={SandboxHost.Name}", .. SandboxHost.ReleaseOption]).Expect();
        KeptData.Make();
        KeptData.RenewImages(KeptData.Migrating);
        SandboxHost.Bash($"podman tag localhost/undercloud/placement:{SandboxHost.Release} localhost/undercloud/placement:next").Expect();
    });

    [Theory(Explicit = true)]
    [MemberData(nameof(Errors))]
    public void An_update_that_fails_in_a_phase_leaves_the_former_undercloud(string fault, int exit) => host.Step(() =>
    {
        Renew();
        SandboxHost.Bash($"UNDERCLOUD_FAULT={fault} {CommandFor(fault)}").Expect(exit);
        KeptData.CheckBeginning();
    });

    [Theory(Explicit = true)]
    [MemberData(nameof(Kills))]
    public void An_update_that_is_killed_in_a_phase_is_resumed_or_goes_back(string fault, string next) => host.Step(() =>
    {
        Renew();
        SandboxHost.Bash($"UNDERCLOUD_FAULT={fault} {CommandFor(fault)}").Expect(Killed);
        if (next == Update)
            Resume();
        GoesBack();
    });

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void An_update_that_is_killed_in_a_step_is_resumed(int step) => host.Step(() =>
    {
        UpdateUntil(step, "kill -9 -- -$pid; pkill -9 ansible-playbook");
        Resume();
        GoesBack();
    });

    [Theory(Explicit = true)]
    [InlineData(3)]
    [InlineData(4)]
    public void An_update_is_resumed_after_a_restart_of_the_host(int step) => host.Step(() =>
    {
        UpdateUntil(step, ":");
        Shell.Undercloud("sandbox", "restart", SandboxHost.Name).Expect();
        Assert.Equal("good", SandboxHost.Until("podman exec mysql true && echo good", "good", 120));
        Resume();
        GoesBack();
    });

    [Fact(Explicit = true)]
    public void A_task_of_a_service_that_fails_in_an_update_leads_back() => host.Step(() =>
    {
        Renew();
        SandboxHost.Bash($"sed -i '/service_name: placement/a\\      update_tasks: [{{name: Ask, ansible.builtin.fail: {{msg: Asked for.}}, when: step|int == 4}}]' {Template}").Expect();
        Assert.Contains("Asked for.", SandboxHost.Bash(Update).Expect(RolledBack).Error, StringComparison.Ordinal);
        SandboxHost.Bash($"sed -i '/update_tasks: /d' {Template}").Expect();
        KeptData.CheckBeginning();
    });

    [Fact(Explicit = true)]
    public void A_container_that_never_becomes_healthy_leads_back() => host.Step(() =>
    {
        SandboxHost.Bash("""
            printf '%s\n' 'FROM localhost/undercloud/placement:next' 'RUN printf "raise SystemExit(1)\n" > /usr/lib/python3/dist-packages/placement/deploy.py' | podman build --quiet --tag localhost/undercloud/placement:zed - >/dev/null
            """).Expect();
        Assert.Contains("placement_api", SandboxHost.Bash(Update).Expect(RolledBack).Error, StringComparison.Ordinal);
        KeptData.CheckBeginning();
    });

    [Fact(Explicit = true)]
    public void A_full_disk_is_found_before_the_update_and_leads_back_during_it() => host.Step(() =>
    {
        Renew();
        SandboxHost.Bash("mkdir -p /var/lib/undercloud/dumps && mount -t tmpfs -o size=4k,mode=700 full /var/lib/undercloud/dumps").Expect();
        var refused = SandboxHost.Bash(Update);
        var ran = SandboxHost.Bash($"{Update} --no-validations");
        SandboxHost.Bash("umount /var/lib/undercloud/dumps").Expect();
        Assert.Contains("HOST003", refused.Expect(ChecksFailed).Error, StringComparison.Ordinal);
        Assert.Contains("no space left", ran.Expect(RolledBack).Error, StringComparison.OrdinalIgnoreCase);
        KeptData.CheckBeginning();
    });

    // A way back gives the images their former names.
    private static void Renew() => SandboxHost.Bash($"podman tag localhost/undercloud/placement:next localhost/undercloud/placement:{SandboxHost.Release}").Expect();

    // With --keep-images there is nothing to do for images.
    private static string CommandFor(string fault) => fault.StartsWith("images", StringComparison.Ordinal) ? "undercloud update -y" : Update;

    private static void Resume()
    {
        SandboxHost.Bash(Update).Expect();
        Assert.Equal(KeptData.Next, KeptData.Revision());
        KeptData.Check();
    }

    private static void GoesBack()
    {
        SandboxHost.Bash(GoBack).Expect();
        KeptData.CheckBeginning();
    }

    // An update in the background, until it begins a step; then a command of the shell, in which $pid is the update's session.
    private static void UpdateUntil(int step, string then) => SandboxHost.Bash($$"""
        podman tag localhost/undercloud/placement:next localhost/undercloud/placement:{{SandboxHost.Release}}
        setsid {{Update}} > /tmp/update.log 2>&1 < /dev/null &
        pid=$!
        for i in $(seq 3000); do grep -q 'Step {{step}}' /tmp/update.log && break; sleep 0.1; done
        sleep 1
        {{then}}
        grep -q 'Step {{step}}' /tmp/update.log
        """).Expect();
}
