using System.Text;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Tests.Processes;

/// <summary>Programs with streams of bytes.</summary>
public sealed class PipeTests
{
    private static readonly ProcessRunner s_runner = new(TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_go_through_a_program_unchanged()
    {
        var content = new byte[3_000_000];
        new Random(1).NextBytes(content);
        using var copy = new MemoryStream();
        var result = await s_runner.PipeAsync(CommandLine.Of("cat"), async (input, stop) => await input.WriteAsync(content, stop), (output, stop) => output.CopyToAsync(copy, stop), Stop);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(content, copy.ToArray());
    }

    [Fact]
    public async Task A_program_that_ends_early_says_why_by_its_exit_code()
    {
        var result = await s_runner.PipeAsync(CommandLine.Of("sh", "-c", "head -c 10 >/dev/null; echo full >&2; exit 3"), (input, stop) => EndlesslyAsync(input, stop), null, Stop);
        Assert.Equal((3, "full\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_failure_at_either_end_ends_the_program()
    {
        var first = await Assert.ThrowsAsync<InstallException>(() => s_runner.PipeAsync(CommandLine.Of("cat"), (_, _) => throw new InstallException("no input"), (output, stop) => output.CopyToAsync(Stream.Null, stop), Stop));
        Assert.Equal("no input", first.Message);
        var second = await Assert.ThrowsAsync<InstallException>(() => s_runner.PipeAsync(CommandLine.Of("cat"), EndlesslyAsync, (_, _) => throw new InstallException("no output"), Stop));
        Assert.Equal("no output", second.Message);
    }

    [Fact]
    public async Task A_reader_that_has_enough_does_not_wait_for_the_rest()
    {
        var begin = new byte[3];
        var result = await s_runner.PipeAsync(CommandLine.Of("yes", "no"), null, async (output, stop) => await output.ReadExactlyAsync(begin, stop), Stop);
        Assert.Equal("no\n", Encoding.ASCII.GetString(begin));
        Assert.NotEqual(0, result.ExitCode);
    }

    [Fact]
    public async Task An_interruption_ends_the_program()
    {
        using var stop = new CancellationTokenSource(300);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => s_runner.PipeAsync(CommandLine.Of("sleep", "60"), EndlesslyAsync, null, stop.Token));
    }

    [Fact]
    public async Task Without_a_reader_the_output_is_text_and_a_missing_program_ends_with_127()
    {
        Assert.Equal("hello\n", (await s_runner.PipeAsync(CommandLine.Of("echo", "hello"), null, null, Stop)).Output);
        Assert.Equal(127, (await s_runner.PipeAsync(CommandLine.Of("undercloud-no-such-program"), null, null, Stop)).ExitCode);
    }

    private static async Task EndlesslyAsync(Stream input, CancellationToken stop)
    {
        var content = new byte[1 << 16];
        while (true)
            await input.WriteAsync(content, stop);
    }
}
