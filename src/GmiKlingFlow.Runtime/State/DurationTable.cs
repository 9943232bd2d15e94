namespace GmiKlingFlow.Runtime.State;

/// <summary>How long finished requests took: what the waits of later runs go by.</summary>
internal sealed class DurationTable(StateDatabase database)
{
    private const int Most = 64;

    /// <returns>Oldest first.</returns>
    public IReadOnlyList<DurationSample> Newest(string service, string model)
    {
        var newest = database.List(
            "SELECT low_ms, high_ms FROM durations WHERE service = $service AND model = $model ORDER BY seq DESC LIMIT $most",
            static row => new DurationSample(row.GetInt64(0) / 1000.0, row.GetInt64(1) / 1000.0),
            ("$service", service),
            ("$model", model),
            ("$most", Most));
        return [.. newest.Reverse()];
    }

    /// <summary>Keeps one more, and as many older ones as are ever asked for.</summary>
    public void Add(string service, string model, DurationSample sample) => database.Write(() =>
    {
        var (low, high) = (Math.Max(1, (long)(sample.Low * 1000)), Math.Max(1, (long)Math.Ceiling(sample.High * 1000)));
        database.Execute(
            """
            INSERT INTO durations (service, model, seq, low_ms, high_ms)
            VALUES ($service, $model, (SELECT coalesce(max(seq), 0) + 1 FROM durations WHERE service = $service AND model = $model), $low, $high)
            """,
            ("$service", service),
            ("$model", model),
            ("$low", low),
            ("$high", high));
        database.Execute(
            "DELETE FROM durations WHERE service = $service AND model = $model AND seq <= (SELECT max(seq) FROM durations WHERE service = $service AND model = $model) - $most",
            ("$service", service),
            ("$model", model),
            ("$most", Most));
    });
}
