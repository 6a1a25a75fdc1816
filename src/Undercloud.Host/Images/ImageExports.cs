using System.Collections.Immutable;
using Undercloud.Deploy.Images;
using Undercloud.Host.Files;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Images;

/// <summary>Copies files out of images, e.g. the kernel and ramdisk of the Ironic agent to the directory from which nodes boot.</summary>
public sealed class ImageExports(IProcessRunner processes)
{
    /// <summary>
    /// Copies an image's files to a directory or, without one, each to its place in the definition. A file from the same image is not copied again.
    /// </summary>
    /// <param name="definition">The image's definition, with exports.</param>
    /// <param name="imageId">The image's id.</param>
    /// <param name="directory">The target directory; null for the places in the definition.</param>
    /// <returns>The files' paths, and whether each was written.</returns>
    /// <exception cref="ImageBuildException">A file has no place in the definition, or is not in the image.</exception>
    public async Task<ImmutableArray<(string Path, bool Written)>> CopyAsync(ImageDefinition definition, string imageId, string? directory, CancellationToken stop)
    {
        var files = definition.Exports.Select(export => (export.Path, To: Target(definition, export, directory))).ToList();
        var missing = files.Where(file => !IsOf(file.To, imageId)).ToList();
        if (missing.Count > 0)
        {
            // The container is never started: it only makes the image's files accessible, whatever store the image is in.
            var container = (await PodmanAsync(["create", "--pull", "never", imageId, "true"], stop)).Output.Trim();
            try
            {
                foreach (var (path, to) in missing)
                    await CopyAsync(container, path, to, imageId, stop);
            }
            finally
            {
                await PodmanAsync(["rm", container], CancellationToken.None);
            }
        }

        return [.. files.Select(file => (file.To, missing.Contains(file)))];
    }

    /// <summary>Whether the directories for an image's files exist on this host.</summary>
    public static bool HavePlace(ImageDefinition definition) =>
        !definition.Exports.IsEmpty && definition.Exports.All(export => export.To is { } to && Directory.Exists(Path.GetDirectoryName(to)));

    private async Task CopyAsync(string container, string path, string to, string imageId, CancellationToken stop)
    {
        var directory = Path.GetDirectoryName(to)!;
        Directory.CreateDirectory(directory);
        var temporary = Path.Combine(directory, $".{Path.GetFileName(to)}.{Environment.ProcessId}.new");
        try
        {
            await PodmanAsync(["cp", $"{container}:{path}", temporary], stop);
            File.SetUnixFileMode(temporary, AtomicFile.Public);
            File.Move(temporary, to, overwrite: true);
            AtomicFile.WriteText(Source(to), imageId + "\n", AtomicFile.Public);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string Target(ImageDefinition definition, ImageExport export, string? directory)
    {
        var to = directory is null ? export.To : Path.Combine(Path.GetFullPath(directory), Path.GetFileName(export.Path));
        return to ?? throw new ImageBuildException($"The file {export.Path} of the image {definition.Name} has no default place. Give a directory: --to DIRECTORY");
    }

    // A file beside each copy records its image.
    private static string Source(string file) => Path.Combine(Path.GetDirectoryName(file)!, $".{Path.GetFileName(file)}.image");

    private static bool IsOf(string file, string imageId) =>
        File.Exists(file) && File.Exists(Source(file)) && File.ReadAllText(Source(file)).Trim() == imageId;

    private async Task<ProcessResult> PodmanAsync(ImmutableArray<string> arguments, CancellationToken stop) =>
        (await processes.RunAsync(new("podman", arguments) { OwnSession = true }, stop)).OrThrow();
}
