using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Undercloud.Host.Files;

namespace Undercloud.Host.OpenStack;

/// <summary>
/// Tokens of successful logins, kept for later runs: asking Keystone whether a token is valid takes milliseconds, a login takes a quarter of a second of its
/// CPU (bcrypt). Keystone revokes a user's tokens when the password is set or the user is disabled or deleted, so a valid token proves that the password of
/// its login is still correct.
/// </summary>
/// <param name="file">The file of the tokens (0600). When it is missing, or cannot be read or written, every login is sent to Keystone.</param>
/// <param name="time">The clock.</param>
internal sealed class KeptTokens(string file, TimeProvider time)
{
    // A run that starts with a token must be able to finish with it.
    private static readonly TimeSpan s_leastLife = TimeSpan.FromMinutes(10);
    private readonly Lock _lock = new();
    private SortedDictionary<string, KeptToken>? _tokens;

    /// <summary>The token of an earlier login; null when there is none, when it expires soon, or when that login used another password.</summary>
    /// <param name="login">The URL and the user.</param>
    /// <param name="password">The password to prove.</param>
    public string? Find(string login, string password)
    {
        lock (_lock)
        {
            return Tokens().GetValueOrDefault(login) is { } kept && IsAlive(kept) && kept.Proof == Proof(kept.Token, password) ? kept.Token : null;
        }
    }

    /// <summary>Keeps the token of a login that has just succeeded.</summary>
    /// <param name="login">The URL and the user.</param>
    /// <param name="password">The correct password.</param>
    /// <param name="token">The token.</param>
    /// <param name="expires">When the token expires; a token without an expiry is not kept.</param>
    public void Keep(string login, string password, string token, DateTimeOffset? expires)
    {
        if (expires is not { } end)
            return;
        lock (_lock)
        {
            Tokens()[login] = new(token, Proof(token, password), end);
            foreach (var (ended, _) in Tokens().Where(pair => !IsAlive(pair.Value)).ToList())
                Tokens().Remove(ended);
            Try(() => AtomicFile.WriteText(file, JsonSerializer.Serialize(Tokens(), KeptTokensJson.Default.SortedDictionaryStringKeptToken) + "\n"));
        }
    }

    /// <summary>Forgets all tokens.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _tokens = [];
            Try(() => File.Delete(file));
        }
    }

    private SortedDictionary<string, KeptToken> Tokens()
    {
        if (_tokens is null)
            Try(() => _tokens = File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllText(file), KeptTokensJson.Default.SortedDictionaryStringKeptToken) : null);
        return _tokens ??= [];
    }

    private bool IsAlive(KeptToken? kept) => kept?.Expires - time.GetUtcNow() > s_leastLife;

    // The token serves as the salt.
    private static string Proof(string token, string password) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{token}\0{password}")));

    // A failure is ignored: without the file, a run only takes longer.
    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
        }
    }
}

/// <summary>A kept token.</summary>
/// <param name="Token">The token.</param>
/// <param name="Proof">A digest of the token and the password of its login.</param>
/// <param name="Expires">When the token expires.</param>
internal sealed record KeptToken(string Token, string Proof, DateTimeOffset Expires);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(SortedDictionary<string, KeptToken>))]
internal sealed partial class KeptTokensJson : JsonSerializerContext;
