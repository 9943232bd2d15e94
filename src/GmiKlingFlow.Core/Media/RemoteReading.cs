namespace GmiKlingFlow.Core.Media;

/// <summary>What came of reading a URL as media, without fetching all of it. Core knows the answers; who asks is outside.</summary>
public abstract record RemoteReading
{
    private RemoteReading()
    {
    }

    public sealed record Read(MediaFacts Facts) : RemoteReading;

    /// <summary>The host answers with something else than media.</summary>
    /// <param name="Reason">A clause such as <c>it is an HTML page</c>.</param>
    public sealed record NotMedia(string Reason) : RemoteReading;

    /// <summary>The host does not give the file to somebody without a login.</summary>
    /// <param name="Status">HTTP, 400 to 499 but those that pass.</param>
    public sealed record Refused(int Status) : RemoteReading;

    /// <summary>There is no such host, nobody listens there, or its certificate is not trusted.</summary>
    /// <param name="Detail">A clause such as <c>the name is not known</c>.</param>
    public sealed record Unreachable(string Detail) : RemoteReading;

    /// <summary>An address that only this network or this machine knows. It was not asked.</summary>
    public sealed record NotPublic : RemoteReading;

    /// <summary>It points somewhere else where it is not followed.</summary>
    /// <param name="Why">A clause such as <c>it redirects from https to http</c>.</param>
    public sealed record NotFollowed(string Why) : RemoteReading;

    /// <summary>No answer this time; another time there may be one.</summary>
    /// <param name="Detail">A clause such as <c>no answer in time</c>.</param>
    public sealed record NotNow(string Detail) : RemoteReading;

    /// <summary>Within the limits of bytes and requests it can't be told what the file is.</summary>
    /// <param name="Why">A clause such as <c>its host gives no parts of a file</c>.</param>
    /// <param name="Bytes">The file's size, where its host tells it.</param>
    public sealed record OutOfReach(string Why, long? Bytes) : RemoteReading;

    /// <summary>What the host says of the file does not fit together.</summary>
    /// <param name="Detail">A clause such as <c>it announces 500 bytes and gives 200</c>.</param>
    public sealed record Contradictory(string Detail) : RemoteReading;
}
