using Undercloud.Deploy.Images;
using Undercloud.Host.Failures;
using Undercloud.Host.Files;
using Undercloud.Host.Images;
using Undercloud.Host.Prerequisites;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>Imports a bundle on a host, which then needs no archive and no registry: its packages become a source of apt's, its images are loaded.</summary>
/// <param name="context">The host's services that operations use.</param>
/// <param name="paths">Where it goes.</param>
public sealed class BundleImport(OperationContext context, BundlePaths paths)
{
    /// <summary>Imports a bundle. Idempotent: what is here already is skipped.</summary>
    /// <param name="file">The bundle's file.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>What is in the bundle.</returns>
    /// <exception cref="InstallException">It is no bundle, damaged, for another Debian, or does not fit; the message gives the remedy.</exception>
    public async Task<BundleManifest> RunAsync(string file, CancellationToken stop)
    {
        if (!File.Exists(file))
            throw new InstallException($"There is no file {file}.");
        var told = await context.Runner.RunAsync(CommandLine.Of("tar", "--extract", "--to-stdout", "--file", file, "--occurrence=1", BundleManifest.FileName), stop);
        var manifest = BundleManifest.Read(told.Succeeded ? told.Output : "{}", file);
        if (paths.Suite() is var suite && suite != manifest.Suite)
            throw new InstallException($"{file} has packages of Debian {manifest.Suite}, and this host runs {(suite.Length > 0 ? $"Debian {suite}" : "no Debian")}. Make a bundle on a host like this one.");
        var parent = Path.GetDirectoryName(paths.Imported)!;
        BundleCreation.CheckSpace(parent, manifest.Files.Values.Sum(member => member.Size) * 4);
        var unpacked = $"{paths.Imported}.new";
        BundleCreation.Delete(unpacked);
        Directory.CreateDirectory(unpacked);
        try
        {
            context.Events.Now($"unpacking {file}");
            (await context.Runner.RunAsync(new("tar", ["--extract", "--file", file, "--directory", unpacked, "--no-same-owner"]) { OwnSession = true }, stop)).OrThrow();
            context.Events.Now("comparing checksums");
            if (await manifest.DamageAsync(context.Runner, unpacked, stop) is { IsEmpty: false } damage)
                throw new InstallException($"{file} is damaged, and nothing was imported: {string.Join(", ", damage.Take(5))}{(damage.Length > 5 ? $" and {damage.Length - 5} more" : "")}. Copy it again.");
            BundleCreation.Delete(paths.Imported);
            Directory.Move(unpacked, paths.Imported);
        }
        finally
        {
            BundleCreation.Delete(unpacked);
        }

        AtomicFile.WriteText(paths.Sources, $"# Packages of a bundle of undercloud (`undercloud bundle import`).\ndeb [trusted=yes] file:{paths.Imported}/packages ./\n", AtomicFile.Public);
        // Those of the services too: later on, Ansible would want package lists of every source of the host.
        await new DebianPrerequisites(context.Runner, context.Events).EnsureAsync([PrerequisiteSet.Install, PrerequisiteSet.Registry, new("for services on the host", manifest.Packages)], stop);
        await LoadAsync(manifest, stop);
        return manifest;
    }

    // The record comes last: it says that the images are here.
    private async Task LoadAsync(BundleManifest manifest, CancellationToken stop)
    {
        var layout = Path.Combine(paths.Imported, "images");
        var store = new ImageStore(context.Runner);
        var here = await store.IdsAsync(stop);
        foreach (var (image, id) in manifest.Images.Where(image => here.GetValueOrDefault(image.Key) != image.Value))
        {
            context.Events.Now($"loading {image}");
            (await context.Runner.RunAsync(new("skopeo", ["copy", "--quiet", $"oci:{layout}:{image}", $"containers-storage:{image}"]) { OwnSession = true }, stop)).OrThrow();
            context.Events.Line($"image {ImageDefinition.Parts(image)?.Name}: loaded ({id[..Math.Min(12, id.Length)]})");
        }

        here = await store.IdsAsync(stop);
        var wrong = manifest.Images.Where(image => here.GetValueOrDefault(image.Key) != image.Value).Select(image => image.Key).ToList();
        if (wrong.Count > 0)
            throw new InstallException($"These images of the bundle have another id on this host than where the bundle was made: {string.Join(", ", wrong)}. Make the bundle again.");
        BundleCreation.Delete(layout);
        new BundleRecord(context.StateDirectory).Keep(manifest.Images);
    }
}
