using GmiKlingFlow.Simulator.Kling;

namespace GmiKlingFlow.Simulator.Requests;

/// <summary>What a finished request shows under <c>outcome</c>. Addresses are made when it is written, since the port may change.</summary>
internal abstract record RequestOutcome
{
    private RequestOutcome()
    {
    }

    public sealed record Faces(KlingSession Session) : RequestOutcome;

    /// <param name="Note">How it was made, where that is not by rendering.</param>
    public sealed record Video(string ObjectName, string ThumbnailName, string? Note) : RequestOutcome;

    public sealed record Error(string Text) : RequestOutcome;
}
