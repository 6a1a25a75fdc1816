using Undercloud.Heat.Diagnostics;

namespace Undercloud.Heat.Yaml;

/// <summary>Reads YAML 1.1 as PyYAML's SafeLoader does, with places and limits.</summary>
public static class YamlReader
{
    /// <summary>The maximum nesting depth of collections; PyYAML's own limit is Python's stack.</summary>
    public const int DepthLimit = 200;

    /// <summary>The maximum number of nodes of a document with its aliases written out.</summary>
    public const int NodeLimit = 1_000_000;

    /// <summary>
    /// The document's root; a null scalar when the text is empty. Null when the text cannot be read, which is reported.
    /// </summary>
    public static YamlNode? Read(string text, string path, DiagnosticBag diagnostics)
    {
        var findings = new DiagnosticBag();
        try
        {
            var root = new YamlComposer(text, path, findings).Compose();
            diagnostics.AddRange(findings.All);
            return findings.HasErrors ? null : root;
        }
        catch (YamlSyntaxException exception)
        {
            var sentence = char.ToUpperInvariant(exception.Message[0]) + exception.Message[1..];
            diagnostics.Error(
                new(path, exception.Line, exception.Column), exception.Code,
                exception.Code == "YAML001" ? $"This is not YAML: {exception.Message}." : $"{sentence}.");
            return null;
        }
    }
}
