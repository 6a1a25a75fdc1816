using System.Text;

namespace Undercloud.Config;

/// <summary>The lines of a file during its migration: unchanged lines stay as written.</summary>
internal sealed class MigratedLines
{
    private readonly string[] _lines;
    private readonly OsloConfigFile _file;
    private readonly Dictionary<int, string[]> _instead = [];
    private readonly Dictionary<string, List<string>> _added = new(StringComparer.Ordinal);

    /// <summary>The lines of the text that <paramref name="file"/> was read from.</summary>
    public MigratedLines(string[] lines, OsloConfigFile file) => (_lines, _file) = (lines, file);

    public bool IsChanged => _instead.Count > 0 || _added.Count > 0;

    /// <summary>Gives an assignment another name.</summary>
    public void Rename(ConfigEntry entry, string name) => _instead[First(entry)] = [Renamed(entry, name)];

    /// <summary>Gives an assignment another value, on one line.</summary>
    public void SetValue(ConfigEntry entry, string value)
    {
        var line = _lines[First(entry)];
        _instead[First(entry)] = [$"{line[..(line.IndexOfAny(['=', ':']) + 1)]} {value}"];
        for (var i = First(entry) + 1; i < End(entry); i++)
            _instead[i] = [];
    }

    /// <summary>Moves an assignment, and the comments right above it, to the end of a section.</summary>
    public void Move(ConfigEntry entry, string section, string name) =>
        Replace(entry, section, [Renamed(entry, name), .. _lines[(First(entry) + 1)..End(entry)]]);

    /// <summary>Removes an assignment, and moves the comments right above it to the end of a section, followed by other lines.</summary>
    public void Replace(ConfigEntry entry, string section, params string[] lines)
    {
        var comments = FirstComment(entry);
        var added = Added(section);
        if (added.Count > 0 && comments < First(entry))
            added.Add("");
        added.AddRange([.. _lines[comments..First(entry)], .. lines]);
        for (var i = comments; i < End(entry); i++)
            _instead[i] = [];
        // Of the blank lines around it one is kept.
        if (comments > 0 && IsBlank(comments - 1) && End(entry) < _lines.Length && IsBlank(End(entry)))
            _instead[End(entry)] = [];
    }

    /// <summary>Comments out an assignment, with a remark above.</summary>
    public void CommentOut(ConfigEntry entry, string remark)
    {
        for (var i = First(entry); i < End(entry); i++)
            _instead[i] = [$"#{_lines[i]}"];
        _instead[First(entry)] = [.. CommentLines.Of(remark), $"#{_lines[First(entry)]}"];
    }

    /// <summary>Comments out a section's header, with remarks above.</summary>
    public void CommentOutHeader(ConfigSection section, IEnumerable<string> remarks)
    {
        var line = section.Location.Line - 1;
        _instead[line] = [.. remarks.SelectMany(CommentLines.Of), $"#{_lines[line]}"];
    }

    /// <summary>Adds commented-out assignments at the ends of their sections, under a heading in each.</summary>
    public void AddComments(IEnumerable<(string Section, string Assignment)> assignments, string heading)
    {
        foreach (var section in assignments.GroupBy(pair => pair.Section))
            Added(section.Key).AddRange(["", .. CommentLines.Of(heading), .. section.Select(pair => $"#{pair.Assignment}")]);
    }

    /// <summary>The new text, with a line at its beginning if there is one to add.</summary>
    public string Write(string? head)
    {
        var ends = _added.Keys.Where(section => LastHeader(section) >= 0).ToLookup(EndOf);
        var text = new StringBuilder(head is null ? "" : $"{head}\n\n");
        // The last line end begins no new line.
        var count = _lines[^1].Length == 0 ? _lines.Length - 1 : _lines.Length;
        for (var i = 0; i < count; i++)
        {
            Append(text, _instead.GetValueOrDefault(i, [_lines[i]]));
            foreach (var section in ends[i])
                Append(text, i + 1 < count && !IsBlank(i + 1) ? [.. _added[section], ""] : _added[section]);
        }

        foreach (var (section, lines) in _added.Where(added => LastHeader(added.Key) < 0))
            Append(text, ["", $"[{section}]", .. lines.SkipWhile(line => line.Length == 0)]);
        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            text.Append(line).Append('\n');
    }

    private bool IsBlank(int line) => PythonText.Strip(_lines[line]).Length == 0;

    private static int First(ConfigEntry entry) => entry.Location.Line - 1;

    private static int End(ConfigEntry entry) => First(entry) + entry.LineCount;

    private int FirstComment(ConfigEntry entry)
    {
        var first = First(entry);
        while (first > 0 && (_lines[first - 1].StartsWith('#') || _lines[first - 1].StartsWith(';')))
            first--;
        return first;
    }

    private string Renamed(ConfigEntry entry, string name)
    {
        var line = _lines[First(entry)];
        return name + line[(line.IndexOf(entry.Name, StringComparison.Ordinal) + entry.Name.Length)..];
    }

    private List<string> Added(string section)
    {
        var key = _added.Keys.FirstOrDefault(known => OsloConfigFile.IsSameSection(known, section)) ?? section;
        return _added.TryGetValue(key, out var lines) ? lines : _added[key] = [];
    }

    // The line of the section's last header, or -1.
    private int LastHeader(string section) =>
        (_file.Sections.LastOrDefault(header => OsloConfigFile.IsSameSection(header.Name, section))?.Location.Line ?? 0) - 1;

    // Comments right above a header belong to the header when a blank line precedes them.
    private int AboveHeading(int header)
    {
        var first = header;
        while (header < _lines.Length && first > 0 && _lines[first - 1].StartsWith('#'))
            first--;
        return first > 0 && IsBlank(first - 1) ? first - 1 : header - 1;
    }

    // The last line of the section's last part that is neither blank nor a comment of the next section.
    private int EndOf(string section)
    {
        var header = LastHeader(section);
        var next = _file.Sections.Select(other => other.Location.Line - 1).Where(line => line > header).DefaultIfEmpty(_lines.Length).Min();
        var last = AboveHeading(next);
        while (last > header && IsBlank(last))
            last--;
        return last;
    }
}
