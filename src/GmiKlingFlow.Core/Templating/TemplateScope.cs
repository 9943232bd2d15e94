using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Templating;

/// <summary>The names that a template may read.</summary>
/// <param name="Values">Known now.</param>
/// <param name="Deferred">Names that exist but are known only later (<c>face</c>): what uses them becomes a residual expression.</param>
/// <param name="Elsewhere">Names that exist in the language but not at this place, each with the reason, for the message.</param>
public sealed record TemplateScope(
    IReadOnlyDictionary<string, TemplateValue> Values,
    IReadOnlySet<string> Deferred,
    IReadOnlyDictionary<string, string> Elsewhere)
{
    private static readonly Dictionary<string, IReadOnlyList<string>> FaceMembers = new() { ["face"] = ["id", "start_time", "end_time"] };

    /// <summary>The members that deferred names will have, so that a mistyped one is told before anything is paid (product 3.1). A name left out may have any.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> DeferredMembers { get; init; } = FaceMembers;

    /// <summary>What <c>date.now</c> reads; null (the default) makes <c>date.now</c> an error, as a plan may not depend on the clock.</summary>
    public TimeProvider? Clock { get; init; }

    internal bool WillHave(string name, string member) => !DeferredMembers.TryGetValue(name, out var members) || members.Contains(member);

    internal string? NearestTo(string name) => NearestName.Of(name, Values.Keys.Concat(Deferred).Concat(Elsewhere.Keys));
}
