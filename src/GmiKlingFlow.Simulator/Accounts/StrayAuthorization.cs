namespace GmiKlingFlow.Simulator.Accounts;

/// <summary>A call outside the queue that carried an Authorization header: a client gave its key to a media, upload or result host.</summary>
public sealed record StrayAuthorization(string Method, string Path);
