namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>Something the program stands on stopped being usable in the middle of its work; caught once, where commands are hosted.</summary>
/// <param name="failure">What to tell people; its code says what was lost.</param>
public abstract class LostResourceException(Failure failure, Exception? inner) : Exception(failure.Message, inner)
{
    public Failure Failure { get; } = failure;
}
