namespace GmiKlingFlow.Runtime.Tests.Execution.Polling;

/// <summary>How the program waited before: half of what remains of a running mean, 2 to 15 s, without jitter.</summary>
internal sealed class EarlierWaiting : Waiting
{
    private double usual;

    public override string Name => "gkflow 0.1 (earlier)";

    public override Turn Begin() => new EarlierTurn(this);

    private sealed class EarlierTurn(EarlierWaiting all) : Turn
    {
        private double last;

        public override double Next(double elapsed) =>
            last + Math.Clamp(last < all.usual ? (all.usual - last) / 2 : Math.Max(0, last - all.usual) / 4, 2, 15);

        public override void Saw(double elapsed) => last = elapsed;

        public override void Finished(double elapsed, double told) => all.usual = all.usual > 0 ? (0.7 * all.usual) + (0.3 * elapsed) : elapsed;
    }
}
