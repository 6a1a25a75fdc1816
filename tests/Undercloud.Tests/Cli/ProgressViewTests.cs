using Undercloud.Cli.Output;
using Undercloud.Deploy.Events;
using Undercloud.Deploy.Output;
using Undercloud.Host.Output;

namespace Undercloud.Tests.Cli;

public sealed class ProgressViewTests
{
    [Fact]
    public void Without_a_terminal_every_phase_and_task_is_a_line()
    {
        var output = new StringWriter();
        using (var events = new RunEvents(TimeProvider.System))
        {
            events.Subscribe(new ProgressView(output, terminal: false, TimeProvider.System));
            events.Phase("Step 1");
            events.Now("Bring up the containers");
            events.Publish(new TaskProgress("Bring up the containers", "mysql"));
            events.Publish(new TaskDone("n", "Bring up the containers", 1, true, "create container mysql"));
            events.Publish(new TaskDone("n", "Look at it", 1, false, null));
            events.Publish(new ResourceChanged("n", "container", "mysql", "create", null));
            events.Line("done");
            events.Warn("beware");
        }

        Assert.Equal(
            """
            [00:00] == Step 1
            [00:00]    Bring up the containers
            [00:00]    Bring up the containers: mysql
            [00:00]    Bring up the containers: create container mysql
            [00:00]    done
            beware

            """,
            output.ToString());
    }

    [Fact]
    public void As_json_every_event_is_a_line_that_is_read_back_equal()
    {
        var output = new StringWriter();
        using var events = new RunEvents(TimeProvider.System);
        events.Subscribe(new JsonLines(output));
        events.Hide(new SecretMask(["secret"]));
        events.Publish(new RunStarted("install", "/root/undercloud.conf"));
        events.Publish(new TaskFailed("n", "Make it", "it said: secret"));
        var lines = output.ToString().TrimEnd('\n').Split('\n');
        Assert.StartsWith("{\"event\":\"run_started\",\"command\":\"install\",\"config_path\":\"/root/undercloud.conf\",\"time\":", lines[0]);
        Assert.Equal("it said: ***", Assert.IsType<TaskFailed>(RunEventJson.Read(lines[1])).Text);
    }
}
