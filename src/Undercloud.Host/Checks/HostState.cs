using System.Collections.Immutable;
using System.Net;

namespace Undercloud.Host.Checks;

/// <summary>A process of the host that listens for connections.</summary>
/// <param name="Protocol">tcp or udp.</param>
/// <param name="Address">The address; the unspecified address for all.</param>
/// <param name="Port">Its port.</param>
/// <param name="Process">Name and id, e.g. "nginx (1234)"; empty when the kernel itself listens.</param>
public sealed record Listener(string Protocol, IPAddress Address, int Port, string Process);

/// <summary>A file system with its free space.</summary>
/// <param name="MountPoint">The mount point.</param>
/// <param name="FreeBytes">The space that root can still use, in bytes.</param>
public sealed record FileSystemRoom(string MountPoint, long FreeBytes)
{
    /// <summary>Its whole size in bytes.</summary>
    public long TotalBytes { get; init; }
}

/// <summary>The facts of a host on which an installation depends.</summary>
public sealed record HostState
{
    /// <summary>Names of the network interfaces.</summary>
    public ImmutableArray<string> Interfaces { get; init; } = [];

    /// <summary>Why the plan's network cannot be built here, each with a remedy, e.g. a future port carries the default route.</summary>
    public ImmutableArray<string> NetworkRefusals { get; init; } = [];

    /// <summary>Listening processes, without those of the undercloud's own containers.</summary>
    public ImmutableArray<Listener> Listeners { get; init; } = [];

    /// <summary>File systems.</summary>
    public ImmutableArray<FileSystemRoom> Room { get; init; } = [];

    /// <summary>Memory and swap together, in bytes.</summary>
    public long MemoryBytes { get; init; }
}
