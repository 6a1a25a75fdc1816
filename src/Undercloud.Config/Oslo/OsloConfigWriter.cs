namespace Undercloud.Config;

/// <summary>Writes assignments that <see cref="OsloConfigReader"/> and oslo.config read back as the same text.</summary>
public static class OsloConfigWriter
{
    /// <summary>
    /// One assignment with its line ends. Null when the format cannot express the text: a line after the first that is empty or
    /// has blanks around it, or a carriage return.
    /// </summary>
    public static string? Assignment(string name, string text)
    {
        var lines = text.Split('\n');
        if (text.Contains('\r') || lines[1..].Any(line => line.Length == 0 || PythonText.Strip(line) != line))
            return null;
        var first = NeedsQuotes(lines[0]) ? $"\"{lines[0]}\"" : lines[0];
        var value = Interpolation.Escape(string.Join("\n    ", [first, .. lines[1..]]));
        return value.Length == 0 || value[0] == '\n' ? $"{name} ={value}\n" : $"{name} = {value}\n";
    }

    private static bool NeedsQuotes(string line) =>
        PythonText.Strip(line) != line || (line.Length > 0 && line[0] is '"' or '\'' && line[0] == line[^1]);
}
