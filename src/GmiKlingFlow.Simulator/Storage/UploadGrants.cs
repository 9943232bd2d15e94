using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GmiKlingFlow.Simulator.Storage;

/// <summary>Makes and checks pre-signed upload addresses as Google's storage does (api-contract 1, "Upload details"; 2.9): the content type is part
/// of what is signed, so a PUT with another one has a wrong signature.</summary>
internal sealed class UploadGrants(TimeProvider time)
{
    private const int LifeSeconds = 899;
    private const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";

    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The file types that GMI documents, each with the only content type that its grant takes: <c>jpg</c> is not <c>jpeg</c>.</summary>
    public static readonly IReadOnlyDictionary<string, string> ContentTypes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["jpeg"] = "image/jpeg",
        ["jpg"] = "image/jpg",
        ["png"] = "image/png",
        ["mp4"] = "video/mp4",
        ["mp3"] = "audio/mpeg",
        ["wav"] = "audio/wav",
    };

    /// <returns>The query string to put behind the object's address, with its <c>?</c>.</returns>
    public string Sign(string objectName, string contentType)
    {
        var date = time.GetUtcNow().ToString(DateFormat, CultureInfo.InvariantCulture);
        return $"?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=simulator%2F{date[..8]}%2Fauto%2Fstorage%2Fgoog4_request&X-Goog-Date={date}"
            + $"&X-Goog-Expires={LifeSeconds.ToString(CultureInfo.InvariantCulture)}&X-Goog-SignedHeaders=content-type%3Bhost"
            + $"&X-Goog-Signature={Signature(objectName, contentType, date)}";
    }

    public GrantCheck Check(string objectName, string? contentType, string? date, string? expires, string? signature)
    {
        if (signature is null || date is null || expires is null)
        {
            return GrantCheck.NoSignature;
        }

        if (string.IsNullOrEmpty(contentType))
        {
            return GrantCheck.HeaderMissing;
        }

        var expected = Encoding.ASCII.GetBytes(Signature(objectName, contentType, date));
        if (expires != LifeSeconds.ToString(CultureInfo.InvariantCulture)
            || !CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature))
            || !DateTimeOffset.TryParseExact(date, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var granted))
        {
            return GrantCheck.SignatureWrong;
        }

        return time.GetUtcNow() > granted.AddSeconds(LifeSeconds) ? GrantCheck.Expired : GrantCheck.Good;
    }

    private string Signature(string objectName, string contentType, string date) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"PUT\n{objectName}\n{contentType}\n{date}")));
}

/// <summary>What a PUT's signature is worth.</summary>
internal enum GrantCheck
{
    Good,
    NoSignature,
    HeaderMissing,
    SignatureWrong,
    Expired,
}
