namespace Undercloud.Tests.Images;

/// <summary>The driver for dnsmasq of Neutron's image, with a stub of Neutron's own driver, which calls its methods in the order of Neutron's source.</summary>
public sealed class DnsmasqDriverTests : IDisposable
{
    private const string Stub = """
        class Dnsmasq:
            def __init__(self, active, wanted, broken=0):
                self.active, self.wanted, self.broken = active, wanted, broken
            def enable(self):
                while not self._enable():
                    print('failed')
            def _enable(self):
                if self.active:
                    self.disable(retain_port=True, block=True)
                if self.wanted:
                    print('port', 'answered' if self.active else 'unanswered')
                    if self.broken:
                        self.broken -= 1
                        return False
                    self.spawn_process()
                return True
            def restart(self):
                self.disable(retain_port=True, block=True)
                self.enable()
            def disable(self, retain_port=False, block=False):
                print('end', retain_port, block)
                self.active = False
            def spawn_process(self):
                print('start', 'beside' if self.active else 'alone')
                self.active = True
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public DnsmasqDriverTests()
    {
        var package = Directory.CreateDirectory(Path.Combine(_directory, "neutron", "agent", "linux")).FullName;
        File.WriteAllText(Path.Combine(package, "dhcp.py"), Stub);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("Dnsmasq(True, True).enable()", "port answered", "end True True", "start alone")]
    [InlineData("Dnsmasq(True, True).restart()", "port answered", "end True True", "start alone")]
    [InlineData("Dnsmasq(False, True).enable()", "port unanswered", "start alone")]
    public void A_dnsmasq_answers_until_its_successor_has_its_port(string call, params string[] order) => Assert.Equal(order, Run(call));

    [Fact]
    public void A_dnsmasq_answers_while_the_setup_of_the_port_fails() =>
        Assert.Equal(["port answered", "failed", "port answered", "end True True", "start alone"], Run("Dnsmasq(True, True, broken=1).enable()"));

    [Fact]
    public void A_network_without_DHCP_keeps_no_dnsmasq() => Assert.Equal(["end True True"], Run("Dnsmasq(True, False).restart()"));

    [Fact]
    public void The_agent_ends_a_dnsmasq_at_once() => Assert.Equal(["end False False", "end True False"], Run("d = Dnsmasq(True, True); d.disable(); d.disable(retain_port=True)"));

    private string[] Run(string call) =>
        ImagePython.Run($"from undercloud_dnsmasq import Dnsmasq\n{call}", _directory).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
