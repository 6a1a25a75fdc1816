using System.Text.RegularExpressions;

namespace Undercloud.Deploy.Output;

/// <summary>
/// Masks the secrets of a unified diff on both sides. The secrets of a plan are known, but those in a host's files may be unknown: somebody may have
/// changed them there, or an older run may have written them. So in a removed line the mask also hides the text at the position of the new line's
/// secret, and the value of a key whose name suggests a secret.
/// </summary>
public static partial class DiffMask
{
    /// <summary>The masked diff.</summary>
    /// <param name="mask">The known secrets.</param>
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

    // A line that consists of a secret alone gives no position in its predecessor: it matches any of the lines that it replaces.
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
