using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Serialization;
using Undercloud.Host.Processes;

namespace Undercloud.Host.Agent.Network;

/// <summary>The actual state of an interface.</summary>
/// <param name="Name">e.g. eth1.</param>
/// <param name="IsUp">Whether it is administratively up.</param>
/// <param name="Mtu">In bytes.</param>
/// <param name="Addresses">With prefix length, in canonical form.</param>
/// <param name="Hardware">The hardware address; null for an interface without one.</param>
internal sealed record LinkState(string Name, bool IsUp, int Mtu, ImmutableArray<string> Addresses, string? Hardware = null)
{
    /// <summary>Whether an address is link-local: the kernel gives every interface one.</summary>
    public static bool IsLinkLocal(string address) => address.StartsWith("fe80:", StringComparison.Ordinal);

    /// <summary>Reads the output of <c>ip -j address show</c>. Every host has an interface, so the output is never empty.</summary>
    /// <exception cref="HostCommandException">The command failed, or printed something else.</exception>
    public static ImmutableArray<LinkState> Of(ProcessResult printed) =>
    [
        .. printed.Json(IpJson.Default.IpLinkArray)
            .Where(link => link.Ifname is not null)
            .Select(link => new LinkState(link.Ifname!, link.Flags.Contains("UP"), link.Mtu, Canonical(link.AddrInfo), link.Address)),
    ];

    /// <summary>The interfaces that carry a default route, from the output of <c>ip -j route show default</c>.</summary>
    /// <exception cref="HostCommandException">The command failed, or printed something else.</exception>
    public static ImmutableArray<string> DefaultRoutes(ProcessResult printed) =>
    [
        .. IpRoute.Of(printed).SelectMany(route => route.Nexthops.Select(hop => hop.Dev).Append(route.Dev)).OfType<string>(),
    ];

    /// <summary>An address with prefix length in the kernel's form; null when the text is no address.</summary>
    public static string? Canonical(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2
            && IPAddress.TryParse(parts[0], out var address)
            && int.TryParse(parts[1], out var length)
            && length >= 0 && length <= address.GetAddressBytes().Length * 8
            ? $"{address}/{length}"
            : null;
    }

    private static ImmutableArray<string> Canonical(IpAddress[] addresses) =>
        [.. addresses.Select(address => Canonical($"{address.Local}/{address.Prefixlen}")).OfType<string>()];
}

internal sealed record IpLink
{
    public string? Ifname { get; init; }

    public string? Address { get; init; }

    public string[] Flags { get; init => field = value ?? []; } = [];

    public int Mtu { get; init; }

    public IpAddress[] AddrInfo { get; init => field = value ?? []; } = [];
}

internal sealed record IpAddress(string? Local, int Prefixlen);

internal sealed record IpRoute
{
    public string? Dev { get; init; }

    public string? Dst { get; init; }

    public string? Gateway { get; init; }

    /// <summary>Reads the output of <c>ip -j route show</c>; some versions print nothing when there is no route.</summary>
    /// <exception cref="HostCommandException">The command failed, or printed something else.</exception>
    public static IpRoute[] Of(ProcessResult printed) =>
        printed.Succeeded && string.IsNullOrWhiteSpace(printed.Output) ? [] : printed.Json(IpJson.Default.IpRouteArray);

    public string? Type { get; init; }

    public IpRoute[] Nexthops { get; init => field = value ?? []; } = [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IpLink[]))]
[JsonSerializable(typeof(IpRoute[]))]
internal sealed partial class IpJson : JsonSerializerContext;
