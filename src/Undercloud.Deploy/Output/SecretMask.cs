using System.Text;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Output;

/// <summary>Masks secrets in text by value: each occurrence, plain, URL-quoted, in base64 or escaped as in JSON, becomes ***.</summary>
public sealed class SecretMask
{
    /// <summary>The replacement of a secret.</summary>
    public const string Hidden = "***";

    // Shorter secrets would hide half of the output, and protect nothing that could not be guessed.
    private const int ShortestSecret = 5;

    // The shortest line of a key that is masked; a shorter one is the key's last line, and useless without the rest.
    private const int ShortestLine = 16;
    private readonly string[] _forms;

    public SecretMask(IEnumerable<string> secrets)
        : this([.. secrets.Where(s => s.Length >= ShortestSecret).SelectMany(Forms)])
    {
    }

    private SecretMask(string[] forms) => _forms = [.. forms.Distinct(StringComparer.Ordinal).OrderByDescending(f => f.Length)];

    /// <summary>A mask that hides the secrets of both masks.</summary>
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

    // In a diff or an indented text the lines of a key are separate. The lines around the key are the same in every file.
    private static IEnumerable<string> Lines(string secret) => secret.Contains('\n')
        ? secret.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length >= ShortestLine && !line.StartsWith("-----", StringComparison.Ordinal))
        : [];
}
