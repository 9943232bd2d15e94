namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>Which warnings are told, and how seriously. Errors can't be switched off.</summary>
/// <param name="Off">Codes that are not told (<c>--no-warn</c>).</param>
/// <param name="AreErrors">True: every warning that is told counts as an error (<c>--warn-as-error</c>).</param>
public sealed record WarningSwitches(IReadOnlySet<string> Off, bool AreErrors)
{
    public static readonly WarningSwitches None = new(new HashSet<string>(StringComparer.Ordinal), AreErrors: false);

    /// <summary>Every code that warns, in order.</summary>
    public static readonly IReadOnlyList<string> Codes =
    [
        "GKF2020", "GKF2022", "GKF4021", "GKF4024", "GKF4026",
        "GKF4107", "GKF4109", "GKF4125", "GKF4129", "GKF4131", "GKF4136", "GKF4137", "GKF4138",
        "GKF4216", "GKF4217", "GKF4290", "GKF4291",
        "GKF4301", "GKF4302", "GKF4303", "GKF4304", "GKF4305", "GKF4306", "GKF4307",
        "GKF4411", "GKF4418",
        "GKF5002", "GKF5003", "GKF5013", "GKF5016", "GKF5018",
        "GKF6010", "GKF6011", "GKF6020",
        "GKF7080", "GKF7081", "GKF7082",
    ];

    /// <returns>The diagnostic as it is told; null where it is not.</returns>
    public Diagnostic? Through(Diagnostic diagnostic) =>
        diagnostic.Severity != Severity.Warning ? diagnostic
        : Off.Contains(diagnostic.Code) ? null
        : AreErrors ? diagnostic with { Severity = Severity.Error }
        : diagnostic;
}
