using System.Collections.Immutable;
using System.Net;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The input of templates of one release, computed from undercloud.conf.</summary>
/// <param name="Parameters">The entries of parameter_defaults.</param>
/// <param name="Environments">The environment files, the last one wins; relative paths are the templates'.</param>
public sealed record TemplateInput(MapValue Parameters, ImmutableArray<string> Environments)
{
    /// <summary>The address of the public endpoints besides local_ip.</summary>
    public IPAddress? PublicVirtualIp { get; init; }

    /// <summary>The address of the internal and admin endpoints besides local_ip.</summary>
    public IPAddress? ControlVirtualIp { get; init; }
}
