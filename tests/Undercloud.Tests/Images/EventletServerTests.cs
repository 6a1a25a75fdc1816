using System.Diagnostics;

namespace Undercloud.Tests.Images;

/// <summary>The program of the images that runs a server of eventlet's, with a stub of eventlet.</summary>
public sealed class EventletServerTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public EventletServerTests()
    {
        Write("eventlet.py", "class wsgi:\n class Server: process_request = None\n class HttpProtocol: handle_one_response = None\nclass greenio:\n class GreenSocket: accept = None\npatcher = sleep = None\n");
        Write("loaded.py", "print('loaded', flush=True)\n");
        Write("program", "#!/usr/bin/python3\nimport sys\n\nfrom loaded import __name__ as name\n\nif __name__ == '__main__':\n    print('works', *sys.argv[1:], flush=True)\n    sys.stdin.read()\n");
    }

    public void Dispose()
    {
        Directory.Delete(_directory, recursive: true);
        File.Delete("/dev/shm/loaded");
    }

    [Fact]
    public async Task Of_two_programs_with_a_lock_the_second_loads_beside_the_first_and_works_when_the_first_has_ended()
    {
        Assert.SkipUnless(File.Exists(Python), $"There is no {Python}.");
        var stop = TestContext.Current.CancellationToken;
        using var first = Start("first");
        using var second = Started(first) ? Start("second") : null;
        Assert.Equal("loaded", await second!.StandardOutput.ReadLineAsync(stop));
        var works = second.StandardOutput.ReadLineAsync(stop).AsTask();
        await Task.WhenAny(works, Task.Delay(500, stop));
        Assert.False(works.IsCompleted);
        first.StandardInput.Close();
        await first.WaitForExitAsync(stop);
        Assert.Equal("works second", await works);
        second.StandardInput.Close();
        await second.WaitForExitAsync(stop);
        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));

        static bool Started(Process process) => process.StandardOutput.ReadLine() == "loaded" && process.StandardOutput.ReadLine() == "works first";
    }

    [Fact]
    public async Task A_plugin_that_cannot_be_loaded_is_left_to_the_program()
    {
        Assert.SkipUnless(File.Exists(Python), $"There is no {Python}.");
        Directory.CreateDirectory(Path.Combine(_directory, "p-1.dist-info"));
        Write("p-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: p\nVersion: 1\n");
        Write("p-1.dist-info/entry_points.txt", "[drivers]\nbroken = nowhere:Driver\nsound = driver:Driver\n");
        Write("driver.py", "Driver = print('driver', flush=True)\n");
        var stop = TestContext.Current.CancellationToken;
        using var process = Start("first", "--load", "drivers");
        process.StandardInput.Close();
        Assert.Equal("loaded\ndriver\nworks first\n", await process.StandardOutput.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
    }

    private Process Start(string word, params string[] options) => Process.Start(
        new ProcessStartInfo(Python, [Path.Combine(Repository.Root, "images", "files", "eventlet-server"), "--alone", Path.Combine(_directory, "lock"), .. options, Path.Combine(_directory, "program"), word])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["PYTHONPATH"] = _directory, ["PYTHONDONTWRITEBYTECODE"] = "1" },
        })!;

    private void Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }
}
