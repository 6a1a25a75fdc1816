using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Host.Failures;

/// <summary>The run cannot go on for a reason the operator can mend. The message says what, where and what to do.</summary>
public class InstallException(string message) : Exception(message)
{
    /// <summary>Whether the log has it already.</summary>
    public bool Logged { get; init; }
}

/// <summary>The run was refused before it changed anything.</summary>
public sealed class RefusedException(string message) : InstallException(message);

/// <summary>The input has errors; all of them are here.</summary>
public sealed class InputException(ImmutableArray<Diagnostic> diagnostics)
    : InstallException(string.Join('\n', diagnostics.Where(d => d.Severity == Severity.Error)))
{
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
