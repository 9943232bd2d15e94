namespace GmiKlingFlow.Runtime.Sources;

/// <summary>A name leads to addresses that are not asked; thrown through the HTTP client, which knows no other way, and caught where it was called.</summary>
internal sealed class NotPublicException() : IOException("The address is not a public one.");
