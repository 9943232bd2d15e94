namespace GmiKlingFlow.Core.Planning;

/// <summary>What a run will do with a job (product 4).</summary>
public enum JobAction
{
    /// <summary>New: nothing of it has been paid for.</summary>
    Create,

    /// <summary>Done before with other inputs.</summary>
    Change,

    /// <summary>Its request is accepted and paid; it will be polled or downloaded.</summary>
    Resume,

    /// <summary>Nobody knows whether its request was accepted; that is settled first.</summary>
    Settle,

    /// <summary>The output is there, with the right hash.</summary>
    Reuse,

    /// <summary>A diagnostic stands against it.</summary>
    Blocked,

    /// <summary>Left out by <c>when</c> or by the selection.</summary>
    Skip,
}
