using System.Text.Json;
using System.Text.Json.Serialization;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Files;

namespace Undercloud.Host.Agent;

/// <summary>Reads and writes <c>owned.json</c>.</summary>
public sealed class OwnedStore(NodeLayout layout)
{
    /// <summary>What is owned; nothing when there is no record.</summary>
    /// <exception cref="IOException">The record cannot be read: going on would take our things for foreign ones.</exception>
    public OwnedState Load()
    {
        if (!File.Exists(layout.OwnedFile))
            return new();
        var text = File.ReadAllText(layout.OwnedFile);
        try
        {
            return JsonSerializer.Deserialize(text, OwnedJson.Default.OwnedState) ?? throw new JsonException();
        }
        catch (JsonException exception)
        {
            throw new IOException(
                $"{layout.OwnedFile} is damaged{Place(JsonMistake.Of(text, exception))}. It records what this tool has put on the node. " +
                "Put back a copy of it from a backup, or make it anew from what was applied last: `undercloud agent recover --check` says what it would record, "
                + "without --check it does. Then run this again.",
                exception);
        }
    }

    private static string Place(JsonMistake mistake) => $" (line {mistake.Line}: {mistake.Why})";

    /// <summary>Writes the record, for good before this returns, unless it says the same already.</summary>
    public void Save(OwnedState state)
    {
        MakeStateDirectory(layout);
        RemoveLeftovers();
        if (AtomicFile.WriteText(layout.OwnedFile, JsonSerializer.Serialize(state, OwnedJson.Default.OwnedState) + "\n"))
            PosixFile.SyncDirectory(layout.StateDirectory);
    }

    /// <summary>Removes the copies of originals that nothing refers to any more, and with <paramref name="all"/> the record itself.</summary>
    public void Tidy(OwnedState state, bool all)
    {
        if (Directory.Exists(layout.OriginalsDirectory))
        {
            var wanted = state.Files.Values.Select(file => file.Original?.Copy).ToHashSet();
            foreach (var copy in Directory.EnumerateFiles(layout.OriginalsDirectory).Where(copy => !wanted.Contains(copy)).ToList())
                File.Delete(copy);
            if (!Directory.EnumerateFileSystemEntries(layout.OriginalsDirectory).Any())
                Directory.Delete(layout.OriginalsDirectory);
        }

        RemoveLeftovers();
        if (all)
        {
            File.Delete(layout.OwnedFile);
            File.Delete(layout.DamagedOwnedFile);
        }
    }

    private void RemoveLeftovers()
    {
        foreach (var leftover in NodeFile.Leftovers(layout.OwnedFile))
            File.Delete(leftover);
    }

    /// <summary>Makes the state directory, for root alone.</summary>
    internal static void MakeStateDirectory(NodeLayout layout) =>
        Directory.CreateDirectory(layout.StateDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(OwnedState))]
internal sealed partial class OwnedJson : JsonSerializerContext;
