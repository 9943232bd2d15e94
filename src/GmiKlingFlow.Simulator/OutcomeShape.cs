namespace GmiKlingFlow.Simulator;

/// <summary>The shapes in which a lip-sync's result may come; which one GMI uses for it is not public (api-contract 2.6).</summary>
public enum OutcomeShape
{
    /// <summary><c>outcome.media_urls[0].url</c>: what GMI documents now.</summary>
    MediaUrls,

    /// <summary><c>outcome.video_url</c>: the older flat form.</summary>
    VideoUrl,

    /// <summary><c>outcome.data.task_result.videos[0].url</c>: Kling's own form.</summary>
    KlingTask,
}
