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
                if (attempt < RepairLimit && Repaired(text, exception.Start) is { } repaired)
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

    // PyYAML takes "{get_attr:[a, b]}" for a mapping although no blank follows the colon, and templates have that; YamlDotNet
    // stops behind the colon.
    private static string? Repaired(string text, Mark mark)
    {
        var start = 0;
        for (var line = 1; line < mark.Line; line++)
            start = text.IndexOf('\n', start) + 1;
        var colon = start + (int)mark.Column - 2;
        return colon > 0 && colon + 1 < text.Length && text[colon] == ':' && ",[]{}".Contains(text[colon + 1])
            ? text.Insert(colon + 1, " ")
            : null;
    }

    private static string Sentence(YamlException exception) =>
        exception.Message.Replace("  ", " ", StringComparison.Ordinal).Replace("While", "while", StringComparison.Ordinal).TrimEnd('.') + ".";
}
