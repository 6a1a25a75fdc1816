using System.Collections.Immutable;
using System.Text;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>A template's text with its tags replaced, which knows the original place of each of its parts.</summary>
/// <param name="Text">The text.</param>
/// <param name="Parts">The start of each part in the text and in the template; the text of a tag is a part of its own.</param>
/// <param name="Template">The template's text.</param>
/// <param name="Path">The template's path.</param>
internal sealed record NetConfigText(string Text, ImmutableArray<(int Start, int Source, bool IsTag)> Parts, string Template, string Path)
{
    /// <summary>The place in the template of a character of the text.</summary>
    public SourceSpan PlaceOf(int index)
    {
        var part = Parts.LastOrDefault(part => part.Start <= index);
        return PlaceIn(Template, Path, part.IsTag ? part.Source : part.Source + index - part.Start);
    }

    /// <summary>The place in the template of a line and column of the text.</summary>
    public SourceSpan PlaceOf(SourceSpan place)
    {
        var start = 0;
        for (var line = 1; line < place.Line; line++)
            start = Text.IndexOf('\n', start) + 1;
        return PlaceOf(Math.Min(Text.Length, start + Math.Max(1, place.Column) - 1));
    }

    /// <summary>The place of a character of any text.</summary>
    public static SourceSpan PlaceIn(string text, string path, int index)
    {
        var before = text.AsSpan(0, Math.Min(index, text.Length));
        return new(path, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    /// <summary>The text in braces, which instack-undercloud added by itself.</summary>
    public NetConfigText InBraces() => this with
    {
        Text = new StringBuilder(Text.Length + 2).Append('{').Append(Text).Append('}').ToString(),
        Parts = [.. Parts.Select(part => (part.Start + 1, part.Source, part.IsTag)).Prepend((0, 0, true))],
    };
}
