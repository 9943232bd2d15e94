namespace GmiKlingFlow.Core.Rules;

/// <summary>What is said of a rule besides checking it; <c>schemas/rules.md</c> is made of these.</summary>
/// <param name="Field">What the rule is about, by the API's own name where it has one.</param>
/// <param name="Text">The rule in one sentence, without its numbers.</param>
/// <param name="Limit">The numbers, as the profile has them; empty for a rule without.</param>
/// <param name="Source">Where it is written: a section of the API contract and the documents that it names.</param>
/// <param name="Certainty">How sure the source is, in the contract's words: DOC, LIVE, CODE, INFER.</param>
/// <param name="Stages">When enough can be known to hold the rule.</param>
/// <param name="Codes">The diagnostics that tell it.</param>
public sealed record RuleCard(string Field, string Text, Func<KlingLimits, string> Limit, string Source, string Certainty, RuleStages Stages, params IReadOnlyList<string> Codes);

/// <summary>When a rule can be held: as early as what it looks at is known.</summary>
[Flags]
public enum RuleStages
{
    /// <summary>On the flow's text alone, with what it declares.</summary>
    Text = 1,

    /// <summary>Once the media are read: local files always.</summary>
    Media = 2,

    /// <summary>Once identify has told the faces.</summary>
    Identify = 4,

    /// <summary>On the exact bytes of the request, just before the POST.</summary>
    Bytes = 8,
}
