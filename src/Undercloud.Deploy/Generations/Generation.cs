using System.Text.Json;
using System.Text.Json.Serialization;

namespace Undercloud.Deploy.Generations;

/// <summary>The state of a recorded plan. The names are written to disk: they never change.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GenerationState>))]
public enum GenerationState
{
    [JsonStringEnumMemberName("planned")]
    Planned,
    [JsonStringEnumMemberName("applying")]
    Applying,
    [JsonStringEnumMemberName("applied")]
    Applied,
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>A recorded plan with its state. The plan itself is in the file beside it.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="State">The state.</param>
/// <param name="PlanHash">The plan's fingerprint.</param>
/// <param name="Command">The command that created it, e.g. install.</param>
/// <param name="Created">When it was created, UTC.</param>
/// <param name="Ended">When its last run ended, UTC; null while it runs or when it was interrupted.</param>
/// <param name="Message">Why it failed; null when it did not.</param>
public sealed record Generation(
    int Number,
    GenerationState State,
    string PlanHash,
    string Command,
    DateTimeOffset Created,
    DateTimeOffset? Ended = null,
    string? Message = null)
{
    /// <summary>The format of records and plans that this program writes. It is raised when older programs cannot read the new format.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The generation whose plan a rollback applies again; null for any other run.</summary>
    public int? RollbackTo { get; init; }

    /// <summary>The databases that an unfinished rollback has to replace, each with the generation of its dump; null when there are none, or none any more.</summary>
    public IReadOnlyDictionary<string, int>? Restore { get; init; }

    /// <summary>Whether a rollback was begun and is not complete.</summary>
    [JsonIgnore]
    public bool IsUnfinishedRollback => RollbackTo is not null && (State != GenerationState.Applied || Restore is { Count: > 0 });

    /// <summary>The format of this record and of the plan beside it; a record without a number has the first format.</summary>
    public int Format { get; init; } = 1;
}

/// <summary>Chooses the generation of a run from the existing ones. Pure.</summary>
public static class GenerationChoice
{
    /// <summary>
    /// The newest generation's number when its plan equals the desired plan: an applied generation is re-applied, an unfinished one is
    /// resumed. Otherwise the next number.
    /// </summary>
    public static (int Number, bool IsNew, bool Resumes) For(Generation? newest, string planHash) =>
        newest is null ? (1, true, false)
        : newest.PlanHash == planHash ? (newest.Number, false, newest.State != GenerationState.Applied)
        : (newest.Number + 1, true, false);
}

/// <summary>Generations as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(Generation))]
[JsonSerializable(typeof(IReadOnlyList<Generation>))]
public sealed partial class GenerationJson : JsonSerializerContext;
