namespace Undercloud.Host.Operations;

/// <summary>Where bundles are made and kept on a host.</summary>
public sealed record BundlePaths
{
    /// <summary>Where the members are collected. Only root writes there.</summary>
    public string Staging { get; init; } = "/var/cache/undercloud/bundle";

    /// <summary>What was imported: packages and the tool. apt reads the packages there.</summary>
    public string Imported { get; init; } = "/var/lib/undercloud-bundle";

    /// <summary>The host's list of package sources for it.</summary>
    public string Sources { get; init; } = "/etc/apt/sources.list.d/undercloud-bundle.list";

    /// <summary>Which system this is.</summary>
    public string System { get; init; } = "/etc/os-release";

    /// <summary>The code name of this host's Debian; empty for another system.</summary>
    public string Suite() => File.Exists(System)
        ? File.ReadLines(System).FirstOrDefault(line => line.StartsWith("VERSION_CODENAME=", StringComparison.Ordinal))?["VERSION_CODENAME=".Length..].Trim('"') ?? ""
        : "";
}
