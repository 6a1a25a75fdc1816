using System.Text.RegularExpressions;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.Plans;

/// <summary>Finds the value that a message is about in an operator's file.</summary>
internal static partial class ValuePlace
{
    /// <summary>
    /// The place below a setting to which the keys and indices in a message lead (<c>….rules.300 web.dport[1] is …</c>), and how much of the
    /// message leads there; the setting's own, and 0, where they lead nowhere.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="setting">The place of the setting's key in it.</param>
    /// <param name="message">The message.</param>
    public static (SourceSpan Place, int Length) Find(InputFile file, SourceSpan setting, string message) =>
        YamlReader.Read(file.Text, file.Path, new()) is { } root && EntryAt(root, setting) is { } entry ? Below(entry.KeySpan, entry.Value, message, 0) : (setting, 0);

    /// <summary>The places of a parameter's key in an environment file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="parameter">The parameter's name.</param>
    public static IEnumerable<SourceSpan> OfParameter(InputFile file, string parameter) =>
        from section in (YamlReader.Read(file.Text, file.Path, new()) as YamlMapping)?.Entries ?? []
        where section.Key is "parameter_defaults" or "parameters"
        from entry in (section.Value as YamlMapping)?.Entries ?? []
        where entry.Key == parameter
        select entry.KeySpan;

    private static YamlEntry? EntryAt(YamlNode node, SourceSpan key)
    {
        foreach (var entry in (node as YamlMapping)?.Entries ?? [])
        {
            if (entry.KeySpan == key)
                return entry;
            if (EntryAt(entry.Value, key) is { } found)
                return found;
        }

        return null;
    }

    private static (SourceSpan Place, int Length) Below(SourceSpan place, YamlNode node, string message, int at)
    {
        switch (node)
        {
            case YamlMapping map when map.Entries.Select(inner => (inner, Start: Start(message, $".{inner.Key}", at))).Where(found => found.Start >= 0).ToList() is [var (inner, start)]:
                return Below(inner.KeySpan, inner.Value, message, start + inner.Key.Length + 1);
            // Any index of the path may be this list's: the one that leads furthest is.
            case YamlSequence list when at == 0 && Indices(message).Where(found => found.Index < list.Items.Length).Select(found => Below(list.Items[found.Index].Span, list.Items[found.Index], message, found.End))
                .OrderBy(found => found.Length).LastOrDefault() is { Length: > 0 } found:
                return found;
            case YamlSequence list when at > 0 && Enumerable.Range(0, list.Items.Length).FirstOrDefault(i => message.IndexOf($"[{i}]", at, StringComparison.Ordinal) == at, -1) is >= 0 and var index:
                return Below(list.Items[index].Span, list.Items[index], message, at + $"[{index}]".Length);
            default:
                return (place, at);
        }
    }

    // The indices in a path, up to the first that ends it.
    private static IEnumerable<(int Index, int End)> Indices(string message)
    {
        foreach (Match match in IndexPattern().Matches(message))
        {
            if (int.TryParse(match.Groups[1].ValueSpan, out var index))
                yield return (index, match.Index + match.Length);
            if (match.Index + match.Length == message.Length || message[match.Index + match.Length] == ' ')
                yield break;
        }
    }

    // The end of a key in a path: the path continues, or the sentence does.
    private static int Start(string message, string key, int from)
    {
        for (var start = message.IndexOf(key, from, StringComparison.Ordinal); start >= 0; start = message.IndexOf(key, start + 1, StringComparison.Ordinal))
        {
            var end = start + key.Length;
            if (end == message.Length || message[end] is '.' or ' ' or '[')
                return start;
        }

        return -1;
    }

    [GeneratedRegex(@"\[([0-9]{1,9})\]")]
    private static partial Regex IndexPattern();
}
