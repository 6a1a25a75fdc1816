using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Undercloud.Host.Files;

namespace Undercloud.Host.OpenStack;

/// <summary>
/// Tokens of logins that succeeded, kept for a later run: to ask Keystone whether a token is still valid takes milliseconds, to log in takes a quarter of a
/// second of its CPU (bcrypt). Keystone revokes a user's tokens when the user's password is set or the user is disabled or deleted, so a valid token
/// proves that the password of its login is still the right one.
/// </summary>
/// <param name="file">Where they are kept (0600). Without it, or when it cannot be read or written, every login is a real one.</param>
/// <param name="time">The clock.</param>
internal sealed class KeptTokens(string file, TimeProvider time)
{
    // A run that begins with a token has to be able to end with it.
    private static readonly TimeSpan s_leastLife = TimeSpan.FromMinutes(10);
    private readonly Lock _lock = new();
    private SortedDictionary<string, KeptToken>? _tokens;

    /// <summary>The token of an earlier login; null when there is none, when it ends soon, or when that login had another password.</summary>
    /// <param name="login">Who logged in, and where.</param>
    /// <param name="password">The password that has to be right.</param>
    public string? Find(string login, string password)
    {
        lock (_lock)
        {
            return Tokens().GetValueOrDefault(login) is { } kept && IsAlive(kept) && kept.Proof == Proof(kept.Token, password) ? kept.Token : null;
        }
    }

    /// <summary>Keeps the token of a login that has just succeeded.</summary>
    /// <param name="login">Who logged in, and where.</param>
    /// <param name="password">The password that was right.</param>
    /// <param name="token">The token.</param>
    /// <param name="expires">When it ends; one without an end is not kept.</param>
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

    /// <summary>Forgets all of them.</summary>
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

    // The token is the salt.
    private static string Proof(string token, string password) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{token}\0{password}")));

    // Nothing depends on them: without them a run only takes longer.
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
/// <param name="Expires">When it ends.</param>
internal sealed record KeptToken(string Token, string Proof, DateTimeOffset Expires);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(SortedDictionary<string, KeptToken>))]
internal sealed partial class KeptTokensJson : JsonSerializerContext;
