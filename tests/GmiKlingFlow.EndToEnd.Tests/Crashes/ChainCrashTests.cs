using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests.Crashes;

/// <summary>A job of two passes, killed in each of them: every pass is paid for once.</summary>
public sealed class ChainCrashTests : IDisposable
{
    private const int MostKills = 12;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("attempt_started")]
    [InlineData("submitted")]
    [InlineData("status_changed")]
    public async Task Run_KilledAtTheFirstEventOfEachStart_PaysEachPassOnce(string eventName)
    {
        await LayOutAsync();
        await using var simulator = await SimulatorServer.StartAsync(
            new SimulatorOptions
            {
                Render = false,
                MediaFiles = [folder.File("duet.mp4")],
                IdentifyTime = TimeSpan.FromMilliseconds(80),
                QueueTime = TimeSpan.FromMilliseconds(150),
                ProcessingTime = TimeSpan.FromMilliseconds(250),
            },
            TimeProvider.System,
            TestContext.Current.CancellationToken);
        var (kills, story) = (0, "");
        while (kills < MostKills)
        {
            using var run = ProgramRun.Start(folder.Path, simulator.BaseUrl, "run", "flow.yaml", "--format", "json");
            var ended = run.EndAsync();
            if (await Task.WhenAny(run.EventAsync(eventName, 1), ended) == ended)
            {
                story += run.Story;
                break;
            }

            await run.KillAsync();
            story += $"{run.Story}\n--- killed\n";
            kills++;
        }

        using var last = ProgramRun.Start(folder.Path, simulator.BaseUrl, "run", "flow.yaml", "--format", "json");
        Assert.True(await last.EndAsync() == 0, $"{story}\n{last.Story}");

        // On a machine that stands still a request may be done before its status was ever asked for.
        Assert.True(kills > 0 || eventName == "status_changed", $"Nothing was killed.\n{story}");
        Assert.True(
            (simulator.Ledger.Accepted(ModelNames.IdentifyFace), simulator.Ledger.Accepted(ModelNames.LipSync)) == (2, 2),
            $"{string.Join('\n', simulator.Ledger.Charges)}\n{story}");
        Assert.True(File.Exists(folder.File("out/crash/duet.mp4")));
    }

    private async Task LayOutAsync()
    {
        await Ffmpeg.MakeVideoAsync(folder.File("duet.mp4"), "2.6", 720, 720);
        await Ffmpeg.MakeToneAsync(folder.File("v.wav"), "2.2", 8000);
        folder.Write("duet.mp4.faces.yaml", "[{ face_id: \"0\", start_time: 0, end_time: 2600 }, { face_id: \"1\", start_time: 0, end_time: 2600 }]");
        folder.Write("flow.yaml", """
            apiVersion: gmiklingflow/v1
            kind: Flow
            name: crash
            defaults: { original_audio_volume: 0 }
            videos: { duet: { source: duet.mp4, faces: { anna: { id: "0" }, ben: { id: "1" } } } }
            audio: { v: { source: v.wav } }
            jobs:
              - { id: duet, video: duet, faces: [{ face: anna, audio: v }, { face: ben, audio: v, sound_insert_time: 100 }] }
            run:
              multi_face: chain
              poll: { min: 100ms, max: 100ms }
              settle_after: 1s
            """);
    }
}
