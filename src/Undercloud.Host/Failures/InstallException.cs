using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Host.Failures;

/// <summary>The run cannot continue, for a reason that the operator can correct. The message gives the place, the cause and the remedy.</summary>
public class InstallException(string message) : Exception(message)
{
    /// <summary>Whether the message is in the log already.</summary>
    public bool Logged { get; init; }
}

/// <summary>The run was refused before it changed anything.</summary>
public sealed class RefusedException(string message) : InstallException(message);

/// <summary>The input has errors: all of them.</summary>
public sealed class InputException(ImmutableArray<Diagnostic> diagnostics)
    : InstallException(string.Join('\n', diagnostics.Where(d => d.Severity == Severity.Error)))
{
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
