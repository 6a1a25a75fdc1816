using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Undercloud.Config;

/// <summary>Addresses of one family from the first to the last one, both included.</summary>
public readonly record struct AddressRange(UInt128 First, UInt128 Last, bool IsIPv6)
{
    public IPAddress FirstAddress => ToAddress(First, IsIPv6);

    public IPAddress LastAddress => ToAddress(Last, IsIPv6);

    public bool IsEmpty => First > Last;

    /// <summary>A range of one address.</summary>
    public static AddressRange Of(IPAddress address) => Of(address, address);

    /// <summary>A range between two addresses of one family; <see cref="IsEmpty"/> when the last one is before the first.</summary>
    public static AddressRange Of(IPAddress first, IPAddress last) =>
        new(ToNumber(first), ToNumber(last), first.AddressFamily == AddressFamily.InterNetworkV6);

    /// <summary>Reads an address, or two with a separator between.</summary>
    public static bool TryParse(string text, char separator, [NotNullWhen(true)] out AddressRange? range)
    {
        var ends = text.Split(separator);
        range = ends.Length <= 2
            && AddressWithPrefix.TryParseAddress(ends[0], out var first)
            && AddressWithPrefix.TryParseAddress(ends[^1], out var last)
            && first.AddressFamily == last.AddressFamily
            ? Of(first, last)
            : null;
        return range is not null;
    }

    /// <summary>Whether every address of the other range is in this one.</summary>
    public bool Holds(AddressRange other) => IsIPv6 == other.IsIPv6 && First <= other.First && other.Last <= Last;

    /// <summary>Whether the two ranges overlap.</summary>
    public bool Overlaps(AddressRange other) => IsIPv6 == other.IsIPv6 && First <= other.Last && other.First <= Last;

    public override string ToString() => First == Last ? $"{FirstAddress}" : $"{FirstAddress}-{LastAddress}";

    /// <summary>The address as a number.</summary>
    public static UInt128 ToNumber(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var length = address.AddressFamily == AddressFamily.InterNetworkV6 ? 16 : 4;
        address.TryWriteBytes(bytes[(16 - length)..], out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>The address of a number.</summary>
    public static IPAddress ToAddress(UInt128 number, bool isIPv6)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(isIPv6 ? bytes : bytes[12..]);
    }
}
