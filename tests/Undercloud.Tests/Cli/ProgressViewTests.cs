using Undercloud.Cli.Output;

namespace Undercloud.Tests.Cli;

public sealed class ProgressViewTests
{
    [Fact]
    public void Without_a_terminal_every_phase_and_task_is_a_line()
    {
        var output = new StringWriter();
        var log = new List<string>();
        using (var view = new ProgressView(output, terminal: false, TimeProvider.System, log.Add))
        {
            view.Phase("Step 1");
            view.Now("Bring up the containers");
            view.Line("done");
        }

        Assert.Equal("[00:00] == Step 1\n[00:00]    Bring up the containers\n[00:00]    done\n", output.ToString());
        Assert.Contains("Step 1: Bring up the containers", log);
    }
}
