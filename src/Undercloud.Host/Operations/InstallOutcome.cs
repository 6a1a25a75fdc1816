namespace Undercloud.Host.Operations;

/// <summary>The outcome of an install.</summary>
/// <param name="Generation">The generation that is now applied; null for a run that applies nothing.</param>
/// <param name="Changed">Whether anything on a node was changed.</param>
/// <param name="Resumed">Whether the run resumed an unfinished one.</param>
public sealed record InstallOutcome(int? Generation, bool Changed, bool Resumed);
