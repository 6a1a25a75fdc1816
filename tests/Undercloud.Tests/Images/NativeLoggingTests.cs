namespace Undercloud.Tests.Images;

/// <summary>The module of the images that keeps the locks of logging native under uwsgi, with stubs of oslo.log and eventlet.</summary>
public sealed class NativeLoggingTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public NativeLoggingTests()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "oslo_log"));
        Directory.CreateDirectory(Path.Combine(_directory, "eventlet"));

        // Without these files, packages of the host would be preferred.
        Write("oslo_log/__init__.py", "");
        Write("eventlet/__init__.py", "");
        Write("oslo_log/log.py", "def _fix_eventlet_logging():\n print('green')\ndef setup():\n _fix_eventlet_logging()\n print('set up')\n");
        Write("eventlet/patcher.py", "patched = False\ndef is_monkey_patched(module):\n return patched and module == 'thread'\n");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("", "set up\n")]
    [InlineData("import eventlet.patcher", "set up\n")]
    [InlineData("import eventlet.patcher; eventlet.patcher.patched = True", "green\nset up\n")]
    public void Locks_are_green_only_where_threads_are(string before, string said) =>
        Assert.Equal(said, Run($"import undercloud_logging\n{before}\nfrom oslo_log import log\nlog.setup()"));

    [Fact]
    public void An_oslo_log_without_green_locks_is_left_alone()
    {
        Write("oslo_log/log.py", "def setup():\n print('set up')\n");
        Assert.Equal("set up\n", Run("import undercloud_logging\nfrom oslo_log import log\nlog.setup()"));
    }

    private string Run(string program) => ImagePython.Run(program, _directory);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory, name), text);
}
