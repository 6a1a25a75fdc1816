using Undercloud.Cli.Output;
using Undercloud.Deploy.Events;
using Undercloud.Deploy.Output;
using Undercloud.Host.Failures;
using Undercloud.Host.Images;
using Undercloud.Host.Output;
using Undercloud.Host.Processes;
using Undercloud.Tests.Output;

namespace Undercloud.Tests.Cli;

public sealed class RunEndTests
{
    [Fact]
    public void Every_end_has_the_exit_code_that_scripts_rely_on() => Assert.Equal(
        [3, 4, 4, 1, 1, 1, 1],
        new Exception[]
        {
            new InputException([]),
            new RefusedException("Another run is at work."),
            new OperationCanceledException(),
            new InstallException("A task failed."),
            new ImageBuildException("An image failed."),
            new IOException("No space left."),
            new HostCommandException(new(CommandLine.Of("podman"), 125, "", "")),
        }.Select(RunEnd.CodeOf));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_last_event_says_how_it_ended_without_secrets(bool interrupted)
    {
        using var events = new RunEvents(TimeProvider.System);
        var heard = new Heard();
        events.Subscribe(heard);
        events.Hide(new SecretMask(["hunter2-of-keystone"]));
        var text = RunEnd.Of(interrupted ? new OperationCanceledException() : new InstallException("The password hunter2-of-keystone is refused.\n"), events);
        Assert.Equal(interrupted ? "Interrupted." : "The password *** is refused.", text);
        var last = Assert.IsType<RunFailed>(heard.All[^1]);
        Assert.DoesNotContain("hunter2", $"{last}", StringComparison.Ordinal);
    }
}
