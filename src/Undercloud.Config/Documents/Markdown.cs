namespace Undercloud.Config;

/// <summary>Text in Markdown.</summary>
internal static class Markdown
{
    /// <summary>A name or a value marked as code.</summary>
    public static string Code(string text) => $"`{text}`";

    /// <summary>A default as code; the words for none as plain text.</summary>
    public static string Value(string text) => text is "unset" or "empty" ? text : Code(text);

    /// <summary>Text for a cell of a table.</summary>
    public static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>The anchor that GitHub derives from a heading that is a name in backticks.</summary>
    public static string Anchor(string name) => name.ToLowerInvariant();
}
