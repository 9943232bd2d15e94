using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>A service as one look shows it.</summary>
/// <param name="Trouble">Why it can't be used; null when it answers and takes the key.</param>
/// <param name="ClockOffset">How far its clock is ahead of ours, to a second or two; null when it does not tell.</param>
/// <param name="Models">The ids it lists; null when it gives no list that can be read.</param>
/// <param name="Prices">What it names for our two models.</param>
public sealed record ServiceView(Failure? Trouble, TimeSpan? ClockOffset, IReadOnlyList<string>? Models, IReadOnlyList<ModelPrice> Prices);

/// <summary>Looks at a service with GETs alone, which cost nothing (api-contract 1): is it there, does it take the key, what does it name.</summary>
public static class ServiceInspector
{
    /// <summary>For all questions together, which are asked side by side and never again.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private const long MostBytes = 8 * 1024 * 1024;

    private static readonly string[] Models = [ModelNames.IdentifyFace, ModelNames.LipSync];

    /// <param name="options">Without a problem of their own.</param>
    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public static async Task<ServiceView> LookAsync(QueueOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var scrubber = new SecretScrubber(options.ApiKey, options.OrganizationId);
        var reads = new ReadClassifier(options.BaseUrl.Host, scrubber);
        using var sender = new HttpSender(HttpSender.Handler(decompress: true), time);
        sender.WithHeader("Authorization", $"Bearer {options.ApiKey}");
        if (options.OrganizationId is { } organization)
        {
            sender.WithHeader("X-Organization-ID", organization);
        }

        var answers = await Task.WhenAll(Models.Select(static model => $"models/{Uri.EscapeDataString(model)}").Prepend("models").Select(AskAsync)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var list = answers[0];
        return new ServiceView(
            reads.Trouble(list),
            (list as Exchange.Answer)?.ClockOffset,
            Json(list) is { } json ? Listed(json) : null,
            [.. Models.Zip(answers.Skip(1), (model, answer) => Json(answer) is { } about ? PriceReader.Read(model, about, scrubber) : null).OfType<ModelPrice>()]);

        Task<Exchange> AskAsync(string path) => sender.SendAsync(
            HttpMethod.Get, new Uri($"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/{path}"), null, Longest, MostBytes, cancellationToken);
    }

    private static JsonElement? Json(Exchange exchange) => exchange is Exchange.Answer { IsSuccess: true, BodyProblem: null } answer
        ? JsonText.Parse(JsonText.Decode(answer.Body, answer.Charset))
        : null;

    private static IReadOnlyList<string>? Listed(JsonElement json) => JsonText.Member(JsonText.Unwrapped(json), "model_ids") is { ValueKind: JsonValueKind.Array } ids
        ? [.. ids.EnumerateArray().Where(static id => id.ValueKind == JsonValueKind.String).Select(static id => id.GetString()).OfType<string>()]
        : null;
}
