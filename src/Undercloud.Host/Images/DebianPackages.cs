using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Config;
using Undercloud.Deploy.Images;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Images;

/// <summary>What builds share of the Debian archive: downloaded package files, and one state of the package lists.</summary>
internal sealed partial class DebianPackages(IProcessRunner processes, OpenStackRelease release, string cache)
{
    // NAME_VERSION_ARCHITECTURE.deb, as apt names what it fetches.
    private const string Files = "*_*_*.deb";

    private string Pool => $"{cache}/apt/{release.Suite}";

    /// <summary>The directory in which a root file system is made. Only root can write to it, unlike /var/tmp, where anybody could place a symbolic link.</summary>
    public string Bootstrap { get; } = $"{cache}/bootstrap/{release.Suite}";

    /// <summary>The package lists, for a mount over /var/lib/apt/lists.</summary>
    public string Lists { get; } = $"{cache}/lists/{release.Suite}";

    /// <summary>
    /// A directory for the downloads of one build, for a mount over /var/cache/apt/archives. It contains hard links to the packages downloaded before.
    /// Each build has its own, because apt locks the directory.
    /// </summary>
    public async Task<string> OpenAsync(string build, CancellationToken stop)
    {
        var own = $"{cache}/apt/{release.Suite}.{build}";
        if (Directory.Exists(own))
            Directory.Delete(own, recursive: true);
        Directory.CreateDirectory(Pool);
        (await processes.RunAsync(CommandLine.Of("cp", "-al", Pool, own), stop)).OrThrow();
        return own;
    }

    /// <summary>Keeps the packages that a build downloaded, and deletes older versions of them.</summary>
    public void Close(string own)
    {
        if (!Directory.Exists(own))
            return;
        var there = Directory.GetFiles(Pool, Files).ToLookup(file => NameOf(Path.GetFileName(file)));
        foreach (var file in Directory.GetFiles(own, Files))
        {
            var kept = Path.Combine(Pool, Path.GetFileName(file));
            if (File.Exists(kept))
                continue;
            File.Move(file, kept, overwrite: true);
            foreach (var old in there[NameOf(Path.GetFileName(file))])
                File.Delete(old);
        }

        Directory.Delete(own, recursive: true);
    }

    /// <summary>Removes the remains of interrupted builds.</summary>
    public void Tidy()
    {
        Directory.CreateDirectory(Pool);
        Directory.CreateDirectory(Lists);
        foreach (var left in Directory.GetDirectories($"{cache}/apt").Where(path => Path.GetFileName(path).StartsWith($"{release.Suite}.")))
            Directory.Delete(left, recursive: true);
        if (Directory.Exists(Bootstrap))
            Directory.Delete(Bootstrap, recursive: true);

        // apt downloads as its own user, who has to be able to enter the directory.
        Directory.CreateDirectory(
            Bootstrap, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    /// <summary>The options of apt with which this host reaches the archive; an image needs the same.</summary>
    public async Task<ImmutableArray<string>> HostOptionsAsync(CancellationToken stop)
    {
        var dump = await processes.RunAsync(CommandLine.Of("apt-config", "dump"), stop);
        return [.. AccessOption().Matches(dump.Output).Select(option => option.Value)];
    }

    /// <summary>The host's own sources, translated to the release's suite; empty when the host has no Debian sources.</summary>
    public static string HostSources(string suite)
    {
        var files = new[] { "/etc/apt/sources.list" }
            .Concat(Directory.Exists("/etc/apt/sources.list.d") ? Directory.GetFiles("/etc/apt/sources.list.d").Order(StringComparer.Ordinal) : [])
            .Where(File.Exists)
            .Where(path => path.EndsWith(".list") || path.EndsWith(".sources"))
            .Select(path => (path, File.ReadAllText(path)));
        var system = File.Exists("/etc/os-release") ? File.ReadAllText("/etc/os-release") : "";
        // Derivatives of Debian have archives of their own.
        return system.Split('\n').Contains("ID=debian") && CodeName().Match(system) is { Success: true } own ? AptSources.For(suite, own.Groups[1].Value, files) : "";
    }

    private static string NameOf(string file) => file[..file.IndexOf('_')] + file[file.LastIndexOf('_')..];

    [GeneratedRegex("""^Acquire::(?:https?::Proxy(?:::[^ ]+)?|Check-Valid-Until|Check-Date) ".+";$""", RegexOptions.Multiline)]
    private static partial Regex AccessOption();

    [GeneratedRegex("""^VERSION_CODENAME="?([a-z]+)""", RegexOptions.Multiline)]
    private static partial Regex CodeName();
}
