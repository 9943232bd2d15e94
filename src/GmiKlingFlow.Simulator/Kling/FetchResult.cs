namespace GmiKlingFlow.Simulator.Kling;

/// <summary>What came of fetching a URL that a payload names.</summary>
internal abstract record FetchResult
{
    private FetchResult()
    {
    }

    public sealed record Fetched(InspectedMedia Media) : FetchResult;

    /// <param name="Reason">A clause for people, naming the URL without its query.</param>
    public sealed record Refused(string Reason) : FetchResult;
}
