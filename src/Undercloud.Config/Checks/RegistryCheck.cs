using System.Globalization;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Checks that registries are written as host or host:port, or a mirror as a URL.</summary>
internal static class RegistryCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        var insecure = config[ImageOptions.ContainerInsecureRegistries];
        foreach (var text in CheckedConfig.Texts(insecure))
        {
            // Docker accepts networks there too.
            if (!AddressWithPrefix.TryParse(text, out _) && Problem(text) is { } problem)
                Report(insecure!, text, problem,
                    Bare(text) is { } plain ? $"Write {plain}, without brackets and quotes."
                    : WithoutScheme(text) is { } bare && Problem(bare) is null ? $"Write {bare}." : null, diagnostics);
        }

        var mirror = config[ImageOptions.ContainerRegistryMirror];
        foreach (var text in CheckedConfig.Texts(mirror))
        {
            var place = (WithoutScheme(text) ?? text).Split('/')[0];
            if (Problem(place) is { } problem)
                Report(mirror!, text, problem, null, diagnostics);
        }
    }

    private static void Report(Setting setting, string text, string problem, string? remedy, DiagnosticBag diagnostics) =>
        diagnostics.Add(new(setting.Option.Wrong, ConfigCodes.Registry,
            $"{setting.SetAs ?? setting.Option.Name} has {OneLine.Quote(text)}, which {problem}.", setting.Location,
            remedy ?? "Write it as host or host:port, e.g. registry.example.org:5000."));

    // A list in the form of YAML and Python, split at its commas.
    private static string? Bare(string text)
    {
        var bare = text.Trim('[', ']', '\'', '"', ' ');
        return bare != text && text.IndexOfAny(['\'', '"']) >= 0 && Problem(bare) is null ? bare : null;
    }

    private static string? WithoutScheme(string text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        return end < 0 ? null : text[(end + 3)..].TrimEnd('/');
    }

    // registry => ( name | IPv4 | '[' IPv6 ']' ) ( ':' port )?
    private static string? Problem(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal))
            return "is a URL";
        var end = text.StartsWith('[') ? text.IndexOf(']') + 1 : text.IndexOf(':');
        var (host, port) = end <= 0 ? (text, "") : (text[..end], text[end..]);
        if (port.Length > 0 && !IsPort(port))
            return "has no port from 1 to 65535 after its host";
        if (host.StartsWith('['))
            return host.EndsWith(']') && AddressWithPrefix.TryParseAddress(host[1..^1], out _)
                ? null
                : "is not an IPv6 address in brackets";
        return AddressWithPrefix.TryParseAddress(host, out _) || (host.Length > 0 && HostName.ProblemOf(host) is null)
            ? null
            : "does not begin with a host's name or address";
    }

    private static bool IsPort(string text) =>
        text[0] == ':' && int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port is >= 1 and <= 65535;
}
