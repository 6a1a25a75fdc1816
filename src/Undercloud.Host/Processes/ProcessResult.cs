using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Undercloud.Host.Processes;

/// <summary>How a program ended. A failure is a value, not an exception: it carries the command and what it said.</summary>
/// <param name="Command">What was run.</param>
/// <param name="ExitCode">Its exit code; 127 when the program is not there, 124 when it took too long.</param>
/// <param name="Output">Its standard output, empty when lines were followed.</param>
/// <param name="Error">Its standard error.</param>
public sealed record ProcessResult(CommandLine Command, int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The result, or an exception with command, exit code and the tail of what it said.</summary>
    /// <exception cref="HostCommandException">The program failed.</exception>
    public ProcessResult OrThrow() => Succeeded ? this : throw new HostCommandException(this);

    /// <summary>The JSON that the program printed.</summary>
    /// <param name="type">What it is read as.</param>
    /// <exception cref="HostCommandException">The program failed, or printed nothing, or something else.</exception>
    public T Json<T>(JsonTypeInfo<T> type) where T : class => Read(() => JsonSerializer.Deserialize(Output, type) ?? throw new JsonException());

    /// <summary>What a reader makes of the JSON that the program printed.</summary>
    /// <param name="read">The reader; what it returns must not refer to the document.</param>
    /// <exception cref="HostCommandException">The program failed, or printed nothing, or JSON of another shape, or something else.</exception>
    public T Json<T>(Func<JsonElement, T> read) => Read(() =>
    {
        using var document = JsonDocument.Parse(Output);
        return read(document.RootElement);
    });

    private T Read<T>(Func<T> read)
    {
        OrThrow();
        try
        {
            return read();
        }
        // The last three: the JSON has no such property, has it with another type, or with a number out of range.
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new HostCommandException(this, $"ended without an error, but did not print the JSON that is expected. {Printed()}");
        }
    }

    private string Printed()
    {
        const int Longest = 200;
        var text = Output.Trim();
        return text.Length == 0 ? $"It printed nothing.\n{Tail()}" : $"It printed: {(text.Length > Longest ? text[..Longest] + " …" : text)}";
    }

    /// <summary>The last <paramref name="lines"/> lines of standard error, or of standard output when that is empty.</summary>
    public string Tail(int lines = 15)
    {
        var text = string.IsNullOrWhiteSpace(Error) ? Output : Error;
        return string.Join('\n', text.TrimEnd().Split('\n').TakeLast(lines));
    }
}
