namespace Undercloud.Host.Images;

/// <summary>Where image builds keep their files on this machine.</summary>
public sealed record ImagePaths
{
    /// <summary>Fetched packages, package lists and root file systems. Only root writes there.</summary>
    public string Cache { get; init; } = "/var/cache/undercloud";

    /// <summary>Held by the build that is at work.</summary>
    public string LockFile { get; init; } = "/run/undercloud/images.lock";

    /// <summary>How containers are started on this machine, once that is known (<see cref="ContainerRuntime"/>). Forgotten at the next boot, as /run is.</summary>
    public string RuntimeFile { get; init; } = "/run/undercloud/runtime";
}
