using System.Text;
using System.Threading.Channels;
using CsCheck;
using Undercloud.Heat.Evaluation;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat.Evaluation;

public sealed class BatchEvaluatorTests
{
    [Theory]
    [InlineData("", "the request is not JSON")]
    [InlineData("{", "the request is not JSON")]
    [InlineData("{\"hot\": 1} x", "the request is not JSON")]
    [InlineData("{\"hot\": \"\t\"}", "a control character stands in a string")]
    [InlineData("{\"hot\": 01}", "the request is not JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{}", "must have the key hot or the key yaql")]
    [InlineData("{\"hot\": 1, \"yaql\": \"1\"}", "cannot have both")]
    [InlineData("{\"yaql\": 1}", "the expression must be a string")]
    [InlineData("{\"hot\": 1}", "There is no heat_template_version null")]
    [InlineData("{\"hot\": 1, \"version\": \"rocky\", \"files\": [1]}", "files must be a map")]
    public void A_bad_request_gets_an_error(string line, string error) => Assert.Contains(error, Error(BatchEvaluator.Reply(line)));

    [Theory]
    [InlineData("[NaN, -Infinity, 1e400, -0.0, 1E2, 123456789012345678901234567890]", "[NaN, -Infinity, Infinity, -0.0, 100.0, 123456789012345678901234567890]")]
    [InlineData("[\"\\ud83d\\ude00\", \"\\ud800\", \"\\u00e9\\/\", \"\u00e9\"]", "[\"\\ud83d\\ude00\", \"\\ud800\", \"\\u00e9/\", \"\\u00e9\"]")]
    [InlineData("{\"a\": 1, \"b\": 2, \"a\": 3}", "{\"a\": 3, \"b\": 2}")]
    [InlineData("null", "null")]
    public void JSON_is_read_and_written_as_Python_does_it(string snippet, string result) =>
        Assert.Equal($$"""{"result": {{result}}}""", BatchEvaluator.Reply($$"""{"hot": {{snippet}}, "version": "rocky"}"""));

    [Fact]
    public void What_JSON_can_say_comes_back_unchanged() => ValueGenerator.Any.Sample(value =>
        PythonJson.Read(PythonJson.Write(value)).Equals(value));

    [Fact]
    public async Task Every_reply_is_there_before_the_next_request_is_read()
    {
        var requests = Channel.CreateUnbounded<string>();
        var replies = Channel.CreateUnbounded<string>();
        var batch = BatchEvaluator.RunAsync(new ChannelReader(requests), new FlushedWriter(replies), TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            await requests.Writer.WriteAsync($"{{\"hot\": {i}, \"version\":", TestContext.Current.CancellationToken);
            await requests.Writer.WriteAsync(" \"rocky\"}\n", TestContext.Current.CancellationToken);
            Assert.Equal($"{{\"result\": {i}}}\n", await replies.Reader.ReadAsync(TestContext.Current.CancellationToken));
        }

        requests.Writer.Complete();
        await batch;
    }

    [Fact]
    public async Task A_line_without_an_end_and_one_with_a_carriage_return_are_answered()
    {
        var replies = new StringWriter();
        await BatchEvaluator.RunAsync(
            new StringReader("{\"hot\": 1, \"version\": \"rocky\"}\r\n\n{\"hot\": 2, \"version\": \"rocky\"}"), replies, TestContext.Current.CancellationToken);
        var lines = replies.ToString().Split('\n');
        Assert.Equal(["{\"result\": 1}", "{\"result\": 2}", ""], [lines[0], .. lines[2..]]);
        Assert.Contains("error", lines[1]);
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_passed_over()
    {
        var long_ = new StringBuilder("{\"hot\": \"").Append('x', BatchEvaluator.LineLimit).Append("\", \"version\": \"rocky\"}\n{\"hot\": 2, \"version\": \"rocky\"}\n");
        var replies = new StringWriter();
        await BatchEvaluator.RunAsync(new StringReader(long_.ToString()), replies, TestContext.Current.CancellationToken);
        Assert.Equal($$"""{"error": "the request is longer than {{BatchEvaluator.LineLimit}} characters."}""" + "\n{\"result\": 2}\n", replies.ToString());
    }

    [Fact]
    public void Broken_requests_never_throw()
    {
        const string Request = """{"hot": [{"if": ["c", {"get_param": "p"}, "\u00e9"]}, {"str_replace": {"template": "a", "params": {"a": [1.5, null]}}}], "version": "rocky", "schema": {"p": {"type": "json", "default": {}}}, "conditions": {"c": {"not": {"equals": [1, 2]}}}}""";
        Gen.Select(Gen.Int[0, Request.Length - 1], Gen.Int[0, 9], Gen.OneOf("", "{", "}", "[", "]", ":", ",", "\"", "\\", "\\ud800", "null", "-1", "1e9", "\"\"", "{}"))
            .Sample((at, length, put) => Assert.NotEqual("", BatchEvaluator.Reply(Request.Remove(at, int.Min(length, Request.Length - at)).Insert(at, put))), iter: 4000);
    }

    private static string Error(string reply) => ((StringValue)((MapValue)PythonJson.Read(reply))["error"]!).Text;

    // Hands out what is there, as a pipe does.
    private sealed class ChannelReader(Channel<string> channel) : TextReader
    {
        public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            if (!await channel.Reader.WaitToReadAsync(cancellationToken))
                return 0;
            var part = await channel.Reader.ReadAsync(cancellationToken);
            part.CopyTo(buffer.Span);
            return part.Length;
        }
    }

    // What is not flushed does not get out.
    private sealed class FlushedWriter(Channel<string> channel) : StringWriter
    {
        public override async Task FlushAsync(CancellationToken cancellationToken)
        {
            await channel.Writer.WriteAsync(ToString(), cancellationToken);
            GetStringBuilder().Clear();
        }
    }
}
