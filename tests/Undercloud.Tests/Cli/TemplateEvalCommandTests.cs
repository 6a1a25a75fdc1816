using System.CommandLine;
using Undercloud.Cli;
using Undercloud.Cli.Commands;

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

    private static async Task<(int Code, string Output, string Errors)> Run(string input, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var command = TemplateEvalCommand.Create(() => new StringReader(input), () => output, () => errors);
        var code = await command.Parse(arguments).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }
}
