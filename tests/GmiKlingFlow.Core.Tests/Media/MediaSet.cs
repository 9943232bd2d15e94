using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Media;

/// <summary>Makes the files of <see cref="MediaCases"/> once per test run.</summary>
public sealed class MediaSet : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    public string PathOf(string name) => folder.File(name);

    public async ValueTask InitializeAsync()
    {
        // Files made from other files of the set come after those.
        var rounds = MediaCases.All.ToLookup(c => c.Arguments.Split(' ').Count(IsFileOfTheSet));
        foreach (var round in rounds.OrderBy(r => r.Key))
        {
            await Parallel.ForEachAsync(round, async (file, _) => await MakeAsync(file));
        }
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsFileOfTheSet(string argument) => MediaCases.All.Any(c => c.Name == argument);

    private async Task MakeAsync(MediaCase file)
    {
        var path = PathOf(file.Name);
        await Ffmpeg.MakeAsync([.. file.Arguments.Split(' ').Select(a => IsFileOfTheSet(a) ? PathOf(a) : a), path]);
        if (file.Edit is { } edit)
        {
            await File.WriteAllBytesAsync(path, edit(await File.ReadAllBytesAsync(path)));
        }
    }
}

[CollectionDefinition(Name)]
public sealed class MediaSetCollection : ICollectionFixture<MediaSet>
{
    public const string Name = "media set";
}
