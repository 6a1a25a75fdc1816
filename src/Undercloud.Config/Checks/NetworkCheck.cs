using System.Collections.Immutable;
using System.Net;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Checks the addresses of the control plane against each other. Names are not resolved: this check needs only the file.</summary>
internal sealed class NetworkCheck
{
    private readonly CheckedConfig _config;
    private readonly Setting _localIp;
    private readonly AddressWithPrefix _local;
    private readonly DiagnosticBag _diagnostics;

    private NetworkCheck(CheckedConfig config, Setting localIp, AddressWithPrefix local, DiagnosticBag diagnostics) =>
        (_config, _localIp, _local, _diagnostics) = (config, localIp, local, diagnostics);

    /// <summary>With TLS, reports hosts outside the network of local_ip and addresses that are used twice.</summary>
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        if (!config.HasTls)
            NoHosts(config, diagnostics);
        else if (config[UndercloudOptions.LocalIp] is { } localIp && config.LocalAddress is { } local)
            new NetworkCheck(config, localIp, local, diagnostics).Check();
    }

    // Without TLS, no release checked them.
    private static void NoHosts(CheckedConfig config, DiagnosticBag diagnostics)
    {
        foreach (var host in config.Hosts.Where(host => !host.IsDefault))
        {
            if (config.LocalAddress is { } local && !local.Address.Equals(CheckedConfig.AddressOf(host)))
                diagnostics.Warning(host.Location, ConfigCodes.NeedsAnother,
                    $"{Name(host)} has no effect without TLS: all endpoints are at local_ip {local.Address}.",
                    "Take it out, or set generate_service_certificate = true.");
        }
    }

    private void Check()
    {
        foreach (var host in _config.Hosts.Where(host => !host.IsDefault))
            InNetwork(host);
        ImmutableArray<Setting> leftOut =
            [.. _config.Hosts.Where(host => host.IsDefault && Address(host) is { } address && !_local.Holds(address))];
        if (!leftOut.IsEmpty)
            DefaultsOutside(leftOut);
        Distinct([_localIp, .. _config.Hosts.Except(leftOut)]);
    }

    private void InNetwork(Setting host)
    {
        if (Address(host) is not { } address || _local.Holds(address))
            return;
        if (address.AddressFamily != _local.Address.AddressFamily)
            _diagnostics.Error(host.Location, ConfigCodes.Family,
                $"{Name(host)} {address} is an {Family.Of(address)} address, but local_ip {_local} is an {Family.Of(_local.Address)} one.",
                Suggestion([host]));
        else if (_local.IsReserved(address))
            _diagnostics.Error(host.Location, ConfigCodes.OutsideNetwork,
                $"{Name(host)} {address} is the first or the last address of the network {_local.Network} of local_ip.",
                Suggestion([host]));
        else if (host.Option.Name == UndercloudOptions.PublicHost.Name)
            // Every release accepts an address elsewhere: users may come from another network than nodes.
            _diagnostics.Warning(host.Location, ConfigCodes.OutsideNetwork,
                $"{Name(host)} {address} is not in the network {_local.Network} of local_ip. Whoever uses it needs a route to it.",
                Suggestion([host]));
        else
            _diagnostics.Error(host.Location, ConfigCodes.OutsideNetwork,
                $"{Name(host)} {address} is not in the network {_local.Network} of local_ip.", Suggestion([host]));
    }

    private void DefaultsOutside(ImmutableArray<Setting> leftOut)
    {
        var names = string.Join(" and ", leftOut.Select(host => $"{Name(host)} ({Text(host)})"));
        _diagnostics.Error(_localIp.Location, ConfigCodes.OutsideNetwork,
            leftOut.Length == 1
                ? $"{names} is left at its default, which is not in the network {_local.Network} of local_ip."
                : $"{names} are left at their defaults, which are not in the network {_local.Network} of local_ip.",
            Suggestion(leftOut));
    }

    private string Suggestion(ImmutableArray<Setting> missing)
    {
        var proposals = _config.Proposals;
        ImmutableArray<Setting> open = [.. missing.Where(host => proposals.Of(host.Option.Group, Name(host)) is null)];
        List<AddressRange> taken =
        [
            AddressRange.Of(_local.Address),
            .. _config.Hosts.Except(missing).Select(Address).OfType<IPAddress>().Select(AddressRange.Of),
            .. proposals.Besides("", []),
        ];
        var free = FreeAddresses.Lowest(_local, taken.Concat(OfNodes()), open.Length);
        if (free.Length < open.Length)
            free = FreeAddresses.Lowest(_local, taken, open.Length);
        if (free.Length < open.Length)
            return $"{_local.Network} is too small for local_ip and two hosts: give local_ip a shorter prefix.";
        foreach (var (host, address) in open.Zip(free))
            proposals.Add(host.Option.Group, Name(host), AddressRange.Of(address));
        return $"Set {string.Join(" and ", missing.Select(host => $"{Name(host)} = {proposals.Of(host.Option.Group, Name(host))}"))}.";
    }

    // The other addresses that the local subnet uses.
    private IEnumerable<AddressRange> OfNodes()
    {
        if (_config.LocalSubnet is not { } subnet)
            yield break;
        if (subnet.Gateway is { } gateway)
            yield return AddressRange.Of(gateway);
        if (subnet.Inspection is { } inspection)
            yield return inspection;
        foreach (var range in subnet.DhcpRanges)
            yield return range;
    }

    private void Distinct(ImmutableArray<Setting> settings)
    {
        for (var i = 0; i < settings.Length; i++)
        {
            for (var j = i + 1; j < settings.Length; j++)
            {
                if (Address(settings[i]) is { } address && address.Equals(Address(settings[j])))
                    Same(settings[i], settings[j], address);
            }
        }
    }

    private void Same(Setting first, Setting second, IPAddress address)
    {
        var (changed, other) = second.IsDefault && first != _localIp ? (first, second) : (second, first);
        _diagnostics.Error(changed.Location ?? other.Location, ConfigCodes.SameAddress,
            $"{Name(first)} and {Name(second)} are both {address}.", Suggestion([changed]));
    }

    private IPAddress? Address(Setting setting) => setting == _localIp ? _local.Address : CheckedConfig.AddressOf(setting);

    private static string Name(Setting setting) => setting.Option.Name;

    private static string Text(Setting setting) => ((StringValue)setting.Value).Text;
}
