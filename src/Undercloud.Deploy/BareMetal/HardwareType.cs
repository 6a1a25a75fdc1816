using System.Collections.Immutable;

namespace Undercloud.Deploy.BareMetal;

/// <summary>A hardware type of Ironic, and how a file of nodes says what its driver needs.</summary>
/// <param name="Name">As Ironic has it, e.g. ipmi.</param>
/// <param name="Prefixes">How the driver's own keys begin: such a key of the file is the driver's as it is.</param>
public sealed record HardwareType(string Name, ImmutableArray<string> Prefixes)
{
    /// <summary>Other names it has in files, e.g. fake.</summary>
    public ImmutableArray<string> OtherNames { get; init; } = [];

    /// <summary>How the names of the classic drivers end that it came in place of, e.g. _ipmitool.</summary>
    public ImmutableArray<string> FormerEndings { get; init; } = [];

    /// <summary>The driver's keys of each pm_ key.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Keys { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Keys that a node must have.</summary>
    public ImmutableArray<string> Required { get; init; } = [];

    /// <summary>The keys that tell one controller from another, the address first; none where nodes have no controller.</summary>
    public ImmutableArray<string> Identity { get; init; } = [];

    /// <summary>The controller's port where none is said.</summary>
    public string? DefaultPort { get; init; }

    /// <summary>The driver's keys that the file's key stands for; none when it is not the driver's.</summary>
    public ImmutableArray<string> DriverKeys(string key) =>
        Keys.TryGetValue(key, out var keys) ? keys
        : Prefixes.Any(prefix => key.StartsWith(prefix + "_", StringComparison.Ordinal)) ? [key]
        : [];

    /// <summary>Whether a file means this type by the name.</summary>
    public bool IsNamed(string name) =>
        name == Name || OtherNames.Contains(name) || FormerEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>What tells the controller from all others, given the values of the pm_ keys; null when that is not known.</summary>
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

    /// <summary>The value of a driver's key: the old driver for DRAC wants a host alone where Redfish takes a URL.</summary>
    public static string DriverValue(string driverKey, string value) => driverKey == "drac_address" ? NodeAddresses.Host(value).ToLowerInvariant() : value;

    /// <summary>Whether the controller may be given as a URL.</summary>
    public bool TakesUrl => this == HardwareTypes.Unknown || DriverKeys("pm_addr").Contains("redfish_address");

    private static string Bare(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        return (scheme < 0 ? address : address[(scheme + 3)..]).TrimEnd('/').ToLowerInvariant();
    }
}
