namespace GmiKlingFlow.Cli.Output.Telemetry;

/// <summary>The attributes of spans and measurements.</summary>
internal static class TagNames
{
    public const string Run = "gkflow.run.id";
    public const string Flow = "gkflow.flow.name";
    public const string Job = "gkflow.job.id";
    public const string Model = "gkflow.model";
    public const string Pass = "gkflow.pass";
    public const string Request = "gkflow.request.id";
    public const string Status = "gkflow.status";
    public const string Cost = "gkflow.cost.usd";
    public const string Simulated = "gkflow.simulated";

    /// <summary>As OpenTelemetry names it: here a diagnostic's or failure's code.</summary>
    public const string ErrorType = "error.type";
}
