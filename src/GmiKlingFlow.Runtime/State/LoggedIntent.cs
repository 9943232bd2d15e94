using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GmiKlingFlow.Runtime.State;

/// <summary>One line of the intent log: a POST that may have been made.</summary>
/// <param name="At">When its intent was recorded, to the millisecond.</param>
internal sealed record LoggedIntent(string Service, string ContentKey, string Model, string PayloadSha256, long EstimatedMicroUsd, DateTimeOffset At)
{
    /// <summary>See <see cref="ServiceName.Organization"/>; null when none was named.</summary>
    public string? Organization { get; init; }

    private const char Separator = '\t';
    private const int Fields = 7;

    // The organisation came with the state's sixth version.
    private const int FieldsBefore = 6;
    private const int CheckLength = 16;

    /// <summary>The line without its end, with a check of itself as last field.</summary>
    public string ToLine()
    {
        var content = string.Create(
            CultureInfo.InvariantCulture,
            $"{Service}\t{ContentKey}\t{Model}\t{PayloadSha256}\t{EstimatedMicroUsd}\t{At.ToUnixTimeMilliseconds()}\t{Organization}");
        return $"{content}{Separator}{Check(content)}";
    }

    /// <returns>Null for a line that is cut or damaged.</returns>
    public static LoggedIntent? Parse(string line)
    {
        var end = line.LastIndexOf(Separator);
        if (end < 0 || !line.AsSpan(end + 1).SequenceEqual(Check(line[..end])))
        {
            return null;
        }

        var fields = line[..end].Split(Separator);
        return fields.Length is Fields or FieldsBefore
            && long.TryParse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture, out var microUsd)
            && long.TryParse(fields[5], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? new LoggedIntent(fields[0], fields[1], fields[2], fields[3], microUsd, DateTimeOffset.FromUnixTimeMilliseconds(at))
            {
                Organization = fields.Length == Fields && fields[6].Length > 0 ? fields[6] : null,
            }
            : null;
    }

    private static string Check(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..CheckLength];
}
