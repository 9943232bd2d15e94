namespace GmiKlingFlow.Simulator.Kling;

/// <summary>One element of <c>face_choose</c>, read and with its audio at hand.</summary>
internal sealed record SyncEntry(InspectedMedia Audio, TimeSpan Start, TimeSpan End, TimeSpan Insert, double Volume, double OriginalVolume);

/// <summary>A lip-sync that Kling accepts.</summary>
internal sealed record SyncTask(KlingSession Session, IReadOnlyList<SyncEntry> Entries);
