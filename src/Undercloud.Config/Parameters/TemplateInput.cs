using System.Collections.Immutable;
using System.Net;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>What undercloud.conf comes to for templates of one release.</summary>
/// <param name="Parameters">The entries of parameter_defaults.</param>
/// <param name="Environments">The environment files, the last one strongest; relative ones are the templates'.</param>
public sealed record TemplateInput(MapValue Parameters, ImmutableArray<string> Environments)
{
    /// <summary>The address that the public endpoints have besides local_ip.</summary>
    public IPAddress? PublicVirtualIp { get; init; }

    /// <summary>The address that the internal and admin endpoints have besides local_ip.</summary>
    public IPAddress? ControlVirtualIp { get; init; }
}
