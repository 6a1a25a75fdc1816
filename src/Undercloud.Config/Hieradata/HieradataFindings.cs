using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>The findings about hieradata: one finding for all keys with the same problem.</summary>
public static class HieradataFindings
{
    private const string Remedy =
        "Set the options themselves, in parameter_defaults of an environment file: <Service>ConfigOverrides: {file: {section: {option: value}}} (docs/configuration.md).";

    /// <summary>The keys that set nothing, by name and place.</summary>
    public static IEnumerable<Diagnostic> Untranslated(ImmutableArray<UntranslatedKey> keys)
    {
        if (!keys.IsEmpty)
            yield return Finding(HieradataCodes.Unknown, "These keys of hieradata have no counterpart here, and no effect:",
                [.. keys.Select(key => (key.Key, key.Reason))], Remedy);
    }

    /// <summary>The keys that would set an option of a file, or a parameter, that no service of this undercloud has.</summary>
    public static IEnumerable<Diagnostic> WithoutService(IEnumerable<TranslatedKey> keys)
    {
        ImmutableArray<(HieradataKey, string?)> named = [.. keys.DistinctBy(key => key.Key).Select(key => (key.Key, (string?)(key.Target.File.Length > 0 ? key.Target.File : key.Target.Parameter)))];
        if (!named.IsEmpty)
            yield return Finding(HieradataCodes.NoService, "These keys of hieradata have no effect, as no service of this undercloud has the file:",
                named, "Take them out, or add the service.");
    }

    private static Diagnostic Finding(string code, string message, ImmutableArray<(HieradataKey Key, string? Note)> keys, string remedy)
    {
        var list = string.Join(", ", keys.Select(key => $"{key.Key.Name} ({Parts(key.Key, key.Note)})").Select(item => item.Replace(" ()", "", StringComparison.Ordinal)));
        return new(Severity.Warning, code, $"{message} {list}.", keys[0].Key.Location, remedy);
    }

    private static string Parts(HieradataKey key, string? note) =>
        string.Join(": ", new[] { key.Location is { } place ? $"{place.Path}:{place.Line}" : null, note }.OfType<string>());
}
