using System.Net;
using System.Text;

namespace Undercloud.Config;

/// <summary>
/// Derives an undercloud's options from its own address alone: addresses in that network, at the offsets that the defaults have in theirs.
/// </summary>
public static class NetworkAround
{
    private const int InspectionOffset = 100;
    private const int InspectionSize = 21;

    /// <summary>undercloud.conf's text for it, one option per line. Options for which the network has no room are omitted.</summary>
    /// <param name="local">local_ip.</param>
    public static string Text(AddressWithPrefix local)
    {
        List<AddressRange> taken = [AddressRange.Of(local.Address)];
        var text = new StringBuilder("[DEFAULT]\n");
        foreach (var option in new[] { AddressOptions.PublicHost, AddressOptions.AdminHost })
        {
            if (FreeAddresses.Lowest(local, taken, 1).FirstOrDefault() is not { } address)
                continue;
            taken.Add(AddressRange.Of(address));
            text.Append($"{option.Name} = {address}\n");
        }

        text.Append($"[ctlplane-subnet]\n{SubnetOptions.Cidr.Name} = {local.Network}\n{SubnetOptions.Gateway.Name} = {local.Address}\n");
        if (FreeAddresses.Range(local, taken, InspectionOffset, InspectionSize) is { } inspection)
            text.Append($"{SubnetOptions.InspectionIprange.Name} = {inspection.FirstAddress},{inspection.LastAddress}\n");
        return text.ToString();
    }
}
