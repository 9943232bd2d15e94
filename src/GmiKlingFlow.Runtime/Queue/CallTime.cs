namespace GmiKlingFlow.Runtime.Queue;

/// <summary>How long one call may go on, its repeats with it: each try has the queue's own limit, or what is left of the caller's patience when that is less.</summary>
/// <param name="patience">From now; null for the queue's own limits alone.</param>
internal sealed class CallTime(TimeProvider time, TimeSpan? patience)
{
    private readonly long start = time.GetTimestamp();

    /// <summary>Never below zero; null without end.</summary>
    public TimeSpan? Left => patience is not { } all ? null : all - time.GetElapsedTime(start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    public TimeSpan Within(TimeSpan usual) => Left is { } left && left < usual ? left : usual;
}
