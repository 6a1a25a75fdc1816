using System.Diagnostics;
using Undercloud.Host.Processes;

namespace Undercloud.Tests.Processes;

/// <summary>Real programs, short ones.</summary>
public sealed class ProcessRunnerTests
{
    private static readonly ProcessRunner s_runner = new(TimeProvider.System);

    [Fact]
    public async Task Output_and_exit_code_come_back()
    {
        var result = await RunAsync("echo out; echo err >&2; exit 3");
        Assert.Equal((3, "out\n", "err\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task A_program_that_is_not_there_ends_with_127() =>
        Assert.Equal(127, (await s_runner.RunAsync(CommandLine.Of("undercloud-no-such-program"), TestContext.Current.CancellationToken)).ExitCode);

    [Fact]
    public async Task A_program_that_is_not_there_is_named_when_it_was_to_have_the_terminal()
    {
        var failure = await Assert.ThrowsAsync<HostCommandException>(() => s_runner.AttachAsync(CommandLine.Of("undercloud-no-such-program", "x"), TestContext.Current.CancellationToken));
        Assert.Contains("undercloud-no-such-program is not installed, or not in the PATH.", failure.Message);
    }

    [Fact]
    public async Task Input_that_nobody_reads_does_not_outlast_the_time_given()
    {
        var clock = Stopwatch.StartNew();
        var result = await s_runner.RunAsync(
            Shell("sleep 60") with { Input = new string('x', 1 << 20), Timeout = TimeSpan.FromMilliseconds(300) }, TestContext.Current.CancellationToken);
        Assert.Equal(124, result.ExitCode);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task Input_that_nobody_reads_does_not_outlast_a_cancellation()
    {
        using var stop = new CancellationTokenSource(300);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => s_runner.RunAsync(Shell("sleep 60") with { Input = new string('x', 1 << 20) }, stop.Token));
    }

    [Fact]
    public async Task A_program_that_writes_much_before_it_reads_gets_its_input()
    {
        var result = await s_runner.RunAsync(
            Shell("head -c 1000000 /dev/zero | tr '\\0' 'y'; echo; wc -c") with { Input = new string('x', 300_000), Timeout = TimeSpan.FromSeconds(30) },
            TestContext.Current.CancellationToken);
        Assert.EndsWith("\n300000\n", result.Output);
    }

    [Fact]
    public async Task A_grandchild_that_holds_the_pipe_does_not_hold_the_run()
    {
        var clock = Stopwatch.StartNew();
        var result = await RunAsync("sleep 8 & echo $!");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(7), $"{clock.Elapsed}");
        Assert.Equal(0, result.ExitCode);
        Signals.Send(int.Parse(result.Output), Signals.Kill);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task All_that_a_program_has_started_is_ended_with_it(bool ownSession)
    {
        using var stop = new CancellationTokenSource();
        var child = 0;

        // The child does not end by itself when the one that started it does.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => s_runner.FollowAsync(
            Shell("sh -c 'echo $$; exec sleep 60' & wait") with { OwnSession = ownSession },
            line =>
            {
                child = int.Parse(line.Text);
                stop.Cancel();
            },
            stop.Token));
        Assert.True(child > 0);
        Assert.False(Signals.IsThere(child) && ProcessTree.ParentOf(child) > 1);
    }

    [Fact]
    public void Of_output_without_end_the_latest_is_kept()
    {
        var text = new OutputText(10);
        foreach (var number in Enumerable.Range(0, 100))
            text.AddLine($"{number}");
        Assert.EndsWith("98\n99\n", text.ToString());
        Assert.StartsWith("(the beginning is left out)\n", text.ToString());
        Assert.InRange(text.ToString().Length, 10, 60);
    }

    [Theory]
    [InlineData("a\nb\r\nc\rd", "a|b|c|d")]
    [InlineData("a\n\n\r\nb\n", "a|||b")]
    [InlineData("", "")]
    [InlineData("abcdefgh\nij", "abc|def|gh|ij")]
    public async Task Lines_end_as_they_do_anywhere_and_are_not_longer_than_is_good(string text, string lines)
    {
        foreach (var reader in new TextReader[] { new StringReader(text), new SlowReader(text) })
        {
            var read = new List<string>();
            await LineReader.ReadAsync(reader, read.Add, longest: 3);
            Assert.Equal(lines, string.Join('|', read));
        }
    }

    private static CommandLine Shell(string script) => CommandLine.Of("sh", "-c", script);

    private static Task<ProcessResult> RunAsync(string script) => s_runner.RunAsync(Shell(script), TestContext.Current.CancellationToken);

    // A character at a time: ends of lines come in two pieces.
    private sealed class SlowReader(string text) : TextReader
    {
        private int _next;

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override Task<int> ReadAsync(char[] buffer, int index, int count) => Task.FromResult(Read(buffer.AsSpan(index, count)));

        public override int Read(Span<char> buffer)
        {
            if (_next == text.Length)
                return 0;
            buffer[0] = text[_next++];
            return 1;
        }
    }
}
