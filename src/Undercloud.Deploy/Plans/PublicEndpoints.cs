using System.Collections.Immutable;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>The public endpoints with TLS: HAProxy serves the public endpoint of each service of the node, and forwards to the service's internal endpoint.</summary>
internal static class PublicEndpoints
{
    private const string ListenKey = "listen";
    private const string EveryEndpoint = "public_endpoints";

    // The first of systemd's sockets (sd_listen_fds(3)).
    private const int FirstSocket = 3;

    /// <summary>The file with a section for each public endpoint, if it is the file that serves them.</summary>
    public static ConfigFile Served(ConfigFile file, ImmutableArray<ServiceData> services) =>
        file is { Format: ConfigFormat.Haproxy, Frontend: { } frontend, Content: MapValue sections }
            ? file with { Content = new MapValue([.. sections.Entries, .. Sections(frontend, services)]) }
            : file;

    /// <summary>
    /// A container's configuration with the addresses of the public endpoints, where its key <c>listen</c> is the word <c>public_endpoints</c>: systemd
    /// listens at them, and the file with the sections names the sockets by their numbers.
    /// </summary>
    public static MapValue Listening(MapValue container, ImmutableArray<ServiceData> services)
    {
        if (container[ListenKey] is not StringValue { Text: EveryEndpoint })
            return container;
        var addresses = services.SelectMany(service => service.Files).Select(file => file.Frontend).OfType<PublicFrontend>().Take(1)
            .SelectMany(frontend => Listeners(services).Select(endpoint => $"{(frontend.Address.Length > 0 ? frontend.Address : "0.0.0.0")}:{endpoint.Public.Port}"));
        return new MapValue(
        [
            .. container.Entries.Where(entry => entry.Key != ListenKey),
            new(ListenKey, new ListValue([.. addresses.Select(address => (Value)address)])),
        ]);
    }

    /// <summary>A finding for public endpoints with TLS on a node where nothing serves them.</summary>
    public static void Check(ImmutableArray<ServiceData> services, DiagnosticBag diagnostics)
    {
        var names = Endpoints(services).Select(endpoint => endpoint.Name).ToList();
        if (names.Count == 0 || services.SelectMany(s => s.Files).Any(file => file.Frontend is not null))
            return;
        diagnostics.Warning(
            null, "PLAN013", $"The public endpoints of {string.Join(", ", names)} are to have TLS, and no service of the role serves them.",
            "Add OS::TripleO::Services::HAproxy to the role, or set generate_service_certificate = false.");
    }

    private static IEnumerable<KeyValuePair<string, Value>> Sections(PublicFrontend frontend, ImmutableArray<ServiceData> services) =>
        Listeners(services).Select((endpoint, index) => KeyValuePair.Create(
            $"listen {endpoint.Name}",
            (Value)new MapValue(
            [
                new("bind", $"fd@{FirstSocket + index} ssl crt {frontend.Certificate}"),
                new("http-request", "set-header X-Forwarded-Proto https"),

                // HAProxy does not check its backend: there is no other server to use, and a restarted one is available again at once.
                new("server", $"internal {endpoint.Internal.Host}:{endpoint.Internal.Port}"),
            ])));

    private static IEnumerable<(string Name, Uri Public, Uri Internal)> Listeners(ImmutableArray<ServiceData> services) =>
        Endpoints(services).DistinctBy(endpoint => endpoint.Public.Port);

    private static IEnumerable<(string Name, Uri Public, Uri Internal)> Endpoints(ImmutableArray<ServiceData> services) =>
        from service in services.SelectMany(s => s.CloudServices).OrderBy(service => service.Name, StringComparer.Ordinal)
        let outside = AddressOf(service.Endpoints.GetValueOrDefault("public"))
        let inside = AddressOf(service.Endpoints.GetValueOrDefault("internal"))
        where outside?.Scheme == Uri.UriSchemeHttps && inside is not null
        select (service.Name, outside, inside);

    // A catalogue's URL may have %(tenant_id)s in its path.
    private static Uri? AddressOf(string? url) => Uri.TryCreate(url?.Split('%')[0], UriKind.Absolute, out var address) ? address : null;
}
