using System.Text;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Output;

/// <summary>Hides secrets in text by value: wherever one occurs, as it is, URL-quoted, in base64 or as JSON has it, stands ***.</summary>
public sealed class SecretMask
{
    // Shorter ones would hide half of the output, and hide nothing that could not be guessed.
    private const int ShortestSecret = 5;
    private readonly string[] _forms;

    public SecretMask(IEnumerable<string> secrets) =>
        _forms = [.. secrets.Where(s => s.Length >= ShortestSecret).SelectMany(Forms).Distinct(StringComparer.Ordinal).OrderByDescending(f => f.Length)];

    /// <summary>The text with every secret replaced.</summary>
    public string Apply(string text)
    {
        foreach (var form in _forms)
            text = text.Replace(form, "***", StringComparison.Ordinal);
        return text;
    }

    private static IEnumerable<string> Forms(string secret) =>
        [secret, Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), secret.Replace("\"", "\\\""), CanonicalJson.Write(secret)[1..^1]];
}
