using System.Text;
using System.Text.Json;

namespace Undercloud.Heat.Diagnostics;

/// <summary>The place where a text stops being JSON, and why, in words about the text: the reader's own message is about its settings.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Why">A clause without a dot, e.g. "there is a comma before the closing ']'".</param>
/// <param name="IsComment">Whether it is a comment, which JSON does not have.</param>
public sealed record JsonMistake(int Line, int Column, string Why, bool IsComment)
{
    /// <summary>The remedy.</summary>
    public const string Remedy =
        "Look at this place and just before it: a comma, a colon, a quote or a bracket is missing, or one too many. Keys and texts are in double quotes.";

    /// <summary>The mistake in a text that a reader rejected.</summary>
    public static JsonMistake Of(string text, JsonException exception)
    {
        var (line, bytes) = ((int)(exception.LineNumber ?? 0), (int)(exception.BytePositionInLine ?? 0));
        var rest = text.Split('\n').ElementAtOrDefault(line) ?? "";
        var column = ColumnOf(rest, bytes);
        return new(line + 1, column + 1, Reason(text, line, column, exception), column < rest.Length && rest[column] is '/' or '#');
    }

    private static string Reason(string text, int line, int column, JsonException exception)
    {
        if (exception.Message.Contains("depth of", StringComparison.Ordinal))
            return "it is nested too deep";
        if (exception.LineNumber is null || exception.Message.Contains("could not be converted", StringComparison.Ordinal))
            return $"the value of {exception.Path ?? "an entry"} is of another kind than belongs there";
        var lines = text.Split('\n');
        var at = Math.Min(text.Length, lines.Take(line).Sum(before => before.Length + 1) + column);
        var rest = text.AsSpan(at).TrimStart();
        if (rest.IsEmpty)
            return "it ends before all is closed that it opens";
        if (rest[0] is ']' or '}' && text.AsSpan(0, at).TrimEnd() is [.., ','])
            return $"there is a comma before the closing '{rest[0]}'";
        return char.IsControl(rest[0]) || char.IsSurrogate(rest[0]) ? "there is a character that does not belong here" : $"'{rest[0]}' does not belong here";
    }

    // JSON's reader counts columns in bytes of UTF-8.
    private static int ColumnOf(string line, int bytes)
    {
        var column = 0;
        for (var used = 0; column < line.Length && used < bytes; column++)
            used += char.IsSurrogate(line[column]) ? 2 : Encoding.UTF8.GetByteCount(line.AsSpan(column, 1));
        return column;
    }
}
