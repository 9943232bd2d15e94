namespace GmiKlingFlow.Simulator.Kling;

/// <summary>Kling's answer: what was asked for, or a refusal.</summary>
internal abstract record KlingAnswer<T>
{
    private KlingAnswer()
    {
    }

    public sealed record Accepted(T Value) : KlingAnswer<T>;

    public sealed record Refused(KlingRefusal Refusal) : KlingAnswer<T>;

    public static KlingAnswer<T> Invalid(string message) => new Refused(KlingRefusal.Invalid(message));
}
