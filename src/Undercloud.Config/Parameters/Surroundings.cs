using System.Collections.Immutable;
using System.Net;

namespace Undercloud.Config;

/// <summary>What the parameters depend on besides undercloud.conf: the host's answers.</summary>
public sealed record Surroundings
{
    /// <summary>The host's fully qualified name.</summary>
    public required string HostName { get; init; }

    /// <summary>The operator's home directory.</summary>
    public required string Home { get; init; }

    /// <summary>Who runs the installation.</summary>
    public required string User { get; init; }

    /// <summary>The host's time zone.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Path of undercloud.conf.</summary>
    public required string ConfigPath { get; init; }

    /// <summary>The Python that Ansible runs its modules with.</summary>
    public string Python { get; init; } = "/usr/bin/python3";

    /// <summary>The addresses of the names that stand for undercloud_public_host and undercloud_admin_host.</summary>
    public ImmutableDictionary<string, ImmutableArray<IPAddress>> Addresses { get; init; } =
        ImmutableDictionary<string, ImmutableArray<IPAddress>>.Empty;

    /// <summary>What undercloud_service_certificate names.</summary>
    public ServiceCertificate? Certificate { get; init; }

    /// <summary>The one address that a host given by name or address has in a family; null when it has none, or several.</summary>
    public IPAddress? AddressOf(string host, bool isIPv6)
    {
        // python-tripleoclient asks for the family only where it has a name to look up.
        if (AddressWithPrefix.TryParseAddress(host, out var address))
            return address;
        var family = isIPv6 ? System.Net.Sockets.AddressFamily.InterNetworkV6 : System.Net.Sockets.AddressFamily.InterNetwork;
        ImmutableArray<IPAddress> found = [.. Addresses.GetValueOrDefault(host, []).Where(known => known.AddressFamily == family)];
        return found is [var only] ? only : null;
    }
}
