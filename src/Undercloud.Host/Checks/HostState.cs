using System.Collections.Immutable;
using System.Net;

namespace Undercloud.Host.Checks;

/// <summary>A process of the host that waits for connections.</summary>
/// <param name="Protocol">tcp or udp.</param>
/// <param name="Address">Where; the unspecified address for everywhere.</param>
/// <param name="Port">Its port.</param>
/// <param name="Process">Name and id, e.g. "nginx (1234)"; empty when the kernel itself does.</param>
public sealed record Listener(string Protocol, IPAddress Address, int Port, string Process);

/// <summary>A file system with what is free in it.</summary>
/// <param name="MountPoint">Where it is mounted.</param>
/// <param name="FreeBytes">What root can still write, in bytes.</param>
public sealed record FileSystemRoom(string MountPoint, long FreeBytes);

/// <summary>What this host has, as far as an installation depends on it.</summary>
public sealed record HostState
{
    /// <summary>Names of the network interfaces.</summary>
    public ImmutableArray<string> Interfaces { get; init; } = [];

    /// <summary>Why the plan's network cannot be made here, each with what to do: an interface that the host is reached by is to be a port, ...</summary>
    public ImmutableArray<string> NetworkRefusals { get; init; } = [];

    /// <summary>Who listens, without processes of the undercloud's own containers.</summary>
    public ImmutableArray<Listener> Listeners { get; init; } = [];

    /// <summary>File systems.</summary>
    public ImmutableArray<FileSystemRoom> Room { get; init; } = [];

    /// <summary>Memory and swap together, in bytes.</summary>
    public long MemoryBytes { get; init; }
}
