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

    /// <summary>
    /// The document's root; a null scalar when the text is empty. Null when the text cannot be read, which is then reported.
    /// </summary>
    public static YamlNode? Read(string text, string path, DiagnosticBag diagnostics)
    {
        try
        {
            return new YamlComposer(text, path, diagnostics).Compose();
        }
        catch (YamlException exception)
        {
            // Prose, not YamlDotNet's "(Line: 3, Col: 1, Idx: 20) - (…): message".
            var message = exception.InnerException is YamlException inner ? inner.Message : exception.Message;
            diagnostics.Error(
                new(path, (int)exception.Start.Line, (int)exception.Start.Column), "YAML001", $"This is not YAML: {message.TrimEnd('.')}.");
            return null;
        }
    }
}
