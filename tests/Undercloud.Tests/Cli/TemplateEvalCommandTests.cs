using System.CommandLine;
using Undercloud.Cli.Commands.Templates;
using Undercloud.Cli.Output;

namespace Undercloud.Tests.Cli;

public sealed class TemplateEvalCommandTests
{
    [Fact]
    public async Task A_batch_is_answered_line_by_line()
    {
        var (code, output, _) = await Run(
            """
            {"hot": {"list_join": ["-", [{"get_param": "a"}, "b"]]}, "version": "rocky", "parameters": {"a": "x"}}
            no json
            {"hot": {"get_file": "f"}, "version": "2013-05-23", "files": {"f": "text"}}
            """,
            "--batch");
        Assert.Equal(ExitCodes.Done, code);
        var lines = output.Split('\n');
        Assert.Equal("""{"result": "x-b"}""", lines[0]);
        Assert.StartsWith("""{"error": "the request is not JSON:""", lines[1]);
        Assert.Equal(["""{"result": "text"}""", ""], lines[2..]);
    }

    [Fact]
    public async Task A_snippet_is_printed_as_JSON()
    {
        var (code, output, errors) = await Run("", "--hot", "{map_merge: [{b: 1}, {a: [0755]}]}");
        Assert.Equal((ExitCodes.Done, "{\"b\": 1, \"a\": [493]}\n", ""), (code, output, errors));
    }

    [Fact]
    public async Task A_snippet_may_come_from_standard_input_and_be_printed_as_YAML()
    {
        var (code, output, _) = await Run("str_split: [',', 'a,b']\n", "--hot", "-", "-f", "yaml", "--template-version", "rocky");
        Assert.Equal((ExitCodes.Done, "- a\n- b\n"), (code, output));
    }

    [Fact]
    public async Task A_snippet_that_fails_says_why_and_where()
    {
        var (code, output, errors) = await Run("", "--hot", "a: {list_concat: [x]}");
        Assert.Equal((ExitCodes.Failed, ""), (code, output));
        Assert.Contains("list_concat: only lists can be concatenated, not string \"x\".", errors);
        Assert.Contains("snippet:1:5", errors);
    }

    [Theory]
    [InlineData("--hot", "{a: [}")]
    [InlineData("--hot", "{get_param: x}")]
    [InlineData("--hot", "1", "--template-version", "nope")]
    public async Task What_cannot_be_evaluated_ends_with_an_error(params string[] arguments)
    {
        var (code, output, errors) = await Run("", arguments);
        Assert.Equal((ExitCodes.Failed, ""), (code, output));
        Assert.NotEqual("", errors);
    }

    [Theory]
    [InlineData]
    [InlineData("--batch", "--hot", "1")]
    [InlineData("--yaql", "1", "--hot", "1")]
    [InlineData("--hot", "1", "-f", "table")]
    public void One_way_to_ask_must_be_chosen(params string[] arguments) =>
        Assert.NotEmpty(TemplateEvalCommand.Create().Parse(arguments).Errors);

    [Fact]
    public async Task At_a_terminal_an_expression_has_no_data()
    {
        using var output = new StringWriter();
        using var never = new NeverReader();
        var command = TemplateEvalCommand.Create(() => never, () => output, () => output, atTerminal: true);
        Assert.Equal(ExitCodes.Done, await command.Parse(["--yaql", "$"]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal("null\n", output.ToString());
    }

    [Theory]
    [InlineData("--batch")]
    [InlineData("--hot", "-")]
    [InlineData("--yaql", "1")]
    public async Task Waiting_for_input_can_be_interrupted(params string[] arguments)
    {
        using var output = new StringWriter();
        using var never = new NeverReader();
        using var stop = new CancellationTokenSource();
        var run = TemplateEvalCommand.Create(() => never, () => output, () => output).Parse(arguments)
            .InvokeAsync(new() { EnableDefaultExceptionHandler = false }, stop.Token);
        await never.Asked;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private static async Task<(int Code, string Output, string Errors)> Run(string input, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var command = TemplateEvalCommand.Create(() => new StringReader(input), () => output, () => errors);
        var code = await command.Parse(arguments).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }

    // A terminal at which nobody types, and which takes no notice of a wish to stop.
    private sealed class NeverReader : TextReader
    {
        private readonly TaskCompletionSource _asked = new();

        public Task Asked => _asked.Task;

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            _asked.TrySetResult();
            return new(new TaskCompletionSource<int>().Task);
        }
    }
}
