using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.Plans;

/// <summary>Finds the value that a message is about in an operator's file.</summary>
internal static class ValuePlace
{
    /// <summary>
    /// The place below a setting to which the keys and indices in a message lead (<c>….rules.300 web.dport[1] is …</c>); the setting's own
    /// where they lead nowhere.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="setting">The place of the setting's key in it.</param>
    /// <param name="message">The message.</param>
    public static SourceSpan Find(InputFile file, SourceSpan setting, string message) =>
        YamlReader.Read(file.Text, file.Path, new()) is { } root && EntryAt(root, setting) is { } entry ? Below(entry, message) : setting;

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

    private static SourceSpan Below(YamlEntry entry, string message)
    {
        var (place, node, at) = (entry.KeySpan, entry.Value, 0);
        while (true)
        {
            switch (node)
            {
                case YamlMapping map when map.Entries.Select(inner => (inner, Start: Start(message, $".{inner.Key}", at))).Where(found => found.Start >= 0).ToList() is [var (inner, start)]:
                    (place, node, at) = (inner.KeySpan, inner.Value, start + inner.Key.Length + 1);
                    break;
                case YamlSequence list when Enumerable.Range(0, list.Items.Length).FirstOrDefault(i => message.IndexOf($"[{i}]", at, StringComparison.Ordinal) == at, -1) is >= 0 and var index:
                    (place, node, at) = (list.Items[index].Span, list.Items[index], at + $"[{index}]".Length);
                    break;
                default:
                    return place;
            }
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
}
