using Undercloud.Deploy.Events;
using Undercloud.Host.Checks;
using Undercloud.Host.Operations;
using Undercloud.Tests.Output;

namespace Undercloud.Tests.Install;

public sealed class RestartReportTests : IDisposable
{
    private readonly FakeInstallation _installation = new();
    private readonly Heard _heard = new();

    public RestartReportTests() => _installation.Events.Subscribe(_heard);

    public void Dispose() => _installation.Dispose();

    private IEnumerable<string> Warnings => _heard.All.OfType<Warning>().Select(warning => warning.Text);

    [Fact]
    public async Task Each_node_with_a_due_restart_has_one_line()
    {
        _installation.Agent.Restarts = new() { Units = [new("cron.service", "/usr/sbin/cron")] };
        _installation.Host.Answer("ssh", NodeReports.Write(new DueRestarts { Host = ["process 1 runs a replaced libc.so.6"] }));
        await new RestartReport(_installation.Context).WarnAsync(_installation.Applied("there"), TestContext.Current.CancellationToken);
        Assert.Equal(
            ["here: 1 unit runs replaced files: cron.service (cron). Restart: systemctl restart cron.service", "there: restart the host (systemctl reboot): process 1 runs a replaced libc.so.6."],
            Warnings);
    }

    [Fact]
    public async Task A_node_that_cannot_be_asked_is_a_warning_and_no_failure()
    {
        _installation.Agent.Failure = new("here cannot be asked");
        await new RestartReport(_installation.Context).WarnAsync(_installation.Applied(), TestContext.Current.CancellationToken);
        Assert.Equal("Whether a restart became necessary could not be found out. here cannot be asked", Assert.Single(Warnings));
    }
}
