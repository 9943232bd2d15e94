using System.Net;
using System.Net.Sockets;

namespace GmiKlingFlow.Runtime.Sources;

/// <summary>Which addresses the whole internet can mean: all others belong to this machine or its network (IANA special-purpose registries, RFC 6890).</summary>
internal static class PublicAddress
{
    private static readonly (uint Network, int Bits)[] SpecialV4 =
    [
        (0x00000000, 8), (0x0A000000, 8), (0x64400000, 10), (0x7F000000, 8), (0xA9FE0000, 16), (0xAC100000, 12), (0xC0000000, 24),
        (0xC0000200, 24), (0xC0586300, 24), (0xC0A80000, 16), (0xC6120000, 15), (0xC6336400, 24), (0xCB007100, 24), (0xE0000000, 4), (0xF0000000, 4),
    ];

    public static bool Is(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return IsPublicV4(address.GetAddressBytes());
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublicV4(address.MapToIPv4().GetAddressBytes());
        }

        var bytes = address.GetAddressBytes();
        return (bytes[0], bytes[1], bytes[2], bytes[3]) switch
        {
            // Translated addresses are as public as the one inside them: NAT64 (RFC 6052) and 6to4 (RFC 3056).
            (0x00, 0x64, 0xFF, 0x9B) => bytes.AsSpan(4, 8).IndexOfAnyExcept((byte)0) < 0 && IsPublicV4(bytes.AsSpan(12)),
            (0x20, 0x02, _, _) => IsPublicV4(bytes.AsSpan(2, 4)),

            // Teredo, benchmarks and ORCHID; documentation.
            (0x20, 0x01, < 0x02, _) or (0x20, 0x01, 0x0D, 0xB8) => false,
            _ => (bytes[0] & 0xE0) == 0x20,
        };
    }

    private static bool IsPublicV4(ReadOnlySpan<byte> bytes)
    {
        var number = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
        return !Array.Exists(SpecialV4, special => (number ^ special.Network) >> (32 - special.Bits) == 0);
    }
}
