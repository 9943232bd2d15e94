namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>Something that went wrong during a run: a value, not an exception. Never holds a key or a signed query string.</summary>
/// <param name="Code"><c>GKF7xxx</c> for the service, <c>GKF8xxx</c> for state and disk.</param>
/// <param name="Retryable">True when doing the same again later can help without changing the input.</param>
/// <param name="Hint">What to do next; null when the message says it.</param>
public sealed record Failure(string Code, string Message, bool Retryable, string? Hint = null)
{
    /// <summary>Without signatures, whatever was quoted.</summary>
    public string Message { get; init; } = SignedText.Hidden(Message);
}
