using System.Collections.Immutable;

namespace Undercloud.Deploy.BareMetal;

/// <summary>A hardware type of Ironic, and the keys of its driver in a file of nodes.</summary>
/// <param name="Name">Ironic's name, e.g. ipmi.</param>
/// <param name="Prefixes">The prefixes of the driver's own keys: such a key of the file goes to the driver unchanged.</param>
public sealed record HardwareType(string Name, ImmutableArray<string> Prefixes)
{
    /// <summary>Its other names in files, e.g. fake.</summary>
    public ImmutableArray<string> OtherNames { get; init; } = [];

    /// <summary>The suffixes of the classic drivers that this type replaces, e.g. _ipmitool.</summary>
    public ImmutableArray<string> FormerEndings { get; init; } = [];

    /// <summary>The driver's keys for each pm_ key.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Keys { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Keys that a node must have.</summary>
    public ImmutableArray<string> Required { get; init; } = [];

    /// <summary>The keys that identify a controller, the address first; none where nodes have no controller.</summary>
    public ImmutableArray<string> Identity { get; init; } = [];

    /// <summary>The controller's default port.</summary>
    public string? DefaultPort { get; init; }

    /// <summary>The driver's keys for the file's key; none when the key is not the driver's.</summary>
    public ImmutableArray<string> DriverKeys(string key) =>
        Keys.TryGetValue(key, out var keys) ? keys
        : Prefixes.Any(prefix => key.StartsWith(prefix + "_", StringComparison.Ordinal)) ? [key]
        : [];

    /// <summary>Whether the name in a file means this type.</summary>
    public bool IsNamed(string name) =>
        name == Name || OtherNames.Contains(name) || FormerEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>The controller's identity, given the values of the pm_ keys; null when it is not known.</summary>
    public string? ControllerOf(Func<string, string?> value)
    {
        if (Identity.IsEmpty || value(Identity[0]) is not { Length: > 0 } address)
            return null;
        var id = Bare(address);
        foreach (var key in Identity[1..])
        {
            if (value(key) is { Length: > 0 } part && !(key == "pm_port" && part == DefaultPort))
                id += key == "pm_system_id" ? $"/{part.TrimStart('/')}" : $":{part}";
        }

        return id;
    }

    /// <summary>The value of a driver's key: the old driver for DRAC takes only a host where Redfish takes a URL.</summary>
    public static string DriverValue(string driverKey, string value) => driverKey == "drac_address" ? NodeAddresses.Host(value).ToLowerInvariant() : value;

    /// <summary>Whether the controller may be given as a URL.</summary>
    public bool TakesUrl => this == HardwareTypes.Unknown || DriverKeys("pm_addr").Contains("redfish_address");

    private static string Bare(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        return (scheme < 0 ? address : address[(scheme + 3)..]).TrimEnd('/').ToLowerInvariant();
    }
}
