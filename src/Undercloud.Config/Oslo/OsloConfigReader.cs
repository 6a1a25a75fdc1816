using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>
/// Reads oslo.config's INI dialect line by line (source: oslo.config 9). Where oslo.config stops at the first error, this reader reports it
/// and continues.
/// </summary>
public sealed class OsloConfigReader
{
    private readonly string _path;
    private readonly DiagnosticBag _diagnostics;
    private readonly ImmutableArray<ConfigSection>.Builder _sections = ImmutableArray.CreateBuilder<ConfigSection>();
    private readonly ImmutableArray<ConfigEntry>.Builder _entries = ImmutableArray.CreateBuilder<ConfigEntry>();
    private readonly List<string> _values = [];
    private string? _section;
    private string? _key;
    private SourceSpan _start;
    private bool _afterError;

    private OsloConfigReader(string path, DiagnosticBag diagnostics) => (_path, _diagnostics) = (path, diagnostics);

    /// <summary>The file's sections and assignments; syntax errors go to <paramref name="diagnostics"/>.</summary>
    public static OsloConfigFile Read(string text, string path, DiagnosticBag diagnostics)
    {
        var reader = new OsloConfigReader(path, diagnostics);
        var lines = Lines(text);
        for (var i = 0; i < lines.Length; i++)
            reader.Line(PythonText.StripEnd(lines[i]), i + 1);
        reader.Flush();
        return new(path, reader._sections.ToImmutable(), reader._entries.ToImmutable());
    }

    /// <summary>
    /// The text's lines. Python opens text files with universal line ends. A byte order mark, which is a syntax error to
    /// oslo.config, is ignored.
    /// </summary>
    public static string[] Lines(string text) =>
        text.TrimStart('\ufeff').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');

    // line => blank | continuation | section | comment | assignment
    private void Line(string line, int number)
    {
        if (line.StartsWith(' ') || line.StartsWith('\t'))
        {
            Continuation(line, number);
            return;
        }

        Flush();
        _afterError = false;
        if (line.StartsWith('['))
            Section(line, number);
        else if (line.Length > 0 && line[0] is not ('#' or ';'))
            Assignment(line, number);
    }

    // continuation => ( ' ' | '\t' ) text; a blank line or a comment ends the value before it
    private void Continuation(string line, int number)
    {
        if (_key is not null)
            _values.Add(PythonText.StripStart(line));
        else if (!_afterError)
            Error(number, line.Length - PythonText.StripStart(line).Length + 1,
                "This line is indented, but there is no value above it to continue.",
                "Take the blanks at its beginning away; an indented line continues the value of the line above it.");
    }

    // section => '[' name ']'
    private void Section(string line, int number)
    {
        // oslo.config checks only the last character: "[a]b]" is the section "a]b".
        var name = line.EndsWith(']') ? line[1..^1] : line[1..].Split(']')[0];
        _section = name;
        if (!line.EndsWith(']'))
            Error(number, line.Length, "The section's name does not end with ']'.",
                "Write the name in brackets and nothing after them, e.g. [DEFAULT].");
        else if (name.Length == 0)
            Error(number, 1, "The section has no name.", "Write the name in brackets, e.g. [DEFAULT].");
        else
            _sections.Add(new(name, new(_path, number, 1)));
    }

    // assignment => key ( '=' | ':' ) value, whichever of the two comes first
    private void Assignment(string line, int number)
    {
        var separator = line.IndexOfAny(['=', ':']);
        if (separator < 0)
        {
            Error(number, 1, "The line is neither a section, a comment nor an assignment.",
                "Write it as name = value, or begin it with '#'.");
            return;
        }

        var key = PythonText.Strip(line[..separator]);
        if (key.Length == 0)
        {
            Error(number, separator + 1, "There is no name before the value.", "Write the line as name = value.");
            return;
        }

        if (_section is null)
        {
            Error(number, 1, "An option comes before any section.", "Write [DEFAULT] on a line of its own above it.");
            _section = OsloConfigFile.DefaultSection;
        }

        var rest = line[(separator + 1)..];
        var value = PythonText.Strip(rest);
        _key = key;
        _start = new(_path, number, separator + 2 + (value.Length == 0 ? 0 : rest.Length - PythonText.StripStart(rest).Length));
        _values.Add(Unquoted(value));
    }

    // Only the first line's quotes are removed, even a single one: oslo.config compares the first character with the last.
    private static string Unquoted(string value) =>
        value.Length > 0 && value[0] is '"' or '\'' && value[0] == value[^1] ? value.Length == 1 ? "" : value[1..^1] : value;

    private void Flush()
    {
        if (_key is not null)
            _entries.Add(new(_section!, _key, string.Join('\n', _values), _start) { LineCount = _values.Count });
        _key = null;
        _values.Clear();
    }

    private void Error(int line, int column, string message, string remedy)
    {
        _afterError = true;
        _diagnostics.Error(new SourceSpan(_path, line, column), ConfigCodes.Syntax, message, remedy);
    }
}
