using System.Text.Json;
using Undercloud.Heat.Values;
using Undercloud.Host.Files;

namespace Undercloud.Host.Operations;

/// <summary>
/// The images of the bundle that was imported last: <c>bundle-images.json</c> in the state directory. An update does not look for newer packages for them,
/// since the archive may be out of reach: the next bundle brings newer images.
/// </summary>
/// <param name="stateDirectory">The directory of the tool's records.</param>
public sealed class BundleRecord(string stateDirectory)
{
    private readonly string _file = Path.Combine(stateDirectory, "bundle-images.json");

    /// <summary>Whether an image came with the bundle.</summary>
    /// <param name="image">Its full name.</param>
    /// <param name="id">Its id.</param>
    public bool Has(string image, string? id) => id is not null && Read()[image] is StringValue { Text: var kept } && kept == id;

    /// <summary>Records the images of a bundle in place of those of the former one.</summary>
    public void Keep(IReadOnlyDictionary<string, string> images) =>
        AtomicFile.WriteText(_file, CanonicalJson.WriteIndented(new MapValue(images.Select(image => KeyValuePair.Create(image.Key, (Value)image.Value)))));

    // Without a readable record the archive is asked.
    private MapValue Read()
    {
        try
        {
            return File.Exists(_file) && CanonicalJson.Read(File.ReadAllText(_file)) is MapValue images ? images : MapValue.Empty;
        }
        catch (JsonException)
        {
            return MapValue.Empty;
        }
    }
}
