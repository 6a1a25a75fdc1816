using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Nodes;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Host.Gathering;

/// <summary>What a run is to be prepared from.</summary>
/// <param name="ConfigPath">undercloud.conf.</param>
/// <param name="ConfigDirectories">Directories whose *.conf files are read after it, in the order of their names.</param>
/// <param name="Home">The operator's home directory.</param>
/// <param name="Release">The OpenStack release that was asked for; null for the installed one.</param>
/// <param name="Compatibility">The releases whose defaults options have that are not set; none for the tool's own.</param>
/// <param name="Validations">Whether options that do not fit each other are errors; otherwise they are warnings.</param>
public sealed record RunRequest(
    string ConfigPath, ImmutableArray<string> ConfigDirectories, string Home, string? Release, ConfigRelease Compatibility, bool Validations)
{
    /// <summary>Options given on the command line, as files of them that are read last; none for a run that has undercloud.conf alone.</summary>
    public ImmutableArray<ConfigText> Given { get; init; } = [];

    /// <summary>Passwords for a host that has none yet, as a saved plan has them; null for new ones.</summary>
    public MapValue? Passwords { get; init; }

    /// <summary>Whether undercloud.conf was asked for by name: then it has to be there.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Whether undercloud.conf is read.</summary>
    public bool ReadsFile { get; init; } = true;

    /// <summary>The file with the nodes of the cloud; null for a cloud of one node, this host.</summary>
    public string? NodesFile { get; init; }

    /// <summary>The same request for one node: undercloud.conf with the node's address and interface.</summary>
    public RunRequest For(CloudNode node)
    {
        var own = $"[DEFAULT]\n{AddressOptions.LocalIp.Name} = {node.Address}\n";
        if (node.Interface is { } link)
            own += $"{AddressOptions.LocalInterface.Name} = {link}\n";
        return this with
        {
            Given =
            [
                .. ReadsFile ? [] : new[] { new ConfigText("what the node's address implies", NetworkAround.Text(node.Address)) },
                .. Given,
                new($"the node {node.Name}", own),
            ],
        };
    }

    /// <summary>undercloud.conf's effective values; findings go to <paramref name="diagnostics"/>.</summary>
    public UndercloudConfig ReadConfig(DiagnosticBag diagnostics) =>
        UndercloudConfig.Read(
            [.. ReadsFile ? ConfigFiles.Read(ConfigPath, ConfigDirectories, diagnostics, IsNamed) : [], .. Given], Home, diagnostics, Compatibility);
}
