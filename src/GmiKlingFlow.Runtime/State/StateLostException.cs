using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.State;

/// <summary>The state stopped being usable while in use (disk full, deleted, damaged): nothing may be sent any more.</summary>
public sealed class StateLostException(Failure failure, Exception? inner = null) : LostResourceException(failure, inner);
