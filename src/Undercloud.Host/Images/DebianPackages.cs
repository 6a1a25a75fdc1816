using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Deploy.Images;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Images;

/// <summary>What builds share of the archive: package files that were fetched already, and one state of the package lists.</summary>
internal sealed partial class DebianPackages(IProcessRunner processes, OpenStackRelease release, string cache)
{
    // NAME_VERSION_ARCHITECTURE.deb, as apt names what it fetches.
    private const string Files = "*_*_*.deb";

    private string Pool => $"{cache}/apt/{release.Suite}";

    /// <summary>Where a root file system is made. Only root writes there, unlike /var/tmp, where anybody could put a link of the name to be written.</summary>
    public string Bootstrap { get; } = $"{cache}/bootstrap/{release.Suite}";

    /// <summary>The package lists, to be mounted over /var/lib/apt/lists.</summary>
    public string Lists { get; } = $"{cache}/lists/{release.Suite}";

    /// <summary>
    /// A directory for one build to fetch packages into, to be mounted over /var/cache/apt/archives, with those that are there
    /// already as links. One a build, since apt locks it.
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

    /// <summary>Keeps what a build fetched; an older version of the same package goes.</summary>
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

    /// <summary>Removes what interrupted builds left.</summary>
    public void Tidy()
    {
        Directory.CreateDirectory(Pool);
        Directory.CreateDirectory(Lists);
        foreach (var left in Directory.GetDirectories($"{cache}/apt").Where(path => Path.GetFileName(path).StartsWith($"{release.Suite}.")))
            Directory.Delete(left, recursive: true);
        if (Directory.Exists(Bootstrap))
            Directory.Delete(Bootstrap, recursive: true);

        // apt fetches as a user of its own, who has to get through it.
        Directory.CreateDirectory(
            Bootstrap, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    /// <summary>Options of apt that an image needs to reach the archive as this host does.</summary>
    public async Task<ImmutableArray<string>> HostOptionsAsync(CancellationToken stop)
    {
        var dump = await processes.RunAsync(CommandLine.Of("apt-config", "dump"), stop);
        return [.. AccessOption().Matches(dump.Output).Select(option => option.Value)];
    }

    /// <summary>The host's own sources, said for the release's suite; empty when it has none of Debian.</summary>
    public static string HostSources(string suite)
    {
        var files = new[] { "/etc/apt/sources.list" }
            .Concat(Directory.Exists("/etc/apt/sources.list.d") ? Directory.GetFiles("/etc/apt/sources.list.d").Order(StringComparer.Ordinal) : [])
            .Where(File.Exists)
            .Where(path => path.EndsWith(".list") || path.EndsWith(".sources"))
            .Select(path => (path, File.ReadAllText(path)));
        var system = File.Exists("/etc/os-release") ? File.ReadAllText("/etc/os-release") : "";
        // What is based on Debian has archives of its own.
        return system.Split('\n').Contains("ID=debian") && CodeName().Match(system) is { Success: true } own ? AptSources.For(suite, own.Groups[1].Value, files) : "";
    }

    private static string NameOf(string file) => file[..file.IndexOf('_')] + file[file.LastIndexOf('_')..];

    [GeneratedRegex("""^Acquire::(?:https?::Proxy(?:::[^ ]+)?|Check-Valid-Until|Check-Date) ".+";$""", RegexOptions.Multiline)]
    private static partial Regex AccessOption();

    [GeneratedRegex("""^VERSION_CODENAME="?([a-z]+)""", RegexOptions.Multiline)]
    private static partial Regex CodeName();
}
