namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>How serious a diagnostic is. Only <see cref="Error"/> stops a flow from being run.</summary>
public enum Severity
{
    /// <summary>The flow can't be run as it is.</summary>
    Error,

    /// <summary>Allowed, and probably not what was meant.</summary>
    Warning,

    /// <summary>Worth knowing; nothing to mend.</summary>
    Info,
}
