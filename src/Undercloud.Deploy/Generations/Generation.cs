using System.Text.Json;
using System.Text.Json.Serialization;

namespace Undercloud.Deploy.Generations;

/// <summary>How far a recorded plan got. The names are written to disk: they never change.</summary>
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

/// <summary>A recorded plan with its fate. The plan itself is beside it.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="State">How far it got.</param>
/// <param name="PlanHash">The plan's fingerprint.</param>
/// <param name="Command">What made it, e.g. install.</param>
/// <param name="Created">When, UTC.</param>
/// <param name="Ended">When the last run of it ended, UTC; null while it runs or when it was cut short.</param>
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
    /// <summary>The format of records and plans that this program writes. It counts up when an older program could not read what is new.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The format of this record and of the plan beside it; those from before there was a number are of the first.</summary>
    public int Format { get; init; } = 1;
}

/// <summary>What a run does about generations, given those there are. Pure.</summary>
public static class GenerationChoice
{
    /// <summary>
    /// The newest one's number when its plan is the wanted one (an applied one is applied again and makes no new one; an unfinished one
    /// is resumed), else the next number.
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
