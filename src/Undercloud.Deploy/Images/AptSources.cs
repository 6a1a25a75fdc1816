using System.Collections.Immutable;
using System.Text;

namespace Undercloud.Deploy.Images;

/// <summary>Debian's own sources of a host, as far as a new system of some suite can use them: third-party sources are dropped.</summary>
public static class AptSources
{
    private static readonly string[] s_parts = ["", "-updates", "-security", "/updates"];

    /// <summary>
    /// The host's sources of its own suite, rewritten for another suite (or the same); empty when the host has no readable source,
    /// and the bootstrap's default mirror is the better choice. The result is in apt's deb822 format.
    /// </summary>
    public static string For(string suite, string hostSuite, IEnumerable<(string Path, string Text)> hostFiles)
    {
        var text = new StringBuilder();
        foreach (var source in hostFiles.SelectMany(file => file.Path.EndsWith(".sources") ? Stanzas(file.Text) : Lines(file.Text)))
        {
            var suites = source.Suites.Where(name => s_parts.Any(part => name == hostSuite + part)).Select(name => suite + name[hostSuite.Length..]).ToList();
            if (suites.Count == 0)
                continue;
            text.Append("Types: deb\n")
                .Append($"URIs: {string.Join(' ', source.Uris)}\n")
                .Append($"Suites: {string.Join(' ', suites)}\n")
                .Append($"Components: {string.Join(' ', source.Components)}\n")
                .Append("Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n\n");
        }

        return text.ToString();
    }

    private static IEnumerable<AptSource> Stanzas(string text)
    {
        foreach (var stanza in text.ReplaceLineEndings("\n").Split("\n\n"))
        {
            var fields = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
            foreach (var line in stanza.Split('\n').Where(line => !line.StartsWith('#') && line.Contains(':')))
            {
                var (name, value) = (line[..line.IndexOf(':')].Trim(), line[(line.IndexOf(':') + 1)..]);
                fields[name] = Words(value);
            }

            if (fields.GetValueOrDefault("Types", []).Contains("deb") && !fields.GetValueOrDefault("Enabled", []).Contains("no"))
                yield return new([.. fields.GetValueOrDefault("URIs", [])], [.. fields.GetValueOrDefault("Suites", [])], [.. fields.GetValueOrDefault("Components", [])]);
        }
    }

    // deb [ options ] uri suite component...
    private static IEnumerable<AptSource> Lines(string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Split('#')[0].Trim()))
        {
            if (!line.StartsWith("deb ") && !line.StartsWith("deb\t"))
                continue;
            var rest = line[4..].Trim();
            if (rest.StartsWith('['))
                rest = rest[(rest.IndexOf(']') + 1)..];
            var words = Words(rest);
            if (words.Length > 2)
                yield return new([words[0]], [words[1]], [.. words[2..]]);
        }
    }

    private static string[] Words(string text) => text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private sealed record AptSource(ImmutableArray<string> Uris, ImmutableArray<string> Suites, ImmutableArray<string> Components);
}
