using System.CommandLine;
using System.Text.Json;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Manifests;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Agent;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Cli.Commands.Agent;

/// <summary>The common options of all agent verbs: manifest, check and output format.</summary>
internal sealed class AgentVerb
{
    private readonly Option<string> _manifest;
    private readonly Option<bool> _check = new("--check") { Description = "Report the changes without making them." };
    private readonly Option<string> _format = new("--format", "-f")
    {
        Description = "json or text",
        DefaultValueFactory = _ => "text",
    };

    private AgentVerb(NodeLayout layout)
    {
        _manifest = new("--manifest") { Description = "The node's manifest.", DefaultValueFactory = _ => layout.ManifestFile };
        _format.AcceptOnlyFromAmong("json", "text");
    }

    /// <summary>The command of a verb: reads the manifest, runs <paramref name="run"/> and prints the result.</summary>
    public static Command Create(
        string name,
        string description,
        NodeLayout layout,
        IEnumerable<Option> options,
        Func<NodeRequest, CancellationToken, Task<NodeResult>> run)
    {
        var verb = new AgentVerb(layout);
        var command = new Command(name, description) { verb._manifest, verb._check, verb._format };
        foreach (var option in options)
            command.Add(option);
        command.SetAction(async (parsed, stop) =>
        {
            try
            {
                var result = await verb.RunAsync(parsed, run, stop);
                AgentOutput.Write(result, parsed.GetValue(verb._format) == "json", parsed.GetValue(verb._check));
                return result.Failed ? ExitCodes.Failed : ExitCodes.Done;
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync("Interrupted. Run it again to resume.");
                return ExitCodes.Interrupted;
            }
        });
        return command;
    }

    private async Task<NodeResult> RunAsync(
        ParseResult parsed, Func<NodeRequest, CancellationToken, Task<NodeResult>> run, CancellationToken stop)
    {
        var path = parsed.GetRequiredValue(_manifest);
        try
        {
            return await run(new(await ReadAsync(path, stop), parsed.GetValue(_check), parsed), stop);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HostCommandException)
        {
            return Failed(FailureWords.Of(exception));
        }
    }

    private static async Task<NodeManifest> ReadAsync(string path, CancellationToken stop)
    {
        if (!File.Exists(path))
            throw new IOException($"There is no manifest {path}. `undercloud install` stages it; --manifest names another file.");
        var text = await File.ReadAllTextAsync(path, stop);
        try
        {
            return ManifestJson.ReadManifest(text);
        }
        catch (JsonException exception)
        {
            var mistake = JsonMistake.Of(text, exception);
            throw new IOException($"{path}:{mistake.Line}:{mistake.Column} is no manifest: {mistake.Why}. `undercloud install` writes it again.", exception);
        }
    }

    private static NodeResult Failed(string message) => new(false, [], Failed: true, message);
}

/// <summary>The request to a verb.</summary>
internal sealed record NodeRequest(NodeManifest Manifest, bool Check, ParseResult Parsed);
