using Undercloud.Heat.Diagnostics;
using YamlDotNet.Core;

namespace Undercloud.Heat.Yaml;

/// <summary>Reads YAML 1.1 the way PyYAML's SafeLoader does, with places and bounds.</summary>
public static class YamlReader
{
    /// <summary>Collections may be nested this deep; PyYAML's own limit is Python's stack.</summary>
    public const int DepthLimit = 200;

    /// <summary>The nodes a document may have once its aliases are written out.</summary>
    public const int NodeLimit = 1_000_000;

    private const int RepairLimit = 200;

    // Deeper than this, repairing would cost more than it is worth.
    private const int LargestIndentation = 100;

    /// <summary>
    /// The document's root; a null scalar when the text is empty. Null when the text cannot be read, which is then reported.
    /// </summary>
    public static YamlNode? Read(string text, string path, DiagnosticBag diagnostics)
    {
        for (var attempt = 0; ; attempt++)
        {
            var findings = new DiagnosticBag();
            try
            {
                var root = new YamlComposer(text, path, findings).Compose();
                diagnostics.AddRange(findings.All);
                return findings.HasErrors ? null : root;
            }
            catch (YamlException exception)
            {
                if (attempt < RepairLimit && Repaired(text, exception) is { } repaired)
                {
                    text = repaired;
                    continue;
                }

                diagnostics.AddRange(findings.All);
                diagnostics.Error(
                    new(path, (int)exception.Start.Line, (int)exception.Start.Column), "YAML001", $"This is not YAML: {Sentence(exception)}");
                return null;
            }
        }
    }

    private static string? Repaired(string text, YamlException exception)
    {
        var start = 0;
        for (var line = 1; line < exception.Start.Line; line++)
            start = text.IndexOf('\n', start) + 1;
        start += (int)exception.Start.Column - 1;
        return exception.Message.Contains("wrong indentation", StringComparison.Ordinal) ? Indented(text, start) : Spaced(text, start - 1);
    }

    // PyYAML takes "{get_attr:[a, b]}" for a mapping although no blank follows the colon, and templates have that; YamlDotNet
    // stops behind the colon.
    private static string? Spaced(string text, int colon) =>
        colon > 0 && colon + 1 < text.Length && text[colon] == ':' && ",[]{}".Contains(text[colon + 1]) ? text.Insert(colon + 1, " ") : null;

    // PyYAML does not mind where the later lines of a quoted scalar begin, and templates have that; YamlDotNet wants them indented.
    // Blanks at their beginnings are never part of the value.
    private static string? Indented(string text, int start)
    {
        var quote = start < text.Length ? text[start] : ' ';
        if (quote is not ('"' or '\''))
            return null;
        var end = start + 1;
        while (end < text.Length && text[end] != quote)
            end += quote == '"' && text[end] == '\\' ? 2 : 1;
        var indentation = new string(' ', Math.Min(start - text.LastIndexOf('\n', start), LargestIndentation));
        var lines = text[start..Math.Min(end, text.Length)].Split('\n');
        var indented = string.Join('\n', lines.Select((line, i) => i == 0 || line.StartsWith(indentation, StringComparison.Ordinal) ? line : indentation + line));
        return indented.Length == end - start ? null : text[..start] + indented + text[Math.Min(end, text.Length)..];
    }

    private static string Sentence(YamlException exception) =>
        exception.Message.Replace("  ", " ", StringComparison.Ordinal).Replace("While", "while", StringComparison.Ordinal).TrimEnd('.') + ".";
}
