using System.Collections.Immutable;
using System.Net;

namespace Undercloud.Config;

/// <summary>The input of the parameters besides undercloud.conf: the host's facts.</summary>
public sealed record Surroundings
{
    /// <summary>The host's fully qualified name.</summary>
    public required string HostName { get; init; }

    /// <summary>The operator's home directory.</summary>
    public required string Home { get; init; }

    /// <summary>The user who runs the installation.</summary>
    public required string User { get; init; }

    /// <summary>The host's time zone.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Path of undercloud.conf.</summary>
    public required string ConfigPath { get; init; }

    /// <summary>The Python with which Ansible runs its modules.</summary>
    public string Python { get; init; } = "/usr/bin/python3";

    /// <summary>The addresses of undercloud_public_host and undercloud_admin_host, where these are names.</summary>
    public ImmutableDictionary<string, ImmutableArray<IPAddress>> Addresses { get; init; } =
        ImmutableDictionary<string, ImmutableArray<IPAddress>>.Empty;

    /// <summary>The certificate of undercloud_service_certificate.</summary>
    public ServiceCertificate? Certificate { get; init; }

    /// <summary>The only address of a family for a host given by name or address; null when there is none, or several.</summary>
    public IPAddress? AddressOf(string host, bool isIPv6)
    {
        // python-tripleoclient considers the family only where it resolves a name.
        if (AddressWithPrefix.TryParseAddress(host, out var address))
            return address;
        var family = isIPv6 ? System.Net.Sockets.AddressFamily.InterNetworkV6 : System.Net.Sockets.AddressFamily.InterNetwork;
        ImmutableArray<IPAddress> found = [.. Addresses.GetValueOrDefault(host, []).Where(known => known.AddressFamily == family)];
        return found is [var only] ? only : null;
    }
}
