using System.Collections.Immutable;
using System.Text.Json;
using Undercloud.Heat.Values;
using Undercloud.Host.Files;

namespace Undercloud.Host.Images;

/// <summary>The digests of the images that this host pulled or pushed, by their names in registries: <c>image-digests.json</c> in the state directory.</summary>
/// <param name="stateDirectory">The directory of the tool's records.</param>
public sealed class DigestRecord(string stateDirectory)
{
    private const string Id = "id", Digest = "digest";
    private readonly string _file = Path.Combine(stateDirectory, "image-digests.json");

    /// <summary>What is recorded; nothing where the record is damaged, since the next pull or push records it anew.</summary>
    public ImmutableSortedDictionary<string, (string Id, string Digest)> Read()
    {
        var read = ImmutableSortedDictionary.CreateBuilder<string, (string, string)>(StringComparer.Ordinal);
        try
        {
            foreach (var (image, entry) in File.Exists(_file) && CanonicalJson.Read(File.ReadAllText(_file)) is MapValue all ? all.Entries : [])
            {
                if (entry is MapValue map && map[Id] is StringValue id && map[Digest] is StringValue digest)
                    read[image] = (id.Text, digest.Text);
            }
        }
        catch (JsonException)
        {
            return ImmutableSortedDictionary.Create<string, (string, string)>(StringComparer.Ordinal);
        }

        return read.ToImmutable();
    }

    /// <summary>Records an image.</summary>
    /// <param name="image">Its name in a registry.</param>
    /// <param name="id">Its id.</param>
    /// <param name="digest">The digest of its manifest there.</param>
    public void Keep(string image, string id, string digest) => Write(Read().SetItem(image, (id, digest)));

    /// <summary>Forgets images that are no longer on this host.</summary>
    /// <param name="images">Their names in registries.</param>
    public void Forget(IEnumerable<string> images) => Write(Read().RemoveRange(images));

    private void Write(ImmutableSortedDictionary<string, (string Id, string Digest)> all)
    {
        if (!all.IsEmpty || File.Exists(_file))
            AtomicFile.WriteText(_file, CanonicalJson.WriteIndented(new MapValue(all.Select(image => KeyValuePair.Create(image.Key, (Value)new MapValue([new(Id, image.Value.Id), new(Digest, image.Value.Digest)]))))));
    }
}
