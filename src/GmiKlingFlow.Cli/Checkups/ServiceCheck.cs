using System.Globalization;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Runs;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Cli.Checkups;

/// <summary>Key, service, clock and prices: by GETs alone, each asked once.</summary>
/// <param name="prices">What estimates go by now, as the state has them.</param>
internal sealed class ServiceCheck(ServiceChoice service, PriceList prices, Invocation invocation)
{
    /// <summary>Seconds of difference mean nothing: the header has none, and lost requests are looked for within five minutes.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <param name="asks">False: nobody is asked.</param>
    public async Task<IReadOnlyList<Finding>> LookAsync(bool asks, CancellationToken cancellationToken)
    {
        var (options, missing, problem) = service.Queue(invocation.Context.Environment);
        if (missing is not null)
        {
            return [Finding.Of("key", missing, ExitCodes.WrongInput), NotAsked("without a key")];
        }

        if (options is null || problem is not null)
        {
            return [.. problem is null ? Array.Empty<Finding>() : [Finding.Of("key", problem, ExitCodes.WrongInput)], NotAsked("with this key or address")];
        }

        var organization = options.OrganizationId is null ? "" : ", GMI_ORG_ID too";
        var key = Finding.Well("key", $"GMI_API_KEY is set{organization}");
        if (!asks)
        {
            return [key, NotAsked("with --offline"), Prices(prices)];
        }

        var view = await ServiceInspector.LookAsync(options, invocation.Context.Time, cancellationToken);
        return [key, .. Service(view, options.BaseUrl.Host), .. Clock(view), .. NamedPrices(view)];
    }

    private static Finding NotAsked(string why) => Finding.LeftOut("service", $"not asked {why}");

    private static Finding Prices(PriceList list) => Finding.Well(
        "prices", $"identify {list.TextOf(ModelNames.IdentifyFace)}, lip-sync {list.TextOf(ModelNames.LipSync)} · {list.Source}");

    private static IEnumerable<Finding> Service(ServiceView view, string host)
    {
        if (view.Trouble is { } trouble)
        {
            yield return Finding.Of("service", trouble, ExitCodes.ServiceUnusable);
            yield break;
        }

        yield return Finding.Well("service", $"{host} answers and takes the key");
        foreach (var model in view.Models is null ? [] : new[] { ModelNames.IdentifyFace, ModelNames.LipSync }.Except(view.Models, StringComparer.Ordinal))
        {
            yield return Finding.Of("service", CommandLineDiagnostics.ModelNotListed(model, host), ExitCodes.Done);
        }
    }

    private static IEnumerable<Finding> Clock(ServiceView view)
    {
        if (view.ClockOffset is not { } offset)
        {
            yield break;
        }

        var seconds = Math.Abs(offset.TotalSeconds);
        yield return offset.Duration() <= ClockTolerance
            ? Finding.Well("clock", "agrees with the service's")
            : Finding.Of(
                "clock",
                CommandLineDiagnostics.ClockOff(string.Create(CultureInfo.InvariantCulture, $"{(seconds >= 7200 ? $"{seconds / 3600:0} hours" : seconds >= 120 ? $"{seconds / 60:0} minutes" : $"{seconds:0} s")} {(offset > TimeSpan.Zero ? "behind" : "ahead of")}")),
                ExitCodes.Done);
    }

    private IEnumerable<Finding> NamedPrices(ServiceView view)
    {
        if (view.Trouble is not null)
        {
            return [Prices(prices)];
        }

        var today = DateOnly.FromDateTime(invocation.Context.Time.GetUtcNow().UtcDateTime);
        var quotes = view.Prices
            .Where(static price => price.UsdPerUnit is not null)
            .Select(price => new PriceQuote(price.Model, (long)Math.Round((price.UsdPerUnit ?? 0) * 1_000_000m), price.Unit ?? "", today))
            .ToList();
        var named = PriceList.Of(quotes);
        return quotes.Select(quote => PriceList.Doubt(quote, named)).OfType<Core.Diagnostics.Diagnostic>()
            .Select(static doubt => Finding.Of("prices", doubt, ExitCodes.Done))
            .Prepend(Prices(quotes.Count == 0 ? prices : named));
    }
}
