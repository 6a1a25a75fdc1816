using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Undercloud.Cli.Output;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Evaluation;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Cli.Commands.Templates;

/// <summary><c>undercloud template eval</c>: evaluates a HOT snippet or a YAQL expression, or many of them in a batch.</summary>
public static class TemplateEvalCommand
{
    private const int InputLimit = BatchEvaluator.LineLimit;
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Create() => Create(
        () => new StreamReader(Console.OpenStandardInput(), s_utf8, detectEncodingFromByteOrderMarks: false),
        () => new StreamWriter(Console.OpenStandardOutput(), s_utf8),
        () => Console.Error,
        atTerminal: !Console.IsInputRedirected);

    /// <summary>The command with the given streams for standard input, output and error.</summary>
    /// <param name="openInput">Opens standard input.</param>
    /// <param name="openOutput">Opens standard output.</param>
    /// <param name="openErrors">Opens standard error.</param>
    /// <param name="atTerminal">Whether standard input is a terminal, so that it has no data for an expression.</param>
    public static Command Create(Func<TextReader> openInput, Func<TextWriter> openOutput, Func<TextWriter> openErrors, bool atTerminal = false)
    {
        var batch = new Option<bool>("--batch") { Description = "Answer requests on standard input, one JSON object a line, with one line each." };
        var yaql = new Option<string?>("--yaql") { Description = "Evaluate this YAQL expression; standard input, unless it is a terminal, contains the data as JSON.", HelpName = "EXPRESSION" };
        var hot = new Option<string?>("--hot") { Description = "Evaluate this HOT snippet, in YAML; - reads it from standard input.", HelpName = "SNIPPET" };
        var version = new Option<string>("--template-version")
        {
            Description = "The heat_template_version of the snippet.",
            HelpName = "VERSION",
            DefaultValueFactory = _ => "wallaby",
        };
        var format = new Option<string>("-f", "--format") { Description = "How to print: json or yaml.", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "yaml");
        var command = new Command("eval", "Evaluate a HOT snippet or a YAQL expression as Heat does.") { batch, yaql, hot, version, format };
        command.Validators.Add(result => OnlyOne(result, result.GetValue(batch), result.GetValue(yaql) is not null, result.GetValue(hot) is not null));
        command.SetAction(async (parsed, stop) =>
        {
            using var input = openInput();
            await using var output = openOutput();
            if (parsed.GetValue(batch))
            {
                await BatchEvaluator.RunAsync(input, output, stop);
                return ExitCodes.Done;
            }

            var result = parsed.GetValue(yaql) is { } expression
                ? await EvaluateYaqlAsync(expression, atTerminal ? TextReader.Null : input, stop)
                : await EvaluateHotAsync(parsed.GetRequiredValue(hot)!, parsed.GetRequiredValue(version), input, stop);
            return Print(result, parsed.GetValue(format) == "yaml", output, openErrors());
        });
        return command;
    }

    private static void OnlyOne(CommandResult result, params bool[] given)
    {
        if (given.Count(one => one) != 1)
            result.AddError("Give one of --batch, --yaql and --hot.");
    }

    private static async Task<EvaluationResult> EvaluateYaqlAsync(string expression, TextReader input, CancellationToken stop)
    {
        if (await ReadAsync(input, stop) is not { } text)
            return EvaluationResult.Failed($"The data are longer than {InputLimit} characters.");
        try
        {
            return YaqlEvaluation.Evaluate(expression, text.AsSpan().Trim().IsEmpty ? Value.Null : PythonJson.Read(text));
        }
        catch (System.Text.Json.JsonException exception)
        {
            return EvaluationResult.Failed($"The data are not JSON: {exception.Message}.");
        }
    }

    private static async Task<EvaluationResult> EvaluateHotAsync(string snippet, string version, TextReader input, CancellationToken stop)
    {
        if ((snippet == "-" ? await ReadAsync(input, stop) : snippet) is not { } text)
            return EvaluationResult.Failed($"The snippet is longer than {InputLimit} characters.");
        var findings = new DiagnosticBag();
        return YamlReader.Read(text, "snippet", findings) is { } node
            ? SnippetEvaluator.Evaluate(new(node, version))
            : new(null, findings.All);
    }

    private static async Task<string?> ReadAsync(TextReader input, CancellationToken stop)
    {
        var buffer = new char[16 * 1024];
        var text = new StringBuilder();
        // Only the wait can be cancelled: a blocked read from a terminal does not notice a cancellation.
        while (await input.ReadAsync(buffer.AsMemory(), stop).AsTask().WaitAsync(stop) is > 0 and var read)
        {
            if (text.Append(buffer, 0, read).Length > InputLimit)
                return null;
        }

        return text.ToString();
    }

    private static int Print(EvaluationResult result, bool yaml, TextWriter output, TextWriter errors)
    {
        if (result.Value is not { } value)
        {
            foreach (var finding in result.Diagnostics)
                errors.WriteLine(finding);
            return ExitCodes.Failed;
        }

        output.Write(yaml ? YamlWriter.Write(value) : PythonJson.Write(value) + "\n");
        return ExitCodes.Done;
    }
}
