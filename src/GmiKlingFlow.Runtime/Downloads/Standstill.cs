namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>How long a download has stood still, over all its tries: one that moves has all the time it needs, one that hangs has an end.</summary>
/// <param name="patience">How long nothing may come; null for each try's own limit alone.</param>
internal sealed class Standstill(TimeProvider time, TimeSpan? patience)
{
    private long since = time.GetTimestamp();

    /// <summary>Never below zero; null without end.</summary>
    public TimeSpan? Left => patience is not { } all ? null : all - time.GetElapsedTime(since) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    public void Moved() => since = time.GetTimestamp();

    public TimeSpan Within(TimeSpan usual) => Left is { } left && left < usual ? left : usual;
}
