namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>Something wrong in the input. Made only by the catalogue class of its stage (<c>YamlDiagnostics</c> ...), never in place.</summary>
/// <param name="Code"><c>GKF</c> and four digits; the first is the stage. Numbers are never reused.</param>
/// <param name="Message">What is wrong with the value (in double quotes), then what to do.</param>
/// <param name="Place">Where; null where there is no text to point into (a command line, a missing file).</param>
/// <param name="Hint">One more way out, or where the rule comes from.</param>
public sealed record Diagnostic(string Code, Severity Severity, string Message, Place? Place, string? Hint = null)
{
    /// <summary>Without signatures, whatever was quoted.</summary>
    public string Message { get; init; } = SignedText.Hidden(Message);

    /// <summary>As <see cref="Message"/>.</summary>
    public string? Hint { get; init; } = Hint is null ? null : SignedText.Hidden(Hint);

    public IReadOnlyList<RelatedPlace> Related { get; init; } = [];
}
