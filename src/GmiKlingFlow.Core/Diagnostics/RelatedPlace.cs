namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>A second place that helps to understand a diagnostic, such as the other job with the same output.</summary>
public sealed record RelatedPlace(string Message, SourceSpan Span)
{
    /// <summary>Without signatures, whatever was quoted.</summary>
    public string Message { get; init; } = SignedText.Hidden(Message);
}
