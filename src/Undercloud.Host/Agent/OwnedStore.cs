using System.Text.Json;
using System.Text.Json.Serialization;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Files;

namespace Undercloud.Host.Agent;

/// <summary>Reads and writes <c>owned.json</c>.</summary>
public sealed class OwnedStore(NodeLayout layout)
{
    /// <summary>The ownership record; empty when there is no file.</summary>
    /// <exception cref="IOException">The record cannot be read: without it the tool would treat its own things as foreign.</exception>
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
                $"{layout.OwnedFile} is damaged{Place(JsonMistake.Of(text, exception))}. It is the record of what this tool made on the node. " +
                "Restore the file from a backup, or recover it from the manifest that was applied last: `undercloud agent recover --check` shows what it would record, "
                + "without --check it writes the file. Then run this again.",
                exception);
        }
    }

    private static string Place(JsonMistake mistake) => $" (line {mistake.Line}: {mistake.Why})";

    /// <summary>Writes the record if it has changed; it is on disk when this method returns.</summary>
    public void Save(OwnedState state)
    {
        MakeStateDirectory(layout);
        RemoveLeftovers();
        if (AtomicFile.WriteText(layout.OwnedFile, JsonSerializer.Serialize(state, OwnedJson.Default.OwnedState) + "\n"))
            PosixFile.SyncDirectory(layout.StateDirectory);
    }

    /// <summary>Removes copies of originals without a reference and, with <paramref name="all"/>, the record itself.</summary>
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

    /// <summary>Creates the state directory, with access for root alone.</summary>
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
