using System.Text.Json;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Agent.Files;

/// <summary>
/// Makes a damaged <c>owned.json</c> anew from the manifest that was applied. What only the record knew - how the network was before, what was
/// there before us - is lost: that is taken for foreign and stays at an uninstall, so that nothing of the operator's is ever removed.
/// </summary>
public sealed class OwnedRecovery(NodeLayout layout)
{
    private readonly OwnedStore _store = new(layout);

    /// <summary>Writes the record; the damaged one is kept beside it.</summary>
    /// <param name="manifest">What was applied to this node last.</param>
    /// <param name="check">Only say what would be recorded.</param>
    /// <returns>A failure when the record is whole, or the manifest names nothing.</returns>
    public NodeResult Run(NodeManifest manifest, bool check)
    {
        if (IsWhole())
            return Failed($"{layout.OwnedFile} can be read: there is nothing to recover.");
        if (manifest.IsEmpty())
            return Failed("The manifest names nothing, so nothing is known of what is ours. Name the last one applied: --manifest ~/undercloud-ansible/manifests/NODE/manifest.json");
        var owned = From(manifest);
        if (!check)
        {
            File.Move(layout.OwnedFile, layout.DamagedOwnedFile, overwrite: true);
            _store.Save(owned);
        }

        return new(true, [new("record", layout.OwnedFile, "create", $"{owned.Files.Count} files, {owned.Directories.Count} directories, {owned.Units.Count} units as the manifest has them")])
        {
            Notes =
            [
                "Bridges, addresses, routes, nameservers, kernel settings, the host name and objects in the cloud are taken for foreign from now on: "
                + "an uninstall leaves them. So are directories that hold state, also with --purge.",
            ],
        };
    }

    /// <summary>What of a manifest is on this node and can be told to be ours.</summary>
    internal OwnedState From(NodeManifest manifest)
    {
        var files = manifest.Files;
        return new()
        {
            Files = files.Files.Where(entry => File.Exists(entry.Path)).DistinctBy(entry => entry.Path)
                .Aggregate(new OwnedState().Files, (all, entry) => all.Add(entry.Path, new(entry.Keep, Original(entry)))),

            // One that is not empty is never removed, but for state: whether that was there before us nobody knows any more.
            Directories = files.Directories.Where(entry => Directory.Exists(entry.Path)).DistinctBy(entry => entry.Path)
                .Aggregate(new OwnedState().Directories, (all, entry) => all.Add(entry.Path, new(Created: !entry.State, entry.State))),
            Blocks = files.Blocks.Where(entry => File.Exists(entry.Path)).GroupBy(entry => entry.Path)
                .Aggregate(new OwnedState().Blocks, (all, entries) => all.Add(entries.Key, new(Created: false, [.. entries.Select(entry => entry.Name)]))),
            Units = [.. files.EnabledUnits],
            Certificates = [.. manifest.Certificates.Select(entry => entry.Path).Where(File.Exists)],
            TrustAnchors = [.. manifest.Certificates.Select(entry => entry.TrustAnchor).Where(File.Exists)],

            // It is loaded once more at the next apply, and removed when it is no longer wanted.
            Firewall = manifest.Firewall is null ? null : new("", null),
        };
    }

    // The copy of what was there before is named by the path; its owner and mode were in the record alone.
    private OriginalFile? Original(FileEntry entry)
    {
        var copy = Path.Combine(layout.OriginalsDirectory, FilePart.CopyName(entry.Path));
        return File.Exists(copy) ? new(copy, new(entry.Uid, entry.Gid, entry.Mode)) : null;
    }

    private bool IsWhole()
    {
        try
        {
            _store.Load();
            return true;
        }
        catch (IOException exception) when (exception.InnerException is JsonException)
        {
            return false;
        }
    }

    private static NodeResult Failed(string message) => new(false, [], Failed: true, message);
}
