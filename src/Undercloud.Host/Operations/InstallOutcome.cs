namespace Undercloud.Host.Operations;

/// <summary>How an install ended.</summary>
/// <param name="Generation">The generation that is applied now; null for a run that applies nothing.</param>
/// <param name="Changed">Whether anything on a node was changed.</param>
/// <param name="Resumed">Whether it went on with an unfinished run.</param>
public sealed record InstallOutcome(int? Generation, bool Changed, bool Resumed);
