using System.Text.Json;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Agent.Files;

/// <summary>
/// Recovers a damaged <c>owned.json</c> from the manifest that was applied last. What only the record knew, such as the previous network and previous
/// settings, is lost. Such things count as foreign and stay at an uninstall, so that nothing of the operator's is ever removed.
/// </summary>
public sealed class OwnedRecovery(NodeLayout layout)
{
    private readonly OwnedStore _store = new(layout);

    /// <summary>Writes the record; the damaged record is kept beside it.</summary>
    /// <param name="manifest">The manifest that was applied to this node last.</param>
    /// <param name="check">Whether to report the record without writing it.</param>
    /// <returns>A failure when the record is readable, or the manifest is empty.</returns>
    public NodeResult Run(NodeManifest manifest, bool check)
    {
        if (IsWhole())
            return Failed($"{layout.OwnedFile} can be read: there is nothing to recover.");
        if (manifest.IsEmpty())
            return Failed("The manifest is empty, so the record cannot be recovered from it. Name the manifest that was applied last: --manifest ~/undercloud-ansible/manifests/NODE/manifest.json");
        var owned = From(manifest);
        if (!check)
        {
            File.Move(layout.OwnedFile, layout.DamagedOwnedFile, overwrite: true);
            _store.Save(owned);
        }

        return new(true, [new("record", layout.OwnedFile, "create", $"{owned.Files.Count} files, {owned.Directories.Count} directories, {owned.Units.Count} units from the manifest")])
        {
            Notes =
            [
                "Bridges, addresses, routes, nameservers, kernel settings, the host name and objects in the cloud count as foreign from now on: "
                + "an uninstall leaves them. So do state directories, even with --purge.",
            ],
        };
    }

    /// <summary>The part of a manifest that exists on this node and is certainly the tool's.</summary>
    internal OwnedState From(NodeManifest manifest)
    {
        var files = manifest.Files;
        return new()
        {
            Files = files.Files.Where(entry => File.Exists(entry.Path)).DistinctBy(entry => entry.Path)
                .Aggregate(new OwnedState().Files, (all, entry) => all.Add(entry.Path, new(entry.Keep, Original(entry)))),

            // A directory that is not empty is never removed. A state directory may have existed before, so it is recorded as foreign.
            Directories = files.Directories.Where(entry => Directory.Exists(entry.Path)).DistinctBy(entry => entry.Path)
                .Aggregate(new OwnedState().Directories, (all, entry) => all.Add(entry.Path, new(Created: !entry.State, entry.State))),
            Blocks = files.Blocks.Where(entry => File.Exists(entry.Path)).GroupBy(entry => entry.Path)
                .Aggregate(new OwnedState().Blocks, (all, entries) => all.Add(entries.Key, new(Created: false, [.. entries.Select(entry => entry.Name)]))),
            Units = [.. files.EnabledUnits],
            Certificates = [.. manifest.Certificates.Select(entry => entry.Path).Where(File.Exists)],
            TrustAnchors = [.. manifest.Certificates.Select(entry => entry.TrustAnchor).Where(File.Exists)],

            // The table is loaded again at the next apply, and removed when it is no longer wanted.
            Firewall = manifest.Firewall is null ? null : new("", null),
        };
    }

    // The path gives the name of the copy; owner and mode of the original were only in the record.
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
