using System.Collections.Immutable;
using System.Text;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>A template's text with its tags filled in, which knows where each part of it was written.</summary>
/// <param name="Text">The text.</param>
/// <param name="Parts">Where parts begin in the text and in the template; what a tag stands for is a part of its own.</param>
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

    /// <summary>The place in the template of a place in the text.</summary>
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

    /// <summary>The text in braces, as instack-undercloud put it into its own.</summary>
    public NetConfigText InBraces() => this with
    {
        Text = new StringBuilder(Text.Length + 2).Append('{').Append(Text).Append('}').ToString(),
        Parts = [.. Parts.Select(part => (part.Start + 1, part.Source, part.IsTag)).Prepend((0, 0, true))],
    };
}
