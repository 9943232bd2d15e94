namespace GmiKlingFlow.Cli.Watching;

/// <summary>
/// Waits for a save. The files' stamps decide, looked at twice a second; the system's own file events only make it look sooner, so that it works where there are
/// none (network drives, containers, no watches left), and whichever way an editor saves.
/// </summary>
/// <param name="usesEvents">False: the stamps alone.</param>
internal sealed class SaveWatch(bool usesEvents, TimeProvider time)
{
    private const int MostFolders = 64;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan LongestUnrest = TimeSpan.FromSeconds(10);

    /// <summary>Ends when one of the files was saved, made or removed, and nothing more has happened to them for a moment.</summary>
    /// <param name="isOutdated">Anything else that ends the wait, such as a resized window.</param>
    public async Task NextAsync(TouchedFiles files, Func<bool> isOutdated, CancellationToken cancellationToken)
    {
        using var events = new SaveEvents(usesEvents ? Folders(files) : []);
        while (!isOutdated() && !files.HaveChanged())
        {
            await Task.WhenAny(events.Next(), Task.Delay(Look, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        // An editor that writes by rename removes the file first, and a large one takes its time.
        var began = time.GetTimestamp();
        for (var before = Stamps(files); time.GetElapsedTime(began) < LongestUnrest; before = Stamps(files))
        {
            await Task.Delay(Quiet, time, cancellationToken);
            if (Stamps(files).SequenceEqual(before))
            {
                return;
            }
        }
    }

    private static List<FileStamp> Stamps(TouchedFiles files) => [.. files.Stamps.Keys.Select(FileStamp.Of)];

    private static IEnumerable<string> Folders(TouchedFiles files) =>
        files.Stamps.Keys.Select(static file => Path.GetDirectoryName(file)).OfType<string>().Distinct(StringComparer.Ordinal).Where(Directory.Exists).Take(MostFolders);

    /// <summary>The system's events for some folders, as far as it gives any.</summary>
    private sealed class SaveEvents : IDisposable
    {
        private readonly List<FileSystemWatcher> watchers = [];
        private volatile TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SaveEvents(IEnumerable<string> folders)
        {
            foreach (var folder in folders)
            {
                try
                {
                    var watcher = new FileSystemWatcher(folder);
                    watchers.Add(watcher);
                    watcher.Changed += OnEvent;
                    watcher.Created += OnEvent;
                    watcher.Deleted += OnEvent;
                    watcher.Renamed += OnEvent;
                    watcher.EnableRaisingEvents = true;
                }
                catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException or UnauthorizedAccessException)
                {
                    // The stamps are looked at anyway.
                }
            }
        }

        /// <summary>Done with the next event.</summary>
        public Task Next()
        {
            if (next.Task.IsCompleted)
            {
                next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return next.Task;
        }

        private void OnEvent(object sender, FileSystemEventArgs e) => next.TrySetResult();

        public void Dispose()
        {
            foreach (var watcher in watchers)
            {
                watcher.Dispose();
            }
        }
    }
}
