using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GmiKlingFlow.Core.Planning.Shards;

/// <summary>A number for a key and a shard: the same on every machine and in every version, or paid work would be looked for in another shard's state.</summary>
internal static class ShardHash
{
    public static ulong Of(string key, int shard) => BinaryPrimitives.ReadUInt64BigEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{shard} {key}"))));
}
