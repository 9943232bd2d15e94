using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GmiKlingFlow.Simulator.Requests;

/// <summary>The queue's answers in JSON.</summary>
internal static class QueueAnswer
{
    public static IResult Json(byte[] json) => Results.Bytes(json, "application/json");

    public static IResult Error(int status, string text) => Results.Text(
        $"{{\"error\":{JsonSerializer.Serialize(text)}}}", "application/json", statusCode: status);

    /// <summary>401; its body is not public (api-contract 9): our choice.</summary>
    public static IResult Unauthorized() => Error(StatusCodes.Status401Unauthorized, "unauthorized");

    /// <summary>402 in the service's own words (api-contract 5.1).</summary>
    public static IResult NoCredit() => Error(StatusCodes.Status402PaymentRequired, "Insufficient credits. Please add more credits to your account.");

    /// <summary>404 in the service's own words (api-contract 5.1).</summary>
    public static IResult UnknownModel(string model) => Error(StatusCodes.Status404NotFound, $"model {model} does not exist");

    /// <summary>404; no recording of it is public: our choice.</summary>
    public static IResult UnknownRequest(string id) => Error(StatusCodes.Status404NotFound, $"request {id} does not exist");
}
