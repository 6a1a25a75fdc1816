using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Undercloud.Host.Processes;

/// <summary>The result of a program. A failure is a value, not an exception: it carries the command and its output.</summary>
/// <param name="Command">The command.</param>
/// <param name="ExitCode">The exit code; 127 when the program does not exist, 124 when it exceeded its time limit.</param>
/// <param name="Output">Standard output; empty when lines were followed.</param>
/// <param name="Error">Standard error.</param>
public sealed record ProcessResult(CommandLine Command, int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The result of a program that succeeded; otherwise an exception with command, exit code and the end of the output.</summary>
    /// <exception cref="HostCommandException">The program failed.</exception>
    public ProcessResult OrThrow() => Succeeded ? this : throw new HostCommandException(this);

    /// <summary>The JSON that the program printed, as a type.</summary>
    /// <param name="type">The type to read.</param>
    /// <exception cref="HostCommandException">The program failed, or did not print such JSON.</exception>
    public T Json<T>(JsonTypeInfo<T> type) where T : class => Read(() => JsonSerializer.Deserialize(Output, type) ?? throw new JsonException());

    /// <summary>The JSON that the program printed, converted by a function.</summary>
    /// <param name="read">The function; its result must not refer to the document.</param>
    /// <exception cref="HostCommandException">The program failed, or did not print JSON of the expected shape.</exception>
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
        // The last three exceptions: a property is missing, has another type, or a number out of range.
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
