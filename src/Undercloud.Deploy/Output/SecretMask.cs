using System.Text;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Output;

/// <summary>Hides secrets in text by value: wherever one occurs, as it is, URL-quoted, in base64 or as JSON has it, stands ***.</summary>
public sealed class SecretMask
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Hidden = "***";

    // Shorter ones would hide half of the output, and hide nothing that could not be guessed.
    private const int ShortestSecret = 5;

    // A line of a key; what is shorter is its last one, and the rest without it is no key.
    private const int ShortestLine = 16;
    private readonly string[] _forms;

    public SecretMask(IEnumerable<string> secrets)
        : this([.. secrets.Where(s => s.Length >= ShortestSecret).SelectMany(Forms)])
    {
    }

    private SecretMask(string[] forms) => _forms = [.. forms.Distinct(StringComparer.Ordinal).OrderByDescending(f => f.Length)];

    /// <summary>A mask that hides what either of the two hides.</summary>
    public SecretMask And(SecretMask other) => new([.. _forms, .. other._forms]);

    /// <summary>The text with every secret replaced.</summary>
    public string Apply(string text)
    {
        foreach (var form in _forms)
            text = text.Replace(form, Hidden, StringComparison.Ordinal);
        return text;
    }

    private static IEnumerable<string> Forms(string secret) =>
    [
        secret, Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), secret.Replace("\"", "\\\""), CanonicalJson.Write(secret)[1..^1],
        .. Lines(secret),
    ];

    // In a diff or an indented text the lines of a key stand apart. The lines around it are the same in every file.
    private static IEnumerable<string> Lines(string secret) => secret.Contains('\n')
        ? secret.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length >= ShortestLine && !line.StartsWith("-----", StringComparison.Ordinal))
        : [];
}
