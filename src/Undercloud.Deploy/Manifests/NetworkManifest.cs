namespace Undercloud.Deploy.Manifests;

/// <summary>A node's interfaces and the addresses they carry.</summary>
public sealed record NetworkManifest
{
    public IReadOnlyList<InterfaceEntry> Interfaces { get; init => field = value ?? []; } = [];
}

/// <summary>An existing interface, brought up with our addresses on it; addresses of others on it stay.</summary>
/// <param name="Name">e.g. eth1.</param>
/// <param name="Addresses">With prefix length, e.g. 192.168.24.1/24.</param>
/// <param name="Mtu">In bytes; null leaves it.</param>
public sealed record InterfaceEntry(string Name, IReadOnlyList<string> Addresses, int? Mtu = null);
