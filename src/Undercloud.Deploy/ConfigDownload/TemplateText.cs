using System.Buffers;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>
/// tripleo-common makes some files with templates that put values into YAML unquoted. This class gives the value that a YAML reader finds
/// there: null is the word None, a number in quotes is a number again. Where the text would break the file, it stays the original string.
/// </summary>
internal static class TemplateText
{
    private static readonly SearchValues<char> s_yamlLineEnds = SearchValues.Create("\n\r\x85\u2028\u2029");

    // The line ends Python's splitlines knows besides \n.
    private static readonly SearchValues<char> s_lineEnds = SearchValues.Create("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029");

    /// <summary>The value of a text behind a key.</summary>
    public static Value Plain(string? text)
    {
        var line = text?.TrimEnd('\n', '\r', '\x85', '\u2028', '\u2029');
        return line switch
        {
            null => "None",
            _ when line.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') => Yaml11.Resolve(line) ?? line,
            _ when line.AsSpan().ContainsAny(s_yamlLineEnds) => text!,
            _ => Read($"k: {line}\n") ?? text!,
        };
    }

    /// <summary>The value of a text in a literal block: with one line feed at its end, or with none.</summary>
    public static string Block(string text, bool lineEnd)
    {
        text = InLines(text);
        var body = text.Trim('\n');
        if (body.AsSpan().Trim(' ').IsEmpty)
            return "";

        // Blanks at the start of the first line become part of the block's indentation.
        if (body[0] == ' ' && Read($"k: {(lineEnd ? "|" : "|-")}\n{Indented(text)}\n") is StringValue read)
            return read.Text;
        text = text.TrimEnd('\n');
        return lineEnd ? text + "\n" : text;
    }

    /// <summary>The value of a text indented below a key; null when that is no YAML.</summary>
    public static Value? Nested(string text) => Read($"k:\n{Indented(InLines(text))}\n");

    // jinja2's filter indent splits a text at each of them.
    private static string InLines(string text) => text.AsSpan().ContainsAny(s_lineEnds)
        ? string.Concat(text.Replace("\r\n", "\n", StringComparison.Ordinal).Select(c => s_lineEnds.Contains(c) ? '\n' : c))
        : text;

    private static string Indented(string text) => string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : "    " + line));

    private static Value? Read(string document) =>
        YamlReader.Read(document, "", new DiagnosticBag())?.ToValue() is MapValue { Count: 1 } map ? map["k"] : null;
}
