using System.Collections.Immutable;
using System.Net;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config.Parameters;

/// <summary>An undercloud.conf with the host's answers, as tests/differential/undercloud_parameters.py is asked about it.</summary>
internal sealed record ClientRequest(string Conf)
{
    private const string Home = "/home/stack";

    /// <summary>Names to the addresses that they have.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Names { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The file that undercloud_service_certificate names, and what is in it.</summary>
    public (string Path, string Pem)? Certificate { get; init; }

    public string ToJson() => PythonJson.Write(new MapValue(
    [
        new("conf", Conf), new("hostname", "director"), new("timezone", "Europe/Madrid"), new("user", "stack"),
        new("names", new MapValue(Names.Select(name => KeyValuePair.Create(name.Key, Texts(name.Value))))),
        new("files", new MapValue(Certificate is { } file ? [new(file.Path, file.Pem)] : [])),
    ]));

    /// <summary>Our answer in the script's form; null with the findings when the file has errors.</summary>
    public MapValue? Answer(ConfigRelease release, out ImmutableArray<Diagnostic> findings)
    {
        var diagnostics = new DiagnosticBag();
        var config = UndercloudConfig.Read(Conf, "undercloud.conf", Home, diagnostics, release);
        findings = diagnostics.All;
        // The client computes parameters of options that do not fit each other, too, before it refuses them.
        if (diagnostics.All.Any(finding => finding.Severity == Severity.Error && !ConfigCodes.OfValidations.Contains(finding.Code)))
            return null;
        var input = ConfigParameters.For(config, Surroundings(), release);
        return new MapValue(
        [
            new("parameters", input.Parameters),
            new("environments", Texts(input.Environments)),
            new("virtual_ips", new MapValue(
            [
                .. Entry("public-virtual-ip", input.PublicVirtualIp), .. Entry("control-virtual-ip", input.ControlVirtualIp),
            ])),
        ]);
    }

    private Surroundings Surroundings() => new()
    {
        HostName = "director.example.org",
        Home = Home,
        User = "stack",
        TimeZone = "Europe/Madrid",
        ConfigPath = $"{Home}/undercloud.conf",
        Addresses = Names.ToImmutableDictionary(name => name.Key, name => name.Value.Select(IPAddress.Parse).ToImmutableArray()),
        Certificate = Certificate is { } file ? ServiceCertificate.TryRead(file.Pem) : null,
    };

    private static IEnumerable<KeyValuePair<string, Value>> Entry(string name, IPAddress? address) =>
        address is null ? [] : [new(name, address.ToString())];

    private static Value Texts(IEnumerable<string> texts) => new ListValue([.. texts.Select(text => (Value)text)]);
}
