using System.Text.RegularExpressions;

namespace Undercloud.Deploy.Output;

/// <summary>
/// Hides the secrets of a unified diff on both sides. The secrets of a plan are known, those in a host's files need not be: somebody may have
/// changed them there, or an older run have put them there. So a removed line loses what stands where its successor has a secret, and
/// the value of a key that is named like one.
/// </summary>
public static partial class DiffMask
{
    /// <summary>The diff as it may be shown.</summary>
    /// <param name="mask">The secrets that are known.</param>
    /// <param name="diff">A unified diff, its first two lines naming the files.</param>
    public static string Apply(SecretMask mask, string diff)
    {
        var lines = mask.Apply(diff).Split('\n');
        var added = lines.Where((line, index) => IsBody(lines, index, '+') && line.Contains(SecretMask.Hidden, StringComparison.Ordinal)).Distinct().ToList();
        for (var index = 0; index < lines.Length; index++)
        {
            if (IsBody(lines, index, '-'))
                lines[index] = Removed(lines, index, added);
        }

        return string.Join('\n', lines);
    }

    private static string Removed(string[] lines, int index, IEnumerable<string> added)
    {
        var line = lines[index];
        foreach (var successor in added)
        {
            if (successor[1..].Trim() == SecretMask.Hidden ? IsBeside(lines, index, successor) : Shape(successor[1..]).IsMatch(line[1..]) || Key(successor) is { } key && key == Key(line))
                return "-" + successor[1..];
        }

        line = LoginInUrl().Replace(line, "://$1:" + SecretMask.Hidden + "@");
        return SecretKey().Match(line) is { Success: true } named ? named.Groups[1].Value + SecretMask.Hidden : line;
    }

    // A line that is a secret and nothing else says nothing about where its predecessor was: it is one of the lines that it replaces.
    private static bool IsBeside(string[] lines, int index, string successor)
    {
        while (index < lines.Length && lines[index].StartsWith('-'))
            index++;
        return lines.Skip(index).TakeWhile(line => line.StartsWith('+')).Contains(successor);
    }

    private static Regex Shape(string masked) => new(
        "^" + string.Join(".+", masked.Split(SecretMask.Hidden).Select(Regex.Escape)) + "$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static string? Key(string line) => AnyKey().Match(line) is { Success: true } key ? key.Groups[1].Value : null;

    private static bool IsBody(string[] lines, int index, char sign) => index > 1 && lines[index].StartsWith(sign);

    [GeneratedRegex(@"^[+-]\s*""?([A-Za-z_][\w.-]*)""?\s*[=:]")]
    private static partial Regex AnyKey();

    [GeneratedRegex(@"^(-\s*(?:export\s+)?""?[\w.-]*(?:passw|secret|token|auth_key|encryption_key|transport_url)[\w.-]*""?\s*[=:]\s*)\S.*$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretKey();

    [GeneratedRegex(@"://([^/\s:@]+):[^/\s@]+@")]
    private static partial Regex LoginInUrl();
}
