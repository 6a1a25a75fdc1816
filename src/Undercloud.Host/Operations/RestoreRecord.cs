using System.Text.Json;
using System.Text.Json.Serialization;
using Undercloud.Host.Failures;
using Undercloud.Host.Files;

namespace Undercloud.Host.Operations;

/// <summary>How far a restore is.</summary>
public enum RestoreStage
{
    /// <summary>Nothing is put back yet.</summary>
    Begun,

    /// <summary>The operator's files and the passwords are put back.</summary>
    Configuration,

    /// <summary>The services' files are put back as well.</summary>
    Files,

    /// <summary>The databases are loaded as well: from now on they are newer than the backup.</summary>
    Databases,
}

/// <summary>The record of an unfinished restore, so that an interrupted one can be resumed.</summary>
/// <param name="Archive">Identifies the backup.</param>
/// <param name="Stage">What is done.</param>
public sealed record RestoreRecord(string Archive, RestoreStage Stage)
{
    /// <summary>How often the restore was begun. A resumed restore meets files that an earlier attempt has put there.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The name of the record below the state directory.</summary>
    public const string FileName = "restore.json";

    /// <summary>The record of a host; null when no restore is unfinished.</summary>
    /// <exception cref="InstallException">The record is damaged.</exception>
    public static RestoreRecord? Read(string stateDirectory)
    {
        var file = Path.Combine(stateDirectory, FileName);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllText(file), RestoreRecordJson.Default.RestoreRecord) : null;
        }
        catch (JsonException)
        {
            throw new InstallException($"{file}, the record of an unfinished restore, is damaged. Remove what the restore has made (`undercloud uninstall --purge`), and run it again.");
        }
    }

    /// <summary>Writes the record.</summary>
    public void Write(string stateDirectory) => AtomicFile.WriteText(Path.Combine(stateDirectory, FileName), JsonSerializer.Serialize(this, RestoreRecordJson.Default.RestoreRecord) + "\n");

    /// <summary>Forgets the record: the restore is complete.</summary>
    public static void Delete(string stateDirectory) => File.Delete(Path.Combine(stateDirectory, FileName));
}

/// <summary>The record as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RestoreRecord))]
internal sealed partial class RestoreRecordJson : JsonSerializerContext;
