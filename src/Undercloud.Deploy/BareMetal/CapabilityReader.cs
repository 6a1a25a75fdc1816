using System.Collections.Immutable;
using Undercloud.Deploy.Reading;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.BareMetal;

/// <summary>Capabilities: "a:1,b:2", or a map.</summary>
internal static class CapabilityReader
{
    /// <summary>The capabilities in the text; an entry without a colon is dropped.</summary>
    public static ImmutableSortedDictionary<string, string> Parse(string text) =>
        Split(text).Where(pair => pair.Length == 2).Aggregate(Empty(), (all, pair) => all.SetItem(pair[0].Trim(), pair[1].Trim()));

    /// <summary>The capabilities in Ironic's form.</summary>
    public static string Write(ImmutableSortedDictionary<string, string> capabilities) => string.Join(',', capabilities.Select(pair => $"{pair.Key}:{pair.Value}"));

    public static ImmutableSortedDictionary<string, string> Read(ValueCursor given, string? profile)
    {
        var capabilities = given.Value switch
        {
            _ when given.IsEmpty => Empty(),
            StringValue text => OfText(text.Text, given),
            MapValue => OfMap(given),
            _ => Refused(given, $"capabilities must be a string or a map, not {given.Value.TypeName}."),
        };
        return profile is null ? capabilities : capabilities.SetItem("profile", profile);
    }

    private static ImmutableSortedDictionary<string, string> OfText(string text, ValueCursor given) =>
        Split(text).FirstOrDefault(pair => pair.Length < 2) is { } bad ? Refused(given, $"The capability '{bad[0]}' has no value.") : Parse(text);

    private static ImmutableSortedDictionary<string, string> OfMap(ValueCursor map)
    {
        var all = Empty();
        foreach (var (key, item) in map.Entries().Where(entry => !entry.Item.IsNull))
        {
            // Python's form of a boolean.
            var text = item.Value is BooleanValue ? PythonText.Str(item.Value) : Scalars.Text(item.Value);
            if (text is null || text.Contains(',') || key.AsSpan().ContainsAny(',', ':'))
                Refused(item, $"The capability '{key}' must be a string or a number without a comma.");
            else
                all = all.SetItem(key, text);
        }

        return all;
    }

    private static ImmutableSortedDictionary<string, string> Refused(ValueCursor given, string message)
    {
        given.Error(message, "Say e.g. profile:compute,boot_mode:uefi.");
        return Empty();
    }

    private static IEnumerable<string[]> Split(string text) => text.Split(',').Select(one => one.Split(':', 2));

    private static ImmutableSortedDictionary<string, string> Empty() => ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
