using System.Collections.Immutable;
using System.Net;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Checks that the router, the ranges and the exceptions of a subnet are in its network, and of its family.</summary>
internal sealed class SubnetAddressCheck
{
    private readonly CheckedConfig _config;
    private readonly CheckedSubnet _subnet;
    private readonly AddressWithPrefix _network;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, string> _remedies = [];

    private SubnetAddressCheck(CheckedConfig config, CheckedSubnet subnet, AddressWithPrefix network, DiagnosticBag diagnostics) =>
        (_config, _subnet, _network, _diagnostics) = (config, subnet, network, diagnostics);

    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        foreach (var subnet in config.Subnets)
        {
            if (subnet.Network is { } network)
                new SubnetAddressCheck(config, subnet, network, diagnostics).Check();
        }
    }

    private void Check()
    {
        HostBits();
        var addresses = Addresses();
        ImmutableArray<Setting> leftOut =
        [
            .. addresses.Where(item => item.Setting.IsDefault && !_network.IsInNetwork(item.Address))
                .Select(item => item.Setting).Distinct(),
        ];
        if (!leftOut.IsEmpty)
            DefaultsOutside(leftOut);
        foreach (var (setting, address) in addresses.Where(item => !leftOut.Contains(item.Setting)))
            One(setting, address);
        foreach (var range in _subnet.Excluded.Where(range => !_network.Range.Holds(range)))
            _diagnostics.Warning(_subnet.ExcludeSetting!.Location, ConfigCodes.OutsideSubnet,
                $"dhcp_exclude {range} is not in the network {_network.Network} of [{_subnet.Name}], whose nodes never get it.",
                "Correct it, or take it out.");
    }

    // Neutron rejects such a network, though netaddr accepts it.
    private void HostBits()
    {
        if (!_network.Address.Equals(_network.Range.FirstAddress))
            _diagnostics.Warning(_subnet.Cidr!.Location, ConfigCodes.HostBits,
                $"cidr {_network} of [{_subnet.Name}] is an address in the network {_network.Network}.",
                $"Write cidr = {_network.Network}.");
    }

    private ImmutableArray<(Setting Setting, IPAddress Address)> Addresses()
    {
        var addresses = ImmutableArray.CreateBuilder<(Setting, IPAddress)>();
        if (_subnet is { GatewaySetting: { } gateway, Gateway: { } router })
            addresses.Add((gateway, router));
        addresses.AddRange(_subnet.Starts.Select(start => (_subnet.DhcpStart!, start)));
        addresses.AddRange(_subnet.Ends.Select(end => (_subnet.DhcpEnd!, end)));
        if (_subnet is { InspectionSetting: { } inspection, Inspection: { } range })
            addresses.AddRange((inspection, range.FirstAddress), (inspection, range.LastAddress));
        return addresses.ToImmutable();
    }

    private void One(Setting setting, IPAddress address)
    {
        var name = setting.Option.Name;
        if (address.AddressFamily != _network.Address.AddressFamily)
            _diagnostics.Error(setting.Location, ConfigCodes.Family,
                $"{name} {address} is an {Family.Of(address)} address, but [{_subnet.Name}] is the {Family.Of(_network.Address)} network "
                    + $"{_network.Network}.",
                Remedy(setting));
        else if (!_network.IsInNetwork(address))
            _diagnostics.Error(setting.Location, ConfigCodes.OutsideSubnet,
                $"{name} {address} is not in the network {_network.Network} of [{_subnet.Name}].", Remedy(setting));
        else if (_network.IsReserved(address))
            Reserved(setting, address);
    }

    private void Reserved(Setting setting, IPAddress address)
    {
        var message = $"{setting.Option.Name} {address} is the {(address.Equals(_network.Range.FirstAddress) ? "first" : "last")} address "
            + $"of the network {_network.Network} of [{_subnet.Name}], which is no host's.";
        if (setting == _subnet.GatewaySetting)
            _diagnostics.Error(setting.Location ?? _subnet.Cidr!.Location, ConfigCodes.ReservedAddress, message, Remedy(setting));
        else
            _diagnostics.Warning(setting.Location ?? _subnet.Cidr!.Location, ConfigCodes.ReservedAddress, message,
                "No node gets it; begin or end the range by one address less.");
    }

    private void DefaultsOutside(ImmutableArray<Setting> leftOut)
    {
        ImmutableArray<string> names =
            [.. leftOut.Select(setting => $"{setting.Option.Name} ({setting.Option.Type.Write(setting.Value)})")];
        var (verb, what) = leftOut.Length == 1 ? ("is", "its default, which is") : ("are", "their defaults, which are");
        _diagnostics.Error(_subnet.Cidr!.Location, ConfigCodes.OutsideSubnet,
            $"{SubnetProposal.Listed(names)} of [{_subnet.Name}] {verb} left at {what} not in the network {_network.Network}.",
            Remedy(leftOut));
    }

    // A list of thousands has only one remedy.
    private string Remedy(Setting setting) =>
        _remedies.TryGetValue(setting.Option.Name, out var known) ? known : _remedies[setting.Option.Name] = Remedy([setting]);

    private string Remedy(ImmutableArray<Setting> settings)
    {
        // Both ends of a range are suggested together.
        var names = settings.Select(setting => setting.Option.Name)
            .Select(name => name == SubnetOptions.DhcpEnd.Name ? SubnetOptions.DhcpStart.Name : name).Distinct().ToArray();
        if (SubnetProposal.Text(_config, _subnet, _network, names) is not { } proposal)
            return $"The network {_network.Network} is too small: give cidr a shorter prefix.";
        return _subnet.Cidr!.IsDefault ? $"Set {proposal}, or cidr to the network it is in." : $"Set {proposal}.";
    }
}
