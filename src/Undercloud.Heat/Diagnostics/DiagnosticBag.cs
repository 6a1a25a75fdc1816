using System.Collections.Immutable;

namespace Undercloud.Heat.Diagnostics;

/// <summary>Collects findings, so that all of them are shown at once. Not thread-safe: one bag per run.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _all = [];

    public bool HasErrors => _all.Exists(d => d.Severity == Severity.Error);

    public ImmutableArray<Diagnostic> All => [.. _all];

    public void Add(Diagnostic diagnostic) => _all.Add(diagnostic);

    public void AddRange(IEnumerable<Diagnostic> diagnostics) => _all.AddRange(diagnostics);

    public void Error(SourceSpan? location, string code, string message, string? remedy = null) =>
        Add(new(Severity.Error, code, message, location, remedy));

    public void Warning(SourceSpan? location, string code, string message, string? remedy = null) =>
        Add(new(Severity.Warning, code, message, location, remedy));
}
