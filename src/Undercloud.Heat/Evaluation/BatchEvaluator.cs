using System.Text;
using System.Text.Json;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Evaluation;

/// <summary>
/// Answers evaluation requests, one JSON object per line: <c>{"hot": …, "version": …}</c> or <c>{"yaql": …, "data": …}</c> with
/// <c>{"result": …}</c> or <c>{"error": "…"}</c>. No content of a line ends the program.
/// </summary>
public static class BatchEvaluator
{
    /// <summary>The maximum length of a line in characters; the rest of a longer line is read and dropped.</summary>
    public const int LineLimit = 16 * 1024 * 1024;

    /// <summary>Answers every line of <paramref name="requests"/> in order, each before the next one is read.</summary>
    public static async Task RunAsync(TextReader requests, TextWriter replies, CancellationToken stop)
    {
        var lines = new LimitedLineReader(requests, LineLimit);
        while (await lines.ReadAsync(stop) is { } line)
        {
            await replies.WriteAsync(line.TooLong ? Error($"the request is longer than {LineLimit} characters.") : Reply(line.Text));
            await replies.WriteAsync('\n');
            await replies.FlushAsync(stop);
        }
    }

    /// <summary>The reply to one request, without its line end.</summary>
    public static string Reply(string line)
    {
        try
        {
            var result = PythonJson.Read(line) is MapValue request ? Evaluate(request) : EvaluationResult.Failed("the request must be a JSON object.");
            return result.Value is { } value ? Write("result", value) : Error(result.Error);
        }
        catch (JsonException exception)
        {
            return Error($"the request is not JSON: {exception.Message}.");
        }
    }

    private static EvaluationResult Evaluate(MapValue request) => (request["hot"], request["yaql"]) switch
    {
        (not null, null) => SnippetEvaluator.Evaluate(Hot(request)),
        (null, StringValue expression) => YaqlEvaluation.Evaluate(expression.Text, request["data"] ?? Value.Null),
        (null, not null) => EvaluationResult.Failed("yaql: the expression must be a string."),
        (null, null) => EvaluationResult.Failed("the request must have the key hot or the key yaql."),
        _ => EvaluationResult.Failed("the request cannot have both the keys hot and yaql."),
    };

    private static EvaluationRequest Hot(MapValue request) => new(SnippetNodes.Of(request["hot"]!), request["version"] ?? Value.Null)
    {
        Parameters = Map(request, "parameters"),
        Schema = Part(request, "schema"),
        Conditions = Part(request, "conditions") ?? MapValue.Empty,
        ParameterDefaults = Map(request, "parameter_defaults"),
        Files = Map(request, "files"),
    };

    // A part that is null counts as missing.
    private static Value? Part(MapValue request, string name) => request[name] is NullValue ? null : request[name];

    // Heat: a value that is false in Python counts as an empty map here.
    private static Value Map(MapValue request, string name) => request[name] is { } value && !PythonTruth.IsFalse(value) ? value : MapValue.Empty;

    private static string Error(string reason) => Write("error", reason);

    private static string Write(string key, Value value)
    {
        var reply = new StringBuilder($"{{\"{key}\": ");
        PythonJson.Write(reply, value);
        return reply.Append('}').ToString();
    }
}
