using System.Collections.Immutable;
using System.Net;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Checks the addresses of the control plane against each other. Names are not looked up: this needs only the file.</summary>
internal sealed class NetworkCheck(Setting localIp, ImmutableArray<Setting> hosts, DiagnosticBag diagnostics)
{
    private readonly AddressWithPrefix _local = AddressWithPrefix.TryParse(Text(localIp), out var local)
        ? local
        : throw new ArgumentException("local_ip was not read.", nameof(localIp));

    /// <summary>Reports hosts outside the network of local_ip and addresses used twice.</summary>
    public void Run()
    {
        foreach (var host in hosts.Where(host => !host.IsDefault))
            InNetwork(host);
        ImmutableArray<Setting> leftOut =
            [.. hosts.Where(host => host.IsDefault && Address(host) is { } address && !_local.Holds(address))];
        if (!leftOut.IsEmpty)
            DefaultsOutside(leftOut);
        Distinct([localIp, .. hosts.Except(leftOut)]);
    }

    private void InNetwork(Setting host)
    {
        if (Address(host) is not { } address || _local.Holds(address))
            return;
        var problem = _local.IsReserved(address) ? "is the first or the last address of the network" : "is not in the network";
        diagnostics.Error(host.Location, ConfigCodes.OutsideNetwork, $"{Name(host)} {address} {problem} {_local.Network} of local_ip.",
            Suggestion([host]));
    }

    private void DefaultsOutside(ImmutableArray<Setting> leftOut)
    {
        var names = string.Join(" and ", leftOut.Select(host => $"{Name(host)} ({Text(host)})"));
        diagnostics.Error(localIp.Location, ConfigCodes.OutsideNetwork,
            leftOut.Length == 1
                ? $"{names} is left at its default, which is not in the network {_local.Network} of local_ip."
                : $"{names} are left at their defaults, which are not in the network {_local.Network} of local_ip.",
            Suggestion(leftOut));
    }

    private string Suggestion(ImmutableArray<Setting> missing)
    {
        ImmutableArray<IPAddress> taken = [.. hosts.Except(missing).Select(Address).OfType<IPAddress>()];
        ImmutableArray<IPAddress> free = [.. _local.Free(taken).Take(missing.Length)];
        return free.Length < missing.Length
            ? $"{_local.Network} is too small for local_ip and two hosts: give local_ip a shorter prefix."
            : $"Set {string.Join(" and ", missing.Select((host, i) => $"{Name(host)} = {free[i]}"))}.";
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
        var (changed, other) = second.IsDefault && first != localIp ? (first, second) : (second, first);
        diagnostics.Error(changed.Location ?? other.Location, ConfigCodes.SameAddress,
            $"{Name(first)} and {Name(second)} are both {address}.", Suggestion([changed]));
    }

    private IPAddress? Address(Setting setting) =>
        setting == localIp ? _local.Address : AddressWithPrefix.TryParseAddress(Text(setting), out var address) ? address : null;

    private static string Name(Setting setting) => setting.Option.Name;

    private static string Text(Setting setting) => ((StringValue)setting.Value).Text;
}
