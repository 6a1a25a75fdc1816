using System.Text.Json;
using System.Text.Json.Serialization;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;
using Undercloud.Host.Files;

namespace Undercloud.Host.Generations;

/// <summary>
/// The secrets that runs have put on this host, kept as long as its data: <c>passwords.yaml</c>, a copy of the operator's passwords file as the
/// last run applied it, and <c>secrets.json</c>, every secret of every run, so that old ones are never shown. Both are 0600.
/// </summary>
public sealed class SecretRecord(string stateDirectory)
{
    private readonly string _texts = Path.Combine(stateDirectory, "secrets.json");

    /// <summary>The copy of the passwords file. It may be copied back to where the original was.</summary>
    public string PasswordsFile { get; } = Path.Combine(stateDirectory, "passwords.yaml");

    /// <summary>The passwords of the last run; null when no run has recorded any, or the record is damaged.</summary>
    public MapValue? Passwords() => File.Exists(PasswordsFile)
        ? (YamlReader.Read(File.ReadAllText(PasswordsFile), PasswordsFile, new DiagnosticBag())?.ToValue() as MapValue)?["parameter_defaults"] as MapValue
        : null;

    /// <summary>Every secret that is on record; none where the record is damaged.</summary>
    public IReadOnlyList<string> Texts()
    {
        try
        {
            return File.Exists(_texts) ? JsonSerializer.Deserialize(File.ReadAllText(_texts), SecretRecordJson.Default.IReadOnlyListString) ?? [] : [];
        }
        catch (JsonException)
        {
            // It only hides more. What the passwords files hold is hidden without it.
            return [];
        }
    }

    /// <summary>Records a run's secrets, before it changes the host.</summary>
    /// <param name="passwords">All passwords.</param>
    /// <param name="secrets">Every text of the run that must not be shown.</param>
    public void Keep(MapValue passwords, IEnumerable<string> secrets)
    {
        Directory.CreateDirectory(stateDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        IReadOnlyList<string> all = [.. Texts().Concat(secrets).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        AtomicFile.WriteText(_texts, JsonSerializer.Serialize(all, SecretRecordJson.Default.IReadOnlyListString) + "\n");
        AtomicFile.WriteText(PasswordsFile, PasswordFiles.WriteYaml(passwords));
    }

    /// <summary>Forgets them: the data is gone.</summary>
    public void Forget()
    {
        File.Delete(_texts);
        File.Delete(PasswordsFile);
    }
}

/// <summary>The record as JSON.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class SecretRecordJson : JsonSerializerContext;
