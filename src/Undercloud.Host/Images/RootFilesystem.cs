using System.Collections.Immutable;
using Undercloud.Deploy.Images;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Images;

/// <summary>A minimal Debian of a suite, as a tar archive.</summary>
internal static class RootFilesystem
{
    /// <summary>
    /// Makes the archive from the host's own sources, translated to the suite, or from the default mirror when the host has no Debian sources.
    /// </summary>
    public static async Task<ProcessResult> MakeAsync(
        IProcessRunner processes, string suite, ImmutableArray<string> packages, string archive, ImmutableArray<string> aptOptions, CancellationToken stop)
    {
        var sources = archive + ".sources";
        var text = DebianPackages.HostSources(suite);
        await File.WriteAllTextAsync(sources, text, stop);
        try
        {
            return await processes.RunAsync(
                new(
                    "mmdebstrap",
                    [
                        "--variant=apt", "--quiet",
                        .. ImageRecipe.PackageOptions.Select(option => $"--dpkgopt={option}"),
                        .. packages.Select(package => $"--include={package}"),
                        .. aptOptions.Select(option => $"--aptopt={option}"),
                        // mmdebstrap copies these files from this host.
                        "--customize-hook=rm -f \"$1/etc/hostname\" \"$1/etc/resolv.conf\"",
                        suite, archive, .. text.Length > 0 ? [sources] : ImmutableArray<string>.Empty,
                    ])
                {
                    OwnSession = true,
                    Environment = ImmutableDictionary<string, string>.Empty.Add("TMPDIR", Path.GetDirectoryName(archive)!),
                },
                stop);
        }
        finally
        {
            File.Delete(sources);
        }
    }
}
