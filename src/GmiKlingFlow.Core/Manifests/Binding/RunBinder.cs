using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Manifests.Binding;

/// <summary>The <c>run</c> section, with the defaults of what it leaves out.</summary>
internal sealed class RunBinder(DiagnosticBag diagnostics)
{
    private const int MostConcurrency = 1000;
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromDays(7);
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestSettle = TimeSpan.FromDays(1);

    public RunSettings Bind(MapReader flow)
    {
        var settings = new RunSettings();
        if (flow.Map("run") is not { } map)
        {
            return settings;
        }

        var run = new MapReader(map, "run", FlowShape.Run, diagnostics);
        var poll = run.Map("poll") is { } pollMap ? new MapReader(pollMap, "run.poll", FlowShape.Poll, diagnostics) : null;
        settings = settings with
        {
            Concurrency = Whole(run, "concurrency", 1, MostConcurrency) ?? settings.Concurrency,
            Deadline = Duration(run, "deadline", TimeSpan.FromSeconds(1), LongestDeadline) ?? settings.Deadline,
            BudgetUsd = Money(run, "budget_usd"),
            MultiFace = MultiFaceOf(run),
            IsMultiFaceSaid = run.Plain("multi_face") is not null,
            SettleAfter = Duration(run, "settle_after", TimeSpan.Zero, LongestSettle) ?? settings.SettleAfter,
        };
        return poll is null ? settings : Polls(poll, settings);
    }

    private RunSettings Polls(MapReader poll, RunSettings settings)
    {
        var min = Duration(poll, "min", ShortestPoll, LongestPoll);
        var max = Duration(poll, "max", ShortestPoll, LongestPoll);
        if (min > max)
        {
            diagnostics.Add(ShapeDiagnostics.OutOfRange(PlaceOf(poll, "min"), "min", poll.Plain("min")?.Value ?? "", "not more than max"));
        }

        // One given alone moves the other's default out of its way.
        var low = min ?? (max < settings.PollMin ? max.Value : settings.PollMin);
        var high = max ?? (min > settings.PollMax ? min.Value : settings.PollMax);
        return settings with { PollMin = low, PollMax = high };
    }

    private MultiFace MultiFaceOf(MapReader run)
    {
        if (run.Plain("multi_face") is not { } node)
        {
            return MultiFace.Together;
        }

        if (node.Value == "chain")
        {
            return MultiFace.Chain;
        }

        string[] allowed = ["together", "chain"];
        if (node.Value != "together")
        {
            diagnostics.Add(ShapeDiagnostics.NotOneOf(PlaceOf(run, "multi_face"), "multi_face", node.Value, allowed, NearestName.Of(node.Value, allowed)));
        }

        return MultiFace.Together;
    }

    private int? Whole(MapReader map, string key, int least, int most)
    {
        if (map.Plain(key) is not { } node)
        {
            return null;
        }

        if (node.Typed is not TemplateValue.Integer number)
        {
            diagnostics.Add(ShapeDiagnostics.NotAWholeNumber(PlaceOf(map, key), key, node.Value));
            return null;
        }

        if (number.Value < least || number.Value > most)
        {
            diagnostics.Add(ShapeDiagnostics.OutOfRange(PlaceOf(map, key), key, node.Value, $"{least} to {most}"));
            return null;
        }

        return (int)number.Value;
    }

    private TimeSpan? Duration(MapReader map, string key, TimeSpan least, TimeSpan most)
    {
        if (map.Plain(key) is not { } node)
        {
            return null;
        }

        if (node.Typed is not (TemplateValue.Integer or TemplateValue.Text) || !DurationText.TryParse(node.Value, out var duration))
        {
            diagnostics.Add(ShapeDiagnostics.NotADuration(PlaceOf(map, key), key, node.Value));
            return null;
        }

        if (duration < least || duration > most)
        {
            diagnostics.Add(ShapeDiagnostics.OutOfRange(PlaceOf(map, key), key, node.Value, $"{DurationText.Of(least)} to {DurationText.Of(most)}"));
            return null;
        }

        return duration;
    }

    private decimal? Money(MapReader map, string key)
    {
        if (map.Plain(key) is not { } node)
        {
            return null;
        }

        if (node.Typed is not (TemplateValue.Integer or TemplateValue.Float)
            || !decimal.TryParse(node.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount))
        {
            diagnostics.Add(ShapeDiagnostics.NotANumber(PlaceOf(map, key), key, node.Value));
            return null;
        }

        if (amount < 0)
        {
            diagnostics.Add(ShapeDiagnostics.OutOfRange(PlaceOf(map, key), key, node.Value, "0 or more"));
            return null;
        }

        return amount;
    }

    private static Place PlaceOf(MapReader map, string key) => map.Plain(key) is { } node ? new Place(node.Span, map.PathOf(key)) : map.Place;
}
