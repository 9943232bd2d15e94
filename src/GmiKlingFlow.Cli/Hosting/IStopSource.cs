namespace GmiKlingFlow.Cli.Hosting;

/// <summary>Where the wish to stop comes from: signals in the program, a test's own hand in tests.</summary>
internal interface IStopSource
{
    /// <summary>Starts watching. The first wish cancels the returned source's token; the second ends the process at once.</summary>
    /// <param name="onFirst">Called once, when the first wish arrives: tells the user what happens now.</param>
    /// <param name="onSecond">Called when the second wish arrives, just before the process ends: gives the terminal back. Must not wait.</param>
    IStopWatch Watch(Action onFirst, Action onSecond);
}

/// <summary>A watch for the wish to stop, until it is disposed.</summary>
internal interface IStopWatch : IDisposable
{
    /// <summary>Cancelled by the first wish: start nothing new, finish what is under way.</summary>
    CancellationToken Drain { get; }
}
