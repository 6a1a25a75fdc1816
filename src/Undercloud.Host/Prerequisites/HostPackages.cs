using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Host.Failures;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Prerequisites;

/// <summary>A Debian package that an upgrade would change.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">The installed version; null for a package that comes with a newer one of another package.</param>
/// <param name="To">The version in the archive.</param>
public sealed record PackageUpgrade(string Name, string? From, string To)
{
    /// <summary>The two versions in words.</summary>
    public string Versions => From is null ? $"{To} is needed by another package" : $"{From} is installed, the archive has {To}";
}

/// <summary>Upgrades the Debian packages of a node. It removes none, and keeps configuration files that were changed.</summary>
/// <param name="processes">Runs programs on the node.</param>
public sealed partial class HostPackages(IProcessRunner processes)
{
    private static readonly ImmutableArray<string> s_upgrade = ["-q", "--with-new-pkgs", "upgrade"];
    private static readonly ImmutableArray<string> s_unasked = ["-y", "-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"];

    /// <summary>The packages that an upgrade would change, by the package lists that the node has. Nothing is changed.</summary>
    /// <exception cref="HostCommandException">apt failed.</exception>
    public async Task<ImmutableArray<PackageUpgrade>> ListAsync(CancellationToken stop) =>
        Simulated((await processes.RunAsync(AptCommand.Of(["--simulate", .. s_upgrade]), stop)).OrThrow().Output);

    /// <summary>Fetches the archive's package lists.</summary>
    /// <exception cref="HostCommandException">The archive cannot be reached.</exception>
    public async Task FetchListsAsync(CancellationToken stop) => (await processes.RunAsync(AptCommand.Of("update", "-q"), stop)).OrThrow();

    /// <summary>Downloads the packages of an upgrade, and changes none.</summary>
    /// <exception cref="HostCommandException">apt failed.</exception>
    public async Task DownloadAsync(CancellationToken stop) => (await processes.RunAsync(AptCommand.Of([.. s_unasked, "--download-only", .. s_upgrade]), stop)).OrThrow();

    /// <summary>Upgrades all packages. It cannot be cancelled, since a dpkg that is killed leaves packages half installed.</summary>
    /// <exception cref="HostCommandException">apt failed.</exception>
    public async Task UpgradeAsync() => (await processes.RunAsync(AptCommand.Of([.. s_unasked, .. s_upgrade]), CancellationToken.None)).OrThrow();

    /// <summary>The packages in the output of a simulated upgrade, with lines such as <c>Inst openssl [3.0.14-1] (3.0.15-1 Debian:12.8/stable [amd64])</c>.</summary>
    internal static ImmutableArray<PackageUpgrade> Simulated(string output) =>
    [
        .. Installation().Matches(output)
            .Select(match => new PackageUpgrade(match.Groups["name"].Value, match.Groups["from"] is { Success: true } from ? from.Value : null, match.Groups["to"].Value))
            .OrderBy(package => package.Name, StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"^Inst (?<name>\S+) (?:\[(?<from>[^\]]+)\] )?\((?<to>\S+) ", RegexOptions.Multiline)]
    private static partial Regex Installation();
}
