using System.Security;
using Microsoft.AspNetCore.Http;

namespace GmiKlingFlow.Simulator.Storage;

/// <summary>Google storage's errors. The codes are known; that the body is XML, and its words, are our choice (api-contract 1).</summary>
internal static class StorageAnswer
{
    public static IResult NotFound() => Error(404, "NoSuchKey", "The specified key does not exist.");

    public static IResult OneAuthOnly() => Error(400, "InvalidArgument", "Only one auth mechanism allowed; do not send an Authorization header with a signed URL.");

    public static IResult TooLarge() => Error(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed object size.");

    public static IResult Incomplete() => Error(400, "IncompleteBody", "The request body ended too early.");

    public static IResult DiskTrouble() => Error(503, "ServiceUnavailable", "The simulator could not write the object to its disk.");

    public static IResult Refused(GrantCheck check) => check switch
    {
        GrantCheck.NoSignature => Error(403, "AccessDenied", "Anonymous caller does not have storage.objects.create access."),
        GrantCheck.HeaderMissing => Error(400, "MalformedSecurityHeader", "Header was included in signedheaders, but not in the request: content-type"),
        GrantCheck.Expired => Error(400, "ExpiredToken", "The provided token has expired."),
        _ => Error(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check the Content-Type."),
    };

    private static IResult Error(int status, string code, string message) => Results.Content(
        $"<?xml version='1.0' encoding='UTF-8'?><Error><Code>{code}</Code><Message>{SecurityElement.Escape(message)}</Message></Error>",
        "application/xml; charset=UTF-8",
        statusCode: status);
}
