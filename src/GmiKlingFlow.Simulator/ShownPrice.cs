namespace GmiKlingFlow.Simulator;

/// <summary>A model's <c>price_info</c> (api-contract 2.2).</summary>
/// <param name="MicroUsd">Per <paramref name="Unit"/>, in millionths of a dollar.</param>
public sealed record ShownPrice(long MicroUsd, string Unit);
