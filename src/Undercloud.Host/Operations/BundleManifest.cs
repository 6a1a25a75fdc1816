using System.Collections.Immutable;
using System.Text.Json;
using Undercloud.Heat.Values;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>What a bundle has: <c>bundle.json</c>, its first member.</summary>
/// <param name="Release">The OpenStack release of its images.</param>
/// <param name="Suite">Debian's code name of its packages.</param>
/// <param name="Packages">The Debian packages that an undercloud needs, without their dependencies.</param>
/// <param name="Images">Full names of images to ids.</param>
/// <param name="Files">The size and the SHA-256 digest of each file, by its path in the bundle.</param>
public sealed record BundleManifest(
    string Release, string Suite, ImmutableArray<string> Packages, IReadOnlyDictionary<string, string> Images, IReadOnlyDictionary<string, (long Size, string Digest)> Files)
{
    /// <summary>The name of the member.</summary>
    public const string FileName = "bundle.json";

    private const int Format = 1;

    // Of a SHA-256 digest.
    private const int Digits = 64;

    /// <summary>This manifest with the files of a directory, which has the members of the bundle.</summary>
    public async Task<BundleManifest> WithFilesAsync(IProcessRunner processes, string directory, CancellationToken stop) => this with
    {
        Files = (await DigestsAsync(processes, directory, stop)).ToImmutableSortedDictionary(
            file => file.Key, file => (new FileInfo(Path.Combine(directory, file.Key)).Length, file.Value), StringComparer.Ordinal),
    };

    /// <summary>Reads a manifest.</summary>
    /// <param name="text">Its JSON.</param>
    /// <param name="bundle">The bundle's file, for messages.</param>
    /// <exception cref="InstallException">It is no manifest that this program reads.</exception>
    public static BundleManifest Read(string text, string bundle)
    {
        try
        {
            if (CanonicalJson.Read(text) is MapValue all && all["format"] is IntegerValue format && all["packages"] is ListValue packages && all["images"] is MapValue images && all["files"] is MapValue files)
            {
                return format.Number == Format
                    ? new(
                        ((StringValue)all["release"]!).Text, ((StringValue)all["suite"]!).Text, [.. packages.Items.Cast<StringValue>().Select(package => package.Text)],
                        images.Entries.ToImmutableSortedDictionary(image => image.Key, image => ((StringValue)image.Value).Text, StringComparer.Ordinal),
                        files.Entries.ToImmutableSortedDictionary(file => file.Key, file => Entry((MapValue)file.Value), StringComparer.Ordinal))
                    : throw new InstallException($"{bundle} is a bundle of format {format.Number}; this version of undercloud reads format {Format}. Import it with the program in it: tar -xf {bundle} tool");
            }
        }
        catch (Exception damage) when (damage is JsonException or InvalidCastException or NullReferenceException)
        {
            throw new InstallException($"{bundle} is no bundle, or a damaged one: its {FileName} cannot be read. Make it again: undercloud bundle create FILE");
        }

        throw new InstallException($"{bundle} is no bundle: it has no {FileName}. A bundle is made by: undercloud bundle create FILE");
    }

    /// <summary>Its JSON.</summary>
    public string Write() => CanonicalJson.WriteIndented(new MapValue(
    [
        new("format", new IntegerValue(Format)),
        new("release", Release),
        new("suite", Suite),
        new("packages", new ListValue([.. Packages.Select(package => (Value)package)])),
        new("images", new MapValue(Images.Select(image => KeyValuePair.Create(image.Key, (Value)image.Value)))),
        new("files", new MapValue(Files.Select(file => KeyValuePair.Create(file.Key, (Value)new MapValue([new("size", new IntegerValue(file.Value.Size)), new("sha256", file.Value.Digest)]))))),
    ]));

    /// <summary>The files that are missing, changed or too many in a directory, each with what is wrong; none for a bundle that is complete.</summary>
    public async Task<ImmutableArray<string>> DamageAsync(IProcessRunner processes, string directory, CancellationToken stop)
    {
        var found = await DigestsAsync(processes, directory, stop);
        return
        [
            .. Files.Where(file => found.GetValueOrDefault(file.Key) != file.Value.Digest).Select(file => $"{file.Key} is {(found.ContainsKey(file.Key) ? "damaged" : "missing")}"),
            .. found.Keys.Where(path => !Files.ContainsKey(path)).Select(path => $"{path} does not belong to it"),
        ];
    }

    // By the program of coreutils: a host on which a bundle is imported need not have the library that this program computes digests with (libssl3).
    private static async Task<ImmutableSortedDictionary<string, string>> DigestsAsync(IProcessRunner processes, string directory, CancellationToken stop)
    {
        var members = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(directory, file)).Where(file => file != FileName).Order(StringComparer.Ordinal).ToList();
        if (members.Count == 0)
            return ImmutableSortedDictionary<string, string>.Empty;
        var summed = (await processes.RunAsync(new("sha256sum", ["--", .. members]) { WorkingDirectory = directory, OwnSession = true }, stop)).OrThrow();
        return summed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToImmutableSortedDictionary(line => line[(Digits + 2)..], line => line[..Digits], StringComparer.Ordinal);
    }

    private static (long, string) Entry(MapValue file) => ((long)((IntegerValue)file["size"]!).Number, ((StringValue)file["sha256"]!).Text);
}
