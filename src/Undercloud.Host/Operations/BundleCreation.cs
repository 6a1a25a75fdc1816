using System.Collections.Immutable;
using System.Globalization;
using Undercloud.Deploy.Images;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;
using Undercloud.Host.Files;
using Undercloud.Host.Gathering;
using Undercloud.Host.Images;
using Undercloud.Host.Prerequisites;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Operations;

/// <summary>
/// Makes a bundle: a tar archive of a plan's images, of the tool, and of the Debian packages that a host needs for both. It holds no secrets and nothing of
/// undercloud.conf. Images and packages are compressed in it, each by itself; layers that images share are in it once.
/// </summary>
/// <param name="context">The host's services that operations use.</param>
/// <param name="paths">Where it is made.</param>
public sealed class BundleCreation(OperationContext context, BundlePaths paths)
{
    // What tool and packages take at most.
    private const long Rest = 1_000_000_000;

    // apt finds every package missing with an empty list of the installed ones, so that the dependencies are complete on any host. Epochs go from the names:
    // apt would take %3a in them for a colon. dpkg-scanpackages would be one more package.
    private const string Packages = """
        cd "$1"
        shift
        mkdir -p partial
        : > status
        apt-get update -q
        apt-get install --download-only -y -q --no-install-recommends -o Dir::State::status="$PWD/status" -o Dir::Cache::archives="$PWD/" -o APT::Sandbox::User=root "$@"
        rm -rf partial status lock
        for file in *%3a*; do
            [ ! -e "$file" ] || mv "$file" "${file%%_*}_${file#*%3a}"
        done
        for file in *.deb; do
            dpkg-deb --field "$file"
            printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$file" "$(stat -c %s "$file")" "$(sha256sum "$file" | cut -d' ' -f1)"
        done > Packages
        """;

    private static readonly ImmutableArray<PrerequisiteSet> s_sets = [PrerequisiteSet.Install, PrerequisiteSet.Node, PrerequisiteSet.Registry, PrerequisiteSet.Backup];
    private static readonly ImmutableArray<string> s_tool = ["templates", "images", "ansible", "openstackclient"];

    /// <summary>Makes the bundle of a plan.</summary>
    /// <param name="plan">The plan, all of whose images are on this host.</param>
    /// <param name="file">The bundle's file.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>What is in the bundle.</returns>
    /// <exception cref="InstallException">It could not be made; the message gives the cause and the remedy.</exception>
    public async Task<BundleManifest> RunAsync(DeploymentPlan plan, string file, CancellationToken stop)
    {
        if (PlanImages.Missing(plan) is { IsEmpty: false } missing)
            throw new InstallException($"These images are not on this host: {string.Join(", ", missing)}. Build or pull them first: `undercloud image build`, `undercloud image pull`.");
        var images = plan.Images.Where(image => ImageDefinition.Parts(image.Key) is not null).ToImmutableSortedDictionary(StringComparer.Ordinal);
        if (images.Count < plan.Images.Count)
            throw new InstallException($"A bundle has the tool's images only, and the plan has others: {string.Join(", ", plan.Images.Keys.Except(images.Keys))}.");
        await CheckSpaceAsync(images, file, stop);
        await new DebianPrerequisites(context.Runner, context.Events).EnsureAsync([PrerequisiteSet.Registry], stop);
        ImmutableArray<string> packages = [.. plan.Nodes.SelectMany(node => node.Packages).Distinct().Order(StringComparer.Ordinal)];
        Delete(paths.Staging);
        Directory.CreateDirectory(paths.Staging);
        try
        {
            await ToolAsync(stop);
            await PackagesAsync([.. s_sets.SelectMany(set => set.Packages), .. packages], stop);
            await ImagesAsync(images, stop);
            context.Events.Now("computing checksums");
            var manifest = await new BundleManifest(plan.Release, paths.Suite(), packages, images, ImmutableSortedDictionary<string, (long, string)>.Empty).WithFilesAsync(context.Runner, paths.Staging, stop);
            AtomicFile.WriteText(Path.Combine(paths.Staging, BundleManifest.FileName), manifest.Write(), AtomicFile.Public);
            context.Events.Now($"writing {file}");
            var made = $"{file}.new";
            (await context.Runner.RunAsync(
                new("tar", ["--create", "--file", made, "--directory", paths.Staging, "--owner=0", "--group=0", BundleManifest.FileName, "tool", "packages", "images"]) { OwnSession = true }, stop)).OrThrow();
            File.Move(made, file, overwrite: true);
            return manifest;
        }
        finally
        {
            File.Delete($"{file}.new");
            Delete(paths.Staging);
        }
    }

    private async Task ToolAsync(CancellationToken stop)
    {
        context.Events.Now("copying the tool");
        var tool = Directory.CreateDirectory(Path.Combine(paths.Staging, "tool")).FullName;
        File.Copy(ToolHome.Program, Path.Combine(tool, "undercloud"));
        foreach (var part in s_tool)
            (await context.Runner.RunAsync(CommandLine.Of("cp", "-RL", Path.Combine(context.Tool.Path, part), tool), stop)).OrThrow();
    }

    private async Task PackagesAsync(ImmutableArray<string> packages, CancellationToken stop)
    {
        context.Events.Now("fetching Debian packages");
        var directory = Directory.CreateDirectory(Path.Combine(paths.Staging, "packages")).FullName;
        var fetched = await context.Runner.RunAsync(
            new("bash", ["-euo", "pipefail", "-c", Packages, "--", directory, .. packages.Distinct()]) { OwnSession = true, Environment = ImmutableDictionary<string, string>.Empty.Add("LC_ALL", "C.UTF-8") }, stop);
        if (!fetched.Succeeded)
            throw new InstallException($"The Debian packages could not be fetched.\n{fetched.Tail().Trim()}\nMake sure that `apt-get update` works on this machine, then run this again.");
        context.Events.Line($"{Directory.GetFiles(directory, "*.deb").Length} Debian packages");
    }

    private async Task ImagesAsync(ImmutableSortedDictionary<string, string> images, CancellationToken stop)
    {
        var layout = Path.Combine(paths.Staging, "images");
        foreach (var (image, id) in images)
        {
            context.Events.Now($"writing {image}");
            (await context.Runner.RunAsync(new("podman", ["push", "--quiet", id, $"oci:{layout}:{image}"]) { OwnSession = true }, stop)).OrThrow();
        }

        context.Events.Line($"{images.Count} images");
    }

    // Shared layers are counted once where the image with them is on this host as well; compressed, all of it is less.
    private async Task CheckSpaceAsync(ImmutableSortedDictionary<string, string> images, string file, CancellationToken stop)
    {
        var all = (await new ImageStore(context.Runner).ListAsync(stop)).ToDictionary(image => image.Id, StringComparer.Ordinal);
        var counted = new HashSet<string>(StringComparer.Ordinal);
        var size = Rest;
        foreach (var id in images.Values)
        {
            for (var image = all.GetValueOrDefault(id); image is not null && counted.Add(image.Id); image = all.GetValueOrDefault(image.Below))
                size += image.Size - (all.GetValueOrDefault(image.Below)?.Size ?? 0);
        }

        size /= 2;
        foreach (var directory in new[] { Path.GetDirectoryName(Path.GetFullPath(file))!, Path.GetDirectoryName(paths.Staging)! })
            CheckSpace(directory, size);
    }

    /// <summary>Makes sure that a directory has space.</summary>
    /// <exception cref="InstallException">It has less.</exception>
    internal static void CheckSpace(string directory, long size)
    {
        Directory.CreateDirectory(directory);
        var free = new DriveInfo(directory).AvailableFreeSpace;
        if (free < size)
            throw new InstallException($"{directory} has {Gigabytes(free)} free, and a bundle needs up to {Gigabytes(size)} there. Free space, or choose another place. Nothing was done.");
    }

    /// <summary>Deletes a directory if it is there.</summary>
    internal static void Delete(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F1} GB");
}
