using System.Diagnostics;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Operations;

/// <summary>
/// A failure on demand, which tests of the way back use: <c>UNDERCLOUD_FAULT=phase:kind</c>. The phase is named as the operator reads it, in lower case and
/// with hyphens, e.g. image-copies. The first phase of that name fails.
/// </summary>
/// <param name="phase">The phase.</param>
/// <param name="kind">One of <see cref="Kinds"/>.</param>
public sealed class Fault(string phase, string kind)
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "UNDERCLOUD_FAULT";

    private const string Error = "error", LateError = "late-error", Kill = "kill", LateKill = "late-kill";
    private bool _happened, _isKnown;

    /// <summary>The kinds: an error instead of the phase or after it, an end of the program by SIGKILL before the phase or after it.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Error, LateError, Kill, LateKill];

    /// <summary>The fault of a text; null for no text.</summary>
    /// <exception cref="RefusedException">The text names no kind.</exception>
    public static Fault? Parse(string? text) => text switch
    {
        null or "" => null,
        _ when text.Split(':') is [{ Length: > 0 } phase, var kind] && Kinds.Contains(kind) => new(phase, kind),
        _ => throw new RefusedException($"{Variable} is '{text}'. Write phase:kind, e.g. apply:late-error; the kinds are {string.Join(", ", Kinds)}."),
    };

    /// <summary>Makes sure that the run has the phase. A rollback that follows the failure has other phases.</summary>
    /// <param name="phases">The names of the run's phases.</param>
    /// <exception cref="RefusedException">No phase has the name.</exception>
    public void Expect(IReadOnlyCollection<string> phases)
    {
        if (!_isKnown && !phases.Any(Is))
            throw new RefusedException($"{Variable} names the phase '{phase}', which this run does not have. It has {string.Join(", ", phases.Select(name => NameOf(name).ToLowerInvariant()))}.");
        _isKnown = true;
    }

    /// <summary>Fails before a phase, if this is the one.</summary>
    public void Before(string name) => Happen(name, Error, Kill);

    /// <summary>Fails after a phase, if this is the one.</summary>
    public void After(string name) => Happen(name, LateError, LateKill);

    private bool Is(string name) => string.Equals(NameOf(name), phase, StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string phase) => phase.Replace(' ', '-');

    private void Happen(string name, string error, string kill)
    {
        if (_happened || !Is(name) || (kind != error && kind != kill))
            return;
        _happened = true;
        if (kind == kill)
            Process.GetCurrentProcess().Kill();
        throw new InstallException($"The phase {name} failed, since {Variable} is {phase}:{kind}.");
    }
}
